"""The migrations, oldest first; each is tried in both directions on every database."""
