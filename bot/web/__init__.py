"""The pages: for those who answer, and for whoever arrives by chance."""
