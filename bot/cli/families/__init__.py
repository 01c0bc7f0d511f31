"""Open surveys on the command line: codes, duty, helplines, readers and wishes."""
