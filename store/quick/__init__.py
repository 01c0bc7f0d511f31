"""Quick ways to many rows: past the session's books, where every answer passes."""
