"""Forms on the command line: checked, previewed, kept and translated."""
