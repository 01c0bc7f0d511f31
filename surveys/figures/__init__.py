"""Figures: what may be told of many answers, so that nobody can be found in them."""
