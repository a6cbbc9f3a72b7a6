"""Readable text out of what editors bring: plain text, Markdown, web pages, Word documents."""
