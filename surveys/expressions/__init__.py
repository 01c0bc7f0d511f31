"""What a form works out by itself: XLSForm's expressions, checked when read and evaluated within bounds."""
