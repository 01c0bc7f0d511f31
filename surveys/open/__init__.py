"""Open surveys: answers that nobody may trace, and who stands by to read them."""
