"""The people: who does what on which day, through the doors that everybody uses."""
