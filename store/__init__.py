"""The ground: rows, and the questions put to them."""
