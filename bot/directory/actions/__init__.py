"""Sheets of actions: what agencies promised to change, on its way in and out."""
