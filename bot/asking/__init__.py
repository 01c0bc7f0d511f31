"""What is asked: campaigns drafted, launched, and laid out over a year."""
