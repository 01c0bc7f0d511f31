"""Chasing: which rung of its ladder an ask climbs next, towards whom, and why."""
