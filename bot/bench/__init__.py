"""Measures what this machine can do with the code that serves."""
