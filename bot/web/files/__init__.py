"""Files on the pages: taken in, looked at, listed, and given back."""
