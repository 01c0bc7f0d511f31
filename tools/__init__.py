"""What `make` calls: it prepares a checkout and builds the wheel, and no part of Cascade imports it."""
