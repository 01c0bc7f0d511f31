"""What a cell may hold: cleaned text, or the reason it is given back."""

import re
import unicodedata

#: Characters in a cell of names and words, and in a cell that lists things.
LONGEST = 200
LONGEST_LIST = 2_000

_EXCEL_ERROR = re.compile(r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|#+)")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?")
# Joiners shape letters in Persian and Indian scripts; every other unseen sign only hides something.
_JOINERS = "\u200c\u200d"
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def clean(cell: str) -> str:
    """The cell in Unicode's composed form (NFC), with single spaces and none around it."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def find_trouble(cell: str, longest: int = LONGEST) -> str | None:
    """Why the cell cannot be taken in any column, or None (for formulas see OWASP, CSV injection)."""
    if len(cell) > longest:
        return f"longer than {longest} characters; shorten it"
    if _starts_formula(cell):
        return f"begins with {_shown(cell)}, which Excel may run as a formula; type the value itself"
    if _EXCEL_ERROR.fullmatch(cell.strip()):
        return f"holds the Excel error {cell.strip()[:20]}; type the value itself"
    return _find_unseen(cell.strip())


def holds_date(text: str) -> bool:
    """Whether a cell meant for words came out as a date, as Excel makes of `3-1`."""
    return _ISO_DATE.fullmatch(text) is not None


def _starts_formula(cell: str) -> bool:
    return (
        cell[:1] in ("\t", "\r")
        or (len(cell.strip()) > 1 and cell.strip()[0] in "=+-@")
        or cell.strip() == "="
    )


def _shown(cell: str) -> str:
    return "a tab" if cell[:1] in ("\t", "\r") else repr(cell.strip()[0])


def _find_unseen(text: str) -> str | None:
    for character in text:
        if character in "\r\n":
            return "holds a line break; write it on one line"
        if character in _BIDI:
            return f"holds a sign that turns the writing direction (U+{ord(character):04X}); type it afresh"
        if character == "\ufffd":
            return "holds a character that was lost in saving; type it afresh"
        unseen = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        if unseen and character not in _JOINERS:
            return f"holds an unseen control character (U+{ord(character):04X}); type it afresh"
    return None
