"""The installation on the command line: set up, filled, looked over and run."""
