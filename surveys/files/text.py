"""Text: what is written in letters alone, and whether it is a table."""

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from surveys.files.outcome import AS_PDF, Refused

#: What browsers and servers would run, wherever in a file it stands. After the common signatures by which
#: the WHATWG's MIME Sniffing Standard knows a web page.
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|\?php|(?:html|script|iframe|svg)[\s>/])",
    re.IGNORECASE,
)
#: The head of a saved message (RFC 5322): two such lines on top of each other.
_LETTER = re.compile(
    r"(?:(?:from|to|subject|date|received|return-path|mime-version|message-id|x-[\w-]+)"
    r":[^\n]*\n(?:[ \t][^\n]*\n)*){3}",
    re.IGNORECASE,
)
_UNTYPED = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")
#: What a spreadsheet program would work out, or ask another program for, on opening the table.
_FORMULA = re.compile(r"\s*(?:[=@]|[+-](?!\s)).*(?:[A-Za-z.]\(|\|)", re.DOTALL)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",;\t|"
#: Rows by which a table is known.
_FIRST_ROWS = 20

PAGE = Refused("is a web page or a drawing made of code (HTML, SVG, XML), or holds one. " + AS_PDF)
LETTER = Refused(f"is a saved email, which may hold names and addresses of others. {AS_PDF}")
FORMULAS = Refused(
    "has cells that begin with =, +, - or @ and would run as formulas. Save it as an Excel workbook (.xlsx)."
)
CODE = Refused(
    "is a script or a document in code, which machines read and not people. Choose the document that you "
    "meant."
)


def holds_markup(content: bytes) -> bool:
    """Whether a browser could take any of it for a page."""
    return _MARKUP.search(content) is not None


def judge_text(content: bytes) -> str | Refused | None:
    """The ending ("txt" or "csv") of text in UTF-8, UTF-16 or Windows Latin; None when it is no text."""
    text = _decode(content)
    if text is None or _UNTYPED.search(text):
        return None
    start = text.lstrip()
    if start.startswith("<") or holds_markup(text.encode()):
        return PAGE
    if start.startswith(("{\\rtf", "#!", "%!PS", "%PDF", "@echo", "@ECHO")):
        return CODE
    if _LETTER.match(start.replace("\r\n", "\n")):
        return LETTER
    return _judge_table(text)


def _decode(content: bytes) -> str | None:
    named = next((codec for bom, codec in _BOMS if content.startswith(bom)), None)
    for codec in (named,) if named else ("utf-8", "cp1252"):
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def _judge_table(text: str) -> str | Refused:
    delimiter = next((mark for mark in _DELIMITERS if _is_table(text, mark)), None)
    if delimiter is None:
        return "txt"
    return FORMULAS if any(_FORMULA.match(cell) for row in _rows(text, delimiter) for cell in row) else "csv"


def _is_table(text: str, delimiter: str) -> bool:
    """Whether the first rows, of which there are two at least, have the same number of cells beyond one."""
    widths = [len(row) for row in islice(_rows(text, delimiter), _FIRST_ROWS)]
    return len(widths) > 1 and min(widths) == max(widths) > 1


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Every row that holds anything, up to where it can be read as a table."""
    with suppress(csv.Error):
        yield from (row for row in csv.reader(text.splitlines(), delimiter=delimiter) if any(row))
