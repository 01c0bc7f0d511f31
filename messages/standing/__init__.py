"""How things stand: what is owed, how pressing it is, and what the board is told of it."""
