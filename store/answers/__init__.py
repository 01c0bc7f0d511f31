"""What came, and what was made of it."""
