"""Names: what each row and each choice is called here, where XLSForm allows more letters than we do."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from surveys.forms.faults import RESERVED
from surveys.xlsform.fault import Fault
from surveys.xlsform.question_types import Family, sort
from surveys.xlsform.sheets import Book, Line, Sheet

LONGEST_NAME = 40
LONGEST_VALUE = 60

_NAME = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_NAME - 1}}}")
_VALUE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_.-]{{0,{LONGEST_VALUE - 1}}}")


@dataclass(frozen=True)
class Names:
    """The names of a workbook's rows and the values of its choices, as they are called here.

    `of_row` holds every named row; `of_question` what `${name}` may mean, and `groups` what it may not, as a
    group has no answer. `repeats` are the questions asked of every entry of a repeat, and `repeat_of_row`
    their rows, each with the row its repeat begins in. `metadata` are names of things ODK records that are
    left out. `values` are the choices whose value had to be changed.
    """

    of_row: Mapping[int, str]
    of_question: Mapping[str, str]
    groups: frozenset[str]
    repeats: Mapping[str, int]
    repeat_of_row: Mapping[int, int]
    metadata: Mapping[str, str]
    values: Mapping[str, str]
    warnings: tuple[Fault, ...]


def name_everything(book: Book) -> Names:
    """Give every row of the survey sheet a name of its own, and every choice a value that can be kept."""
    naming = _Naming(book.sheet("survey"))
    for line in naming.survey.lines:
        naming.take(line)
    values = dict(_values(book))
    return Names(
        naming.of_row,
        naming.of_question,
        frozenset(naming.groups),
        naming.repeats,
        naming.repeat_of_row,
        naming.metadata,
        values,
        (*naming.warnings, *_tell(book, values)),
    )


@dataclass
class _Naming:
    """The rows of a survey sheet, named one after another."""

    survey: Sheet
    taken: set[str] = field(default_factory=lambda: set(RESERVED))
    of_row: dict[int, str] = field(default_factory=dict)
    of_question: dict[str, str] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)
    repeats: dict[str, int] = field(default_factory=dict)
    repeat_of_row: dict[int, int] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: list[Fault] = field(default_factory=list)
    repeat: int = 0

    def take(self, line: Line) -> None:
        """Name one row."""
        meant, written = sort(self.survey.cell(line, "type")), self.survey.cell(line, "name")
        if meant.kind in ("begin repeat", "end repeat"):
            self.repeat = line.row if meant.kind == "begin repeat" else 0
        if meant.family is Family.METADATA:
            self.metadata[written or meant.kind] = meant.kind
        if meant.family is Family.METADATA or meant.kind.startswith("end "):
            return
        name = self._claim(legal_name(written or f"row_{line.row}"))
        self.of_row[line.row] = name
        if written and written != name:
            self.warnings.append(self.survey.fault(line.row, "name", f"{written} is called {name} here"))
        if meant.kind == "begin group":
            self.groups.add(written)
            return
        self.of_question.setdefault(written, name)
        if meant.or_other:
            self.of_question.setdefault(f"{written}_other", self._claim(other_name(name)))
        if self.repeat and meant.kind != "begin repeat":
            self.repeats[written] = self.repeat_of_row[line.row] = self.repeat

    def _claim(self, name: str) -> str:
        """The name, or the name with a number behind it where it is taken."""
        number, found = 1, name
        while found in self.taken:
            number += 1
            found = f"{name[: LONGEST_NAME - 4]}_{number}"
        self.taken.add(found)
        return found


def other_name(name: str) -> str:
    """What the box for another choice is called."""
    return f"{name[: LONGEST_NAME - 6]}_other"


def legal_name(written: str) -> str:
    """A name of small letters, figures and underscores that begins with a letter, at most 40 long."""
    if _NAME.fullmatch(written):
        return written
    plain = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", written).lower()).strip("_")
    plain = plain if plain[:1].isalpha() else f"q_{plain}" if plain else "q"
    return plain[:LONGEST_NAME].rstrip("_")


def legal_value(written: str) -> str:
    """A value of a choice as it can be kept; the same text always gives the same value."""
    if _VALUE.fullmatch(written):
        return written
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "_", written).lstrip("_.-")
    return (
        plain[:LONGEST_VALUE] or "".join(f"u{ord(letter):x}" for letter in written)[:LONGEST_VALUE] or "none"
    )


def _values(book: Book) -> Iterator[tuple[str, str]]:
    choices = book.sheet("choices")
    for line in choices.lines:
        written = choices.cell(line, "name")
        if written and (value := legal_value(written)) != written:
            yield written, value


def _tell(book: Book, values: Mapping[str, str]) -> Iterator[Fault]:
    choices = book.sheet("choices")
    for line in choices.lines:
        written = choices.cell(line, "name")
        if written in values:
            yield choices.fault(line.row, "name", f"{written} is kept as {values[written]} here")
