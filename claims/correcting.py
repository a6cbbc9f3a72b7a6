"""When an article's text is corrected: every claim is tied anew to its words, or says that it cannot be."""
