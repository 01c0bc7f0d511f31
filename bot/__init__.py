"""Where the outside world comes in and everything is wired."""
