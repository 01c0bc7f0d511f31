"""ODK's own reading of a workbook: pyxform checks it, and its tree is what everything else starts from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from surveys.xlsform.fault import Fault
from surveys.xlsform.sheets import Book, Line, Sheet

Node = Mapping[str, Any]
"""One element of pyxform's tree: type, name, label (a text, or texts by language), bind, children …"""

#: How often ODK's reader is asked again, each time with the row it stumbled over made harmless.
MOST_ROUNDS = 40

#: The attribute under which each row's number travels through pyxform.
_MARK = "cascade_row"
_ROW = re.compile(r"\[row\s*:\s*(?:(\d+)|unknown)\]\s*")
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet,?\s*")
_COLUMN = re.compile(r"the '(\w+)' (?:value|column)")
#: What ODK remarks on that is of no use here.
_NEEDLESS = (
    "max-pixels",
    "or_other and translations",
    "machine-readable codes",
    "no longer supported",
    "should have a label",
)


@dataclass(frozen=True)
class Reading:
    """What pyxform made of a workbook: its tree where it took it, else what it found wrong."""

    root: Node | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


@dataclass
class _Attempt:
    book: Book
    harmless: set[tuple[str, int]]
    faults: list[Fault] = field(default_factory=list)

    def convert(self) -> Reading | None:
        """Ask once; None where a row stumbled over was made harmless, so that it is worth asking again."""
        said: list[str] = []
        try:
            # The tree is the one thing pyxform keeps to itself that we need; a test holds its shape.
            tree = convert(_spell(self.book, self.harmless), warnings=said, validate=False)._pyxform
        except PyXFormError as error:
            fault = _place(error, self.book)
            key = (fault.sheet, fault.row)
            if not fault.row or key not in self.harmless:  # else what is wrong there was said already
                self.faults.append(fault)
            if not fault.row or key in self.harmless or len(self.faults) >= MOST_ROUNDS:
                return Reading(None, tuple(self.faults))
            self.harmless.add(key)
            return None
        # On rows that make no sense pyxform stumbles with whatever error comes of it.
        except Exception as error:
            what = f"ODK's reader gives up on it ({type(error).__name__}); look for misplaced cells"
            given_up = () if self.harmless else (Fault("survey", 0, "", what),)
            return Reading(None, (*self.faults, *given_up))
        return Reading(tree, tuple(self.faults), tuple(_warn(said)))


def understand(book: Book, refused: Iterable[tuple[str, int]]) -> Reading:
    """Have pyxform read the book; rows `refused` already, by sheet and row, are read as harmless ones.

    A row that pyxform stumbles over is noted and made harmless too, so that one reading finds every fault.
    """
    attempt = _Attempt(book, set(refused))
    while (reading := attempt.convert()) is None:
        pass
    return reading


def row_of(node: Node) -> int:
    """The row of the survey sheet an element came from; 0 for one that pyxform added."""
    return int(node.get("bind", {}).get(_MARK, 0))


def _spell(book: Book, harmless: set[tuple[str, int]]) -> dict[str, Any]:
    """The workbook as pyxform takes it."""
    spelt: dict[str, Any] = {"sheet_names": list(book.titles), "fallback_form_name": "form"}
    for name in ("survey", "choices", "settings"):
        if name in book.sheets:
            sheet = book.sheets[name]
            headings = dict.fromkeys([*sheet.letters, *([_heading(sheet)] if name == "survey" else [])])
            spelt[name] = _rows(sheet, harmless)
            spelt[f"{name}_header"] = [headings]
    return spelt


def _heading(sheet: Sheet) -> str:
    # Two colons in one heading make pyxform read all headings that way.
    return f"bind::{_MARK}" if any("::" in heading for heading in sheet.letters) else f"bind:{_MARK}"


def _rows(sheet: Sheet, harmless: set[tuple[str, int]]) -> list[dict[str, str]]:
    last = sheet.lines[-1].row if sheet.lines else 1
    rows: list[dict[str, str]] = [{} for _ in range(2, last + 1)]
    for line in sheet.lines:
        cells = _stand_in(sheet, line) if (sheet.name, line.row) in harmless else dict(line.cells)
        if sheet.name == "survey" and sheet.cell(line, "type"):
            cells[_heading(sheet)] = str(line.row)
        rows[line.row - 2] = cells
    return rows


def _stand_in(sheet: Sheet, line: Line) -> dict[str, str]:
    """A row that nobody can object to, in the place of one that is at fault."""
    heading = sheet.headings
    label = heading.get("label") or next(
        (each for each in sheet.letters if each.lower().startswith("label")), "label"
    )
    cells = {heading.get("name", "name"): f"row_{line.row}", label: "-"}
    if sheet.name == "choices":
        # A list may be used by name alone, so the row stays in it.
        return cells | {heading.get("list_name", "list_name"): sheet.cell(line, "list_name") or "none"}
    name, kind = sheet.cell(line, "name"), sheet.cell(line, "type")
    if re.fullmatch(r"[A-Za-z_][\w.-]*", name):
        cells[heading.get("name", "name")] = name
    bracket = kind.lower().startswith(("begin", "end")) and "loop" not in kind.lower()
    return cells | {heading.get("type", "type"): kind if bracket else "text"}


def _place(error: PyXFormError, book: Book) -> Fault:
    said = " ".join(str(error).split())
    row, sheet, column = _ROW.search(said), _SHEET.search(said), _COLUMN.search(said)
    name = str(error.context.get("sheet") or (sheet[1] if sheet else "survey" if row else ""))
    number = int(error.context.get("row") or (row and row[1]) or 0)
    heading = str(error.context.get("column") or (column[1] if column else ""))
    what = _SHEET.sub("", _ROW.sub("", said)).strip()
    what = what[:1].lower() + what[1:] if what[:2].istitle() else what
    return book.sheet(name).fault(number, heading, what) if name else Fault(name, number, heading, what)


def _warn(said: list[str]) -> list[Fault]:
    found = []
    for text in said:
        if any(words in text for words in _NEEDLESS):
            continue
        row, sheet = _ROW.search(text), _SHEET.search(text)
        line = " ".join(_SHEET.sub("", _ROW.sub("", text)).split())
        where = sheet[1] if sheet else "survey" if row else ""
        found.append(Fault(where, int((row and row[1]) or 0), "", line[:300]))
    return found
