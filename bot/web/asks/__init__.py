"""The pages of one ask: read, answered, checked and sent, or asked about."""
