"""What came back: told as tables and totals, judged, and followed up."""
