"""What a claim still needs before it is published, in words for people."""
