"""Claims from a file of comma-separated values, all or nothing."""
