"""Surveys written in Excel as XLSForm, read into forms of our own."""
