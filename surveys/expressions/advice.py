"""Advice: what is said about marks that have no place in an expression, with what to write instead."""

MARKS: dict[str, str] = {
    **dict.fromkeys(
        "\u201c\u201d\u201e\u201f\u00ab\u00bb", 'use straight quotation marks (") in place of curly ones'
    ),
    **dict.fromkeys(
        "\u2018\u2019\u201a\u201b`\u00b4", "use straight quotation marks (') in place of curly ones"
    ),
    **dict.fromkeys("\u2013\u2014\u2212\u2010\u2011", "use the plain minus sign (-)"),
    **dict.fromkeys("/[]@:", "write ${question} in place of a path"),
    "≤": "write <=",
    "≥": "write >=",
    "≠": "write !=",
    "\u00d7": "write *",
    "÷": "write div",
    "|": "write or between conditions, or add two sums",
    "&": "write and between conditions, concat() to put texts together",
    "!": "write not(...), or != between two values",
    "%": "write mod for what is left over of a division, or the number without %",
    "^": "write pow(x, n)",
    ";": "write a comma between the arguments",
    "#": "write ${last-saved#question} or ${form#question}",
    "$": "write ${question}, with braces",
    "{": "write ${question}, with a $ before the brace",
    "}": "write ${question}, with ${ before the name",
    "'": "close the text with another '",
    '"': 'close the text with another "',
}
"""For each mark that cannot stand outside a text in quotation marks: what to write."""


def near(text: str, at: int) -> str:
    """The piece of the expression about that place, shortened, in quotation marks, for a message."""
    start, end = max(0, at - 12), at + 18
    piece = " ".join(text[start:end].split())
    return f'"{"…" if start else ""}{piece}{"…" if end < len(text) else ""}"'
