"""A coordinator's directory: agencies, seats and term dates, read from CSV and Excel into checked rows."""
