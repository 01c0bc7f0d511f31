"""Gathering: what waits for one reader shares a message, on the day that suits them."""
