"""Comparisons with what others would use, side by side in one run."""
