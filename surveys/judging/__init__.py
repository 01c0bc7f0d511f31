"""Judging: what a board makes of what came, and of the changes promised after it."""
