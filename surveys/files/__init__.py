"""Files given as evidence: what they really are, and whether they may be kept."""
