"""A claim's history as a story: who changed which words, and what came of it."""
