"""Workbook: an .xlsx file opened only after its size is known, and read without running anything in it."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Any

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from surveys.xlsform.fault import Fault
from surveys.xlsform.sheets import Book, Line, Sheet

#: The largest file that is opened; what it and one part of it may unpack to (bytes); its parts; how far
#: anything in it may be compressed, as a multiple.
MAX_BYTES = 5_000_000
MAX_UNPACKED = 40_000_000
MAX_PARTS = 500
MAX_RATIO = 250
#: Rows a sheet may hold, and columns that are looked at.
MAX_ROWS = 2_000
MAX_COLUMNS = 200
#: Empty rows after which nothing more is looked for.
MAX_GAP = 5_000

#: The sheets that ODK knows.
KNOWN = ("survey", "choices", "settings", "external_choices", "entities", "osm")

_RESAVE = "open it in Excel and save it as 'Excel Workbook (.xlsx)'"
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_SMALL = 100_000
_XML = (".xml", ".rels")
_ENTITIES = "it defines entities, which no workbook needs"


def read_workbook(content: bytes, known: Sequence[str] = KNOWN) -> Book | list[Fault]:
    """Read the `known` sheets of an .xlsx workbook; formulas give the value Excel last saw in them.

    A workbook of one sheet only is read whatever that sheet is called. Nothing a file holds raises.
    """
    refused = _refuse_content(content)
    if refused:
        return [Fault("", 0, "", refused)]
    try:
        refused = _refuse_container(content)
        return [Fault("", 0, "", refused)] if refused else _read_sheets(content, known)
    # openpyxl and zipfile let through whatever error the damage made; all of them mean the same here.
    except Exception as error:
        return [Fault("", 0, "", f"it cannot be read as a workbook ({_name(error)}); {_RESAVE}")]


def _name(error: Exception) -> str:
    forbidden = isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException)
    return _ENTITIES if forbidden else "it is damaged"


def _refuse_content(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        return f"the file is larger than {MAX_BYTES // 1_000_000} MB; keep only the sheets of the form in it"
    if content.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return "the file is protected by a password; save it without one"
        return f"the file is in Excel's format of before 2007 (.xls); {_RESAVE}"
    if not content.startswith(b"PK\x03\x04"):
        return f"the file is no Excel workbook, and a form in .csv or text is not read; {_RESAVE}"
    return ""


def _refuse_container(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            return f"unpacked, the file is over {MAX_UNPACKED // 1_000_000} MB; keep only the form in it"
        if any(part.file_size > max(_SMALL, MAX_RATIO * part.compress_size) for part in parts):
            return f"something in the file is packed more than {MAX_RATIO} times over; {_RESAVE}"
        if any(part.flag_bits & 1 for part in parts):
            return "the file is protected by a password; save it without one"
        if "xl/workbook.bin" in names:
            return f"the file is a binary workbook (.xlsb); {_RESAVE}"
        if "xl/workbook.xml" not in names:
            return f"the file is no Excel workbook, whatever its name says; {_RESAVE}"
        if any(declares_type(archive.read(part)) for part in parts if part.filename.endswith(_XML)):
            return f"it cannot be read as a workbook ({_ENTITIES}); {_RESAVE}"
    return ""


def declares_type(part: bytes) -> bool:
    """Whether XML brings a document type, and so may define entities; openpyxl's parsers let some pass."""
    return b"<!DOCTYPE" in part.replace(b"\0", b"")


def _read_sheets(content: bytes, known: Sequence[str]) -> Book | list[Fault]:
    with warnings.catch_warnings():
        # It warns of styles and checks that it leaves aside, none of which touch the cells.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            return _gather(book, known)
        finally:
            book.close()


def _gather(book: Any, known: Sequence[str]) -> Book | list[Fault]:
    pages = {page.title.strip().lower(): page for page in book.worksheets}
    wanted = {name: page for name, page in pages.items() if name in known}
    if not wanted and len(pages) == 1:
        wanted = {known[0]: next(iter(pages.values()))}
    sheets: dict[str, Sheet] = {}
    faults: list[Fault] = []
    for name, page in wanted.items():
        page.reset_dimensions()
        sheet = _read_sheet(name, page.iter_rows(max_col=MAX_COLUMNS, values_only=True))
        if isinstance(sheet, Fault):
            faults.append(sheet)
        else:
            sheets[name] = sheet
    return faults or Book(sheets, tuple(page.title for page in book.worksheets))


def _read_sheet(name: str, rows: Iterator[Sequence[object]]) -> Sheet | Fault:
    letters = _letters(name, next(rows, ()))
    if isinstance(letters, Fault):
        return letters
    lines: list[Line] = []
    last = 1
    for row, values in enumerate(rows, 2):
        cells = {
            heading: text
            for heading, value in zip(letters.values(), _at(values, letters), strict=True)
            if (text := _text(value))
        }
        if cells:
            last = row
            lines.append(Line(row, cells))
        if len(lines) > MAX_ROWS:
            return Fault(
                name, row, "", f"the sheet has more than {MAX_ROWS:,} rows; leave out what is not needed"
            )
        if row - last > MAX_GAP:
            break
    return Sheet(
        name, {heading: get_column_letter(place + 1) for place, heading in letters.items()}, tuple(lines)
    )


def _letters(name: str, values: Sequence[object]) -> dict[int, str] | Fault:
    """The headings by place, from 0."""
    found: dict[int, str] = {}
    for place, value in enumerate(values):
        heading = " ".join(_text(value).split())
        if heading in found.values():
            return Fault(
                name, 1, heading, "two columns have this heading; remove one", get_column_letter(place + 1)
            )
        if heading:
            found[place] = heading
    return found


def _at(values: Sequence[object], places: dict[int, str]) -> Iterator[object]:
    return (values[place] if place < len(values) else None for place in places)


def _text(value: object) -> str:
    """A cell as ODK reads it: whole numbers without a point, truth in capitals, hard spaces as spaces."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case date() | time():
            return str(value).removesuffix(" 00:00:00")
        case _:
            return str(value).replace("\u00a0", " ").strip()
