"""Slips: what people mistype in a workbook, found before anything is made of it."""
