"""Proof of who somebody is: signed links, six digits, and the domains of an agency."""
