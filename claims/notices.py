"""E-mails that say that something waits for somebody."""
