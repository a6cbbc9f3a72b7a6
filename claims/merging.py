"""When two speakers turn out to be one."""
