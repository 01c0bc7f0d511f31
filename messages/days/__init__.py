"""Days: when agencies work, when it is polite to write to them, and how deadlines are counted."""
