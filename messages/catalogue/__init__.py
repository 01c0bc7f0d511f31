"""The catalogue: the returns that a board is owed, and when each of them is asked for."""
