"""What we say, to whom, when, and over which channel."""
