"""What is asked of whom: campaigns, their asks, and what was granted about them."""
