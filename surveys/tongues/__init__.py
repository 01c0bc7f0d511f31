"""Tongues: the languages of forms and pages, and who answers for their texts."""
