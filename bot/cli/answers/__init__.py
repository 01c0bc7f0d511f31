"""Answers on the command line: read, judged, rated, and what was promised after them."""
