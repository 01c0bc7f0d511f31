"""Single asks on the command line: what is owed, what is granted or recorded, and why."""
