"""Letters: due, waiting, claimed, gone or in doubt."""
