"""Ladders: the rungs by which asks of a kind are chased, shipped as files and edited as files."""
