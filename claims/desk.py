"""What waits for whom: the lists of the desk's front page."""
