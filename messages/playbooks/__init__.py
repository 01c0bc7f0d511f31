"""Playbooks: shipped, ready-made campaigns; copied into a campaign, never referred to."""
