"""How a board's words become pieces of text and HTML that a letter is put together from."""
