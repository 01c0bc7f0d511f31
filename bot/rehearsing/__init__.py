"""Rehearsing: the coming weeks played on a copy, with what people are assumed to do."""
