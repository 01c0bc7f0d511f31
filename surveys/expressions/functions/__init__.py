"""The functions of XLSForm's expressions, by what they work on."""
