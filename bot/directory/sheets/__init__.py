"""Sheets as they were typed: the cells of a CSV file or an Excel workbook, all as text."""
