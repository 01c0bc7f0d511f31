"""Paging: a form laid out as pages of fields, and what each press of a button does."""
