"""What we ask, and what came back."""
