"""Launching: a campaign is made, rehearsed, approved and put to all whom it asks."""
