"""Forms: the questions and their rules, and what can be wrong with them."""
