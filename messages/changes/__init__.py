"""Changes: what people ask for or tell us about what they are asked, and what follows from it."""
