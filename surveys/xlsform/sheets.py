"""Sheets: what stands in the cells of a workbook, by heading and row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from surveys.xlsform.fault import Fault

#: Headings that ODK takes for one another: the old or short name, and the name used here.
_SAME = {
    "relevance": "relevant",
    "calculate": "calculation",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "readonly": "read_only",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "command": "type",
    "caption": "label",
    "list name": "list_name",
    "set_form_title": "form_title",
    "set_form_id": "form_id",
}

#: The columns of the survey sheet that hold expressions.
RULES = ("relevant", "constraint", "required", "calculation", "choice_filter", "repeat_count")
_DISABLED = frozenset({"yes", "true", "true()"})


@dataclass(frozen=True)
class Line:
    """One row: its number as Excel counts, and the text of every cell that has one, by heading."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """One sheet. `letters` are Excel's names of the columns, by heading."""

    name: str
    letters: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """The heading as it is written, by the name that is used here; the first where two mean the same."""
        known: dict[str, str] = {}
        for written in self.letters:
            known.setdefault(fold(written, self.name), written)
        return known

    @cached_property
    def by_row(self) -> Mapping[int, Line]:
        """The lines by row number."""
        return {line.row: line for line in self.lines}

    @cached_property
    def asked(self) -> tuple[Line, ...]:
        """The lines that are not switched off, as old workbooks do."""
        return tuple(line for line in self.lines if self.cell(line, "disabled").lower() not in _DISABLED)

    def cell(self, line: Line, heading: str) -> str:
        """The text of a cell, without spaces around it; empty where there is none."""
        return line.cells.get(self.headings.get(heading, ""), "").strip()

    def spoken(self, line: Line, heading: str) -> Iterator[tuple[str, str]]:
        """Every language's cell of a heading, as the heading written and the text."""
        for written, text in line.cells.items():
            if fold(written.split("::")[0].split(":")[0], self.name) == heading and text.strip():
                yield written, text.strip()

    def fault(self, row: int, heading: str, what: str) -> Fault:
        """A fault in the cell of a row under a heading, whichever language's column comes first."""
        written = (
            heading
            if heading in self.letters
            else self.headings.get(heading)
            or next((each for each in self.letters if fold(each.split("::")[0], self.name) == heading), "")
        )
        return Fault(self.name, row, written or heading, what, self.letters.get(written, ""))


@dataclass(frozen=True)
class Book:
    """A workbook's sheets by their names in small letters; `titles` are all there are, as written."""

    sheets: Mapping[str, Sheet]
    titles: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """The sheet of this name, or an empty one."""
        return self.sheets.get(name) or Sheet(name)


def fold(heading: str, sheet: str) -> str:
    """What a heading of a sheet is called here, however it is written."""
    folded = "_".join(heading.strip().lower().split())
    if folded == "value":  # the older word for the name of a choice
        return "name" if sheet == "choices" else folded
    return _SAME.get(folded, folded)
