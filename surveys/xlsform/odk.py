"""ODK's own reading of a workbook: pyxform checks it, and its tree is what everything else starts from."""

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from surveys.xlsform.fault import Fault
from surveys.xlsform.question_types import spell_type
from surveys.xlsform.sheets import RULES, Book, Line, Sheet, fold

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
    "case-insensitive",
    "When looking for a sheet",
    "Column headers must not",
    "Row without name, text, or label",
)
_LONGEST_REMARK = 300
#: What the place says already.
_AGAIN = re.compile(r"^The '[^']*' value(?: '[^']*')? is (?:invalid|problematic)\.\s*", re.I)
#: Where ODK's reader sends people to read on.
_MORE = re.compile(r"\s*(?:Learn more|Read more|See)[^.]*https?://\S+|\s*https?://\S+")


@dataclass(frozen=True)
class Reading:
    """What pyxform made of a workbook: its tree where it took it, else what it found wrong.

    `stand_ins` are the rows of the survey sheet in whose place a harmless one was read.
    """

    root: Node | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    stand_ins: frozenset[int] = frozenset()


@dataclass
class _Attempt:
    """One way of asking: `blank` are cells left out, `harmless` rows replaced, `blamed` rows refused."""

    book: Book
    blank: frozenset[tuple[str, int, str]]
    harmless: set[tuple[str, int]]
    blamed: frozenset[tuple[str, int]]
    faults: list[Fault] = field(default_factory=list)
    searched: int = 0

    def convert(self) -> Reading | None:
        """Ask once; None where a row stumbled over was made harmless, so that it is worth asking again."""
        said: list[str] = []
        try:
            # The tree is the one thing pyxform keeps to itself that we need; a test holds its shape.
            tree = convert(self._spell(), warnings=said, validate=False)._pyxform
        except PyXFormError as error:
            fault = self._search(_place(error, self.book))
            key = (fault.sheet, fault.row)
            if not fault.row or key not in self.harmless | self.blamed:  # else that was said already
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
        stand_ins = frozenset(row for sheet, row in self.harmless if sheet == "survey")
        return Reading(tree, tuple(self.faults), tuple(_warn(said)), stand_ins)

    def _search(self, fault: Fault) -> Fault:
        """The same with its row, where its reader gave no place and one row's parameters are the cause."""
        survey = self.book.sheet("survey")
        rows = [line.row for line in survey.lines if survey.cell(line, "parameters")]
        for row in rows if not fault.row else ():
            self.searched += 1
            if self.searched > MOST_ROUNDS:
                break
            blank = self.blank | {("survey", row, survey.headings["parameters"])}
            try:
                convert(replace(self, blank=blank)._spell(), validate=False)
            except PyXFormError as error:
                if _tidy(str(error)) == _tidy(fault.what):
                    continue
            return survey.fault(row, "parameters", fault.what)
        return fault

    def _spell(self) -> dict[str, Any]:
        """The workbook as pyxform takes it."""
        spelt: dict[str, Any] = {"sheet_names": list(self.book.titles), "fallback_form_name": "form"}
        for name in ("survey", "choices", "settings"):
            if name in self.book.sheets:
                sheet = self.book.sheets[name]
                headings = dict.fromkeys([*sheet.letters, *([_heading(sheet)] if name == "survey" else [])])
                spelt[name] = self._rows(sheet)
                spelt[f"{name}_header"] = [headings]
        return spelt

    def _rows(self, sheet: Sheet) -> list[dict[str, str]]:
        last = sheet.lines[-1].row if sheet.lines else 1
        rows: list[dict[str, str]] = [{} for _ in range(2, last + 1)]
        taken: set[tuple[str, str]] = set()
        for line in sheet.lines:
            called = sheet.cell(line, "list_name"), sheet.cell(line, "name")
            is_harmless = (sheet.name, line.row) in self.harmless
            cells = _stand_in(sheet, line, called in taken) if is_harmless else self._cells(sheet, line)
            taken.add(called)
            rows[line.row - 2] = cells
        return rows

    def _cells(self, sheet: Sheet, line: Line) -> dict[str, str]:
        cells = {
            heading: text
            for heading, text in line.cells.items()
            if (sheet.name, line.row, heading) not in self.blank
        }
        if sheet.name == "survey" and (written := sheet.cell(line, "type")):
            cells |= {_heading(sheet): str(line.row), sheet.headings["type"]: spell_type(written)}
        return cells


def understand(book: Book, refused: Iterable[Fault]) -> Reading:
    """Have pyxform read the book, without the rules and in place of the rows that were `refused` already.

    A row that pyxform stumbles over is noted and replaced too, so that one reading finds every fault.
    """
    told = [fault for fault in refused if fault.row > 1]
    plain = {fault for fault in told if fold(fault.column, fault.sheet) in RULES}
    attempt = _Attempt(
        book,
        frozenset((fault.sheet, fault.row, fault.column) for fault in plain),
        {(fault.sheet, fault.row) for fault in told if fault not in plain},
        frozenset((fault.sheet, fault.row) for fault in told),
    )
    while (reading := attempt.convert()) is None:
        pass
    return reading


def row_of(node: Node) -> int:
    """The row of the survey sheet an element came from; 0 for one that pyxform added."""
    return int(node.get("bind", {}).get(_MARK, 0))


def _heading(sheet: Sheet) -> str:
    # Two colons in one heading make pyxform read all headings that way.
    return f"bind::{_MARK}" if any("::" in heading for heading in sheet.letters) else f"bind:{_MARK}"


def _stand_in(sheet: Sheet, line: Line, is_twin: bool) -> dict[str, str]:
    """A row that nobody can object to, in the place of one at fault; `is_twin` where its name is taken."""
    heading = sheet.headings
    label = heading.get("label") or next(
        (each for each in sheet.letters if each.lower().startswith("label")), "label"
    )
    cells = {heading.get("name", "name"): f"row_{line.row}", label: "-"}
    name, kind = sheet.cell(line, "name"), sheet.cell(line, "type")
    if re.fullmatch(r"[A-Za-z_][\w.-]*", name) and not is_twin:
        cells[heading.get("name", "name")] = name
    if sheet.name == "choices":
        # A list may be used by name alone, so the row stays in it.
        return cells | {heading.get("list_name", "list_name"): sheet.cell(line, "list_name") or "none"}
    if sheet.name == "survey":
        cells[_heading(sheet)] = str(line.row)
    bracket = kind.lower().startswith(("begin", "end")) and "loop" not in kind.lower()
    return cells | {heading.get("type", "type"): spell_type(kind) if bracket else "text"}


def _place(error: PyXFormError, book: Book) -> Fault:
    said = " ".join(str(error).split())
    row, sheet, column = _ROW.search(said), _SHEET.search(said), _COLUMN.search(said)
    name = str(error.context.get("sheet") or (sheet[1] if sheet else "survey" if row else ""))
    number = int(error.context.get("row") or (row and row[1]) or 0)
    heading = str(error.context.get("column") or (column[1] if column else ""))
    what = _tidy(said)
    what = what[:1].lower() + what[1:] if what[:2].istitle() else what
    return book.sheet(name).fault(number, heading, what) if name else Fault(name, number, heading, what)


def _warn(said: list[str]) -> list[Fault]:
    found = []
    for text in said:
        if any(words in text for words in _NEEDLESS):
            continue
        row, sheet = _ROW.search(text), _SHEET.search(text)
        where = sheet[1] if sheet else "survey" if row else ""
        line = textwrap.shorten(_tidy(text), _LONGEST_REMARK, placeholder=" …")
        found.append(Fault(where, int((row and row[1]) or 0), "", line))
    return found


def _tidy(said: str) -> str:
    """What ODK's reader says, on one line, without the place and without the address to read on at."""
    return _AGAIN.sub("", " ".join(_MORE.sub("", _SHEET.sub("", _ROW.sub("", said))).split()))
