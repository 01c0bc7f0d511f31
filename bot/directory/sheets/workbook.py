"""Excel workbooks, opened only after their size is known and read without running anything in them."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook

from bot.directory.sheets.sheet import Refusal, Sheet, gather_lines
from surveys.xlsform.workbook import declares_type

#: Unpacked, a workbook may be this large (bytes) and hold this many parts.
MAX_UNPACKED = 150_000_000
MAX_PARTS = 2_000
#: The last row an Excel sheet can have: a file that claims more is made to exhaust us.
LAST_ROW = 1_048_576

# OOXML writes control characters so (ISO/IEC 29500, ST_Xstring); openpyxl leaves them.
_CONTROL = re.compile("_x(00[01][0-9A-Fa-f])_")
_RESAVE = "open it in Excel and save it as 'Excel Workbook (.xlsx)'"


def read_workbook(file: str, content: bytes) -> list[Sheet] | Refusal:
    """Read every sheet of an .xlsx workbook; cells become text, formulas their own text, never a value."""
    try:
        return _refuse_container(file, content) or _read_sheets(file, content)
    # openpyxl and zipfile let through whatever error the damage made; all of them mean the same here.
    except Exception as error:
        return Refusal(file, f"it cannot be read as a workbook ({_name(error)}); {_RESAVE}")


def _name(error: Exception) -> str:
    forbidden = isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException)
    return "it defines entities" if forbidden else "it is damaged"


def _refuse_container(file: str, content: bytes) -> Refusal | None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            return Refusal(file, f"unpacked, it is larger than {MAX_UNPACKED // 1_000_000} MB; split it")
        if any(part.flag_bits & 1 for part in parts):
            return Refusal(file, "it is protected by a password; save it without one")
        if "xl/workbook.bin" in names:
            return Refusal(file, f"it is a binary workbook (.xlsb); {_RESAVE}")
        if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
            return Refusal(file, "it is neither CSV nor an Excel workbook; save it as .xlsx")
        if any(declares_type(archive.read(name)) for name in names if name.endswith((".xml", ".rels"))):
            return Refusal(file, f"it cannot be read as a workbook (it defines entities); {_RESAVE}")
    return None


def _read_sheets(file: str, content: bytes) -> list[Sheet] | Refusal:
    sheets: list[Sheet] = []
    with warnings.catch_warnings():
        # It warns of styles and checks that it leaves aside, none of which touch the cells.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        try:
            for page in book.worksheets:
                page.reset_dimensions()
                sheet = gather_lines(file, page.title, _records(page))
                if isinstance(sheet, Refusal):
                    return sheet
                sheets.append(sheet)
        finally:
            book.close()
    return sheets


def _records(page: Any) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(page.iter_rows(), start=1):
        if number > LAST_ROW:
            raise ValueError("more rows than a sheet can have")
        yield tuple(_text(cell.value) for cell in row)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return _CONTROL.sub(lambda found: chr(int(found[1], 16)), value)
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return str(int(value)) if value == value // 1 else str(value)
        case date() | time():
            return value.isoformat().removesuffix("T00:00:00").replace("T", " ")
        case _:  # array formulas and data tables
            return "=" + str(getattr(value, "text", None) or "TABLE()").removeprefix("=")
