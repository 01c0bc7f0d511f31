"""Sending: what is due is claimed, sent and settled; and what is done after a long stop."""
