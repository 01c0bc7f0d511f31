"""The demonstration: a whole board on embedded parts, with fictional lessons and people."""
