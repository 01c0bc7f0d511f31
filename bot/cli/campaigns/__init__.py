"""Campaigns on the command line: made, read over, approved, launched and watched."""
