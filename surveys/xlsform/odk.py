"""ODK's own reading of a workbook: pyxform checks it, and its tree is what everything else starts from."""

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from surveys.xlsform.fault import Fault
from surveys.xlsform.question_types import Family, sort, spell_type
from surveys.xlsform.sheets import RULES, Book, Line, Sheet, fold

Node = Mapping[str, Any]
"""One element of pyxform's tree: type, name, label (a text, or texts by language), bind, children …"""

#: Faults found before ODK's reader is no longer asked again with the rows it stumbled over made harmless.
MOST_FAULTS = 40
#: How often it is asked again for a place that it did not give; each takes as long as the sheet has rows.
MOST_SEARCHES = 60

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
#: How ODK's reader begins to say that a name in braces is not whole.
_UNENDED = "Reference variables must start with"
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
            said_of = _place(error, self.book)
            return self._blame(self._search(said_of), is_first=not said_of.row)
        # On rows that make no sense pyxform stumbles with whatever error comes of it.
        except Exception as error:
            fault = self._search(_give_up(error))
            if self.harmless and not fault.row:
                return Reading(None, tuple(self.faults))
            return self._blame(fault if fault.row else replace(fault, sheet="survey"), is_first=False)
        stand_ins = frozenset(row for sheet, row in self.harmless if sheet == "survey")
        return Reading(tree, tuple(self.faults), tuple(_warn(said)), stand_ins)

    def _blame(self, fault: Fault, *, is_first: bool) -> Reading | None:
        """Note a fault and make its row harmless; what was found so far where there is no going on.

        Where it was looked for, `is_first`, its row is only the first that may have it.
        """
        if not fault.row and self.faults and self.searched >= MOST_SEARCHES:
            return Reading(None, tuple(self.faults))  # once those are put right it is found at its place
        key = (fault.sheet, fault.row)
        alike = [fault, *(self._repeat(fault) if is_first else ())]
        # What is in a row that was blamed already was said.
        self.faults += [
            one for one in alike if not one.row or (one.sheet, one.row) not in self.harmless | self.blamed
        ]
        if not fault.row or key in self.harmless or len(self.faults) >= MOST_FAULTS:
            return Reading(None, tuple(self.faults))
        self.harmless |= {(one.sheet, one.row) for one in alike}
        return None

    def _search(self, fault: Fault) -> Fault:
        """The same with its row and column, where its reader gave none: the first row it is found with."""
        survey = self.book.sheet("survey")
        rows = [line.row for line in survey.lines if ("survey", line.row) not in self.harmless]
        if not fault.row and rows and not self._stumbles(fault, rows):
            low, high = 0, len(rows) - 1
            while low < high:
                middle = (low + high) // 2
                if self._stumbles(fault, rows[middle + 1 :]):
                    high = middle
                else:
                    low = middle + 1
            if self.searched >= MOST_SEARCHES:
                return fault
            fault = survey.fault(rows[low], "", fault.what)
        line = survey.by_row.get(fault.row)
        if fault.sheet != "survey" or fault.column or not line or not survey.cell(line, "parameters"):
            return fault
        if "parameter" in fault.what:
            return survey.fault(fault.row, "parameters", fault.what)
        blank = frozenset([("survey", fault.row, survey.headings["parameters"])])
        later = [each.row for each in survey.lines if each.row > fault.row]
        is_cause = not self._stumbles(fault, later, blank)
        return survey.fault(fault.row, "parameters", fault.what) if is_cause else fault

    def _stumbles(
        self, fault: Fault, rows: Iterable[int], blank: frozenset[tuple[str, int, str]] = frozenset()
    ) -> bool:
        """Whether pyxform says the same with these rows of the survey sheet made harmless, and cells blank.

        Once it was asked often enough it is taken to say the same whatever is done.
        """
        if self.searched >= MOST_SEARCHES:
            return True
        self.searched += 1
        harmless = self.harmless | {("survey", row) for row in rows}
        attempt = replace(self, harmless=harmless, blank=self.blank | blank)
        try:
            convert(attempt._spell(), validate=False)
        except PyXFormError as error:
            again = _place(error, self.book)
            return again.what == fault.what and again.row in (0, fault.row)
        # As above: there is no telling with what it stumbles.
        except Exception as error:
            return _give_up(error).what == fault.what
        return False

    def _repeat(self, fault: Fault) -> list[Fault]:
        """The same fault in all other rows of this sort with the same parameters: they were copied down."""
        survey = self.book.sheet("survey")
        if fault.sheet != "survey" or survey.headings.get("parameters") != fault.column:
            return []
        told = {line.row: self._parameters(line) for line in survey.lines}
        return [
            survey.fault(row, "parameters", fault.what)
            for row in told
            if row != fault.row and told[row] == told[fault.row]
        ]

    def _parameters(self, line: Line) -> tuple[str, str]:
        survey = self.book.sheet("survey")
        return sort(survey.cell(line, "type")).kind, survey.cell(line, "parameters")

    def _spell(self) -> dict[str, Any]:
        """The workbook as pyxform takes it."""
        spelt: dict[str, Any] = {"sheet_names": list(self.book.titles), "fallback_form_name": "form"}
        for name in ("survey", "choices", "settings"):
            if name in self.book.sheets:
                sheet = self.book.sheets[name]
                rows = self._rows(sheet)
                own = [_heading(sheet)] if name == "survey" else []
                # What stands for a row may have a cell in a column that the sheet lacks.
                added = [heading for cells in rows for heading in cells]
                spelt[name] = rows
                spelt[f"{name}_header"] = [dict.fromkeys([*sheet.letters, *own, *added])]
        return spelt

    def _rows(self, sheet: Sheet) -> list[dict[str, str]]:
        last = sheet.lines[-1].row if sheet.lines else 1
        rows: list[dict[str, str]] = [{} for _ in range(2, last + 1)]
        taken: set[tuple[str, str]] = set()
        for line in sheet.asked if sheet.name == "survey" else sheet.lines:
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
    is_bracket = sort(kind).family is Family.BRACKET
    return cells | {heading.get("type", "type"): spell_type(kind) if is_bracket else "text"}


def _give_up(error: Exception) -> Fault:
    what = f"ODK's reader gives up on it ({type(error).__name__}); look for misplaced cells"
    return Fault("", 0, "", what)


def _place(error: PyXFormError, book: Book) -> Fault:
    said = " ".join(str(error).split())
    row, sheet, column = _ROW.search(said), _SHEET.search(said), _COLUMN.search(said)
    name = str(error.context.get("sheet") or (sheet[1] if sheet else "survey" if row else ""))
    number = int(error.context.get("row") or (row and row[1]) or 0)
    heading = str(error.context.get("column") or (column[1] if column else ""))
    what = _tidy(said)
    if what.startswith(_UNENDED):
        what = "an answer is named as ${question}, with both braces around the name; put it right"
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
