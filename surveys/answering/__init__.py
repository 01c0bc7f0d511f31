"""Answering: what was typed is checked, compared, kept and read back."""
