"""The year on the command line: its catalogue, its calendar, and which returns are asked for."""
