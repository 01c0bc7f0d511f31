"""Matrix and repeat: the same few questions for each of several lines, or for each of some entries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict
from pydantic import Field as Setting

from surveys.answering.value import Plain, Table
from surveys.forms.question import STRICT, Label, Name, Question, Refusal, Rule, Wording
from surveys.kinds.cells import AnyCell
from surveys.paging.keystrokes import Raw, ascii_digits
from surveys.phrases import ENGLISH

MOST_ENTRIES = 50


@dataclass(frozen=True)
class MatrixLine:
    """One line of a matrix; `value` is stored and never changes."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    value: Name
    label: Label
    hint: Wording = ""


@dataclass(frozen=True, kw_only=True)
class Gridded(Question):
    """Any question made of cells: `cells` are its questions, put once for each line.

    The field of a cell is called `groups.g1.headcount`: table, line, question.
    """

    @property
    def cells(self) -> tuple[Question, ...]:
        """The questions of one line."""
        raise NotImplementedError

    @cached_property
    def by_name(self) -> dict[str, Question]:
        """The questions of one line by name."""
        return {cell.name: cell for cell in self.cells}

    def keys(self, raw: Raw) -> tuple[str, ...]:
        """The lines there are, given what was typed."""
        raise NotImplementedError

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields of one line, under the names of its questions."""
        return frozenset(field for cell in self.cells for field in cell.names)

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """Nothing as a whole: its cells are read one by one."""
        return None

    def owns(self, name: str) -> bool:
        """Whether a field is one of its cells."""
        table, _, rest = name.partition(".")
        line, _, field = rest.partition(".")
        return table == self.name and field in self.fields and self.has_line(line)

    def number(self, line: str) -> int:
        """Which line it is, counted from 1."""
        raise NotImplementedError

    def place(self, path: str) -> tuple[int, int]:
        """Where the field of a cell stands: which line, and which question in it."""
        _, line, name = path.split(".")
        return self.number(line), list(self.by_name).index(name)

    def has_line(self, line: str) -> bool:
        """Whether there can be a line of this key."""
        raise NotImplementedError

    def view(self, raw: Raw, line: str) -> dict[str, list[str]]:
        """What was typed in one line, under the names of its questions."""
        prefix = f"{self.name}.{line}."
        return {
            name.removeprefix(prefix): list(texts) for name, texts in raw.items() if name.startswith(prefix)
        }

    def write_table(self, value: Table) -> dict[str, list[str]]:
        """A table as it could have been typed."""
        return {
            f"{self.name}.{line}.{field}": texts
            for line, answers in value.items()
            for name, cell in answers.items()
            if name in self.by_name and self.by_name[name].asks
            for field, texts in self.by_name[name].write(cell).items()
        }

    def say_line(self, answers: Mapping[str, Plain], language: str = ENGLISH) -> str:
        """One line's answers in words."""
        return "; ".join(
            f"{cell.title}: {cell.say(answers[cell.name], language)}"
            for cell in self.cells
            if cell.name in answers and not cell.is_hidden
        )

    def name_line(self, line: str, answers: Mapping[str, Plain], language: str = ENGLISH) -> str:
        """What a line is called."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Matrix(Gridded):
    """Lines known beforehand, each with the same columns."""

    kind: Literal["matrix"]
    lines: Annotated[tuple[MatrixLine, ...], Setting(min_length=1, max_length=MOST_ENTRIES)]
    columns: Annotated[tuple[AnyCell, ...], Setting(min_length=1, max_length=20)]

    @property
    def cells(self) -> tuple[Question, ...]:
        """The columns."""
        return self.columns

    def keys(self, raw: Raw) -> tuple[str, ...]:
        """Every line."""
        return tuple(line.value for line in self.lines)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The lines by key, counted from 1."""
        return {line.value: number for number, line in enumerate(self.lines, 1)}

    @cached_property
    def sole(self) -> Question | None:
        """The only column that is shown, where it is answered from a list; else None.

        It needs no name of its own: each line is a question, which those choices answer.
        """
        shown = [cell for cell in self.columns if not cell.is_hidden]
        return shown[0] if len(shown) == 1 and shown[0].offers() is not None else None

    def has_line(self, line: str) -> bool:
        """Whether it was written so."""
        return line in self.numbers

    def number(self, line: str) -> int:
        """The place at which it was written."""
        return self.numbers[line]

    def name_line(self, line: str, answers: Mapping[str, Plain], language: str = ENGLISH) -> str:
        """Its label."""
        return self.lines[self.numbers[line] - 1].label if line in self.numbers else line

    def faults(self) -> list[str]:
        """Lines that cannot be told apart, and what a matrix or a column of it cannot have."""
        found = ["two lines have the same value"] if len(self.numbers) < len(self.lines) else []
        if self.required:
            found.append("a matrix cannot be required: make its columns required")
        return found + [
            f'column "{cell.name}" cannot be relevant now and then: make it required by a rule instead'
            for cell in self.columns
            if cell.relevant
        ]


@dataclass(frozen=True, kw_only=True)
class Repeat(Gridded):
    """As many entries as there are, from `least` to `most`; or as many as the rule `times` says.

    `item` is what one is called, and `summary` the question by whose answer the list names it.
    """

    kind: Literal["repeat"]
    questions: Annotated[tuple[AnyCell, ...], Setting(min_length=1, max_length=50)]
    item: Label
    summary: Annotated[str, Setting(max_length=40)] = ""
    least: Annotated[int, Setting(ge=0, le=MOST_ENTRIES)] = 0
    most: Annotated[int, Setting(ge=1, le=MOST_ENTRIES)] = MOST_ENTRIES
    times: Rule = ""

    @property
    def cells(self) -> tuple[Question, ...]:
        """The questions of an entry."""
        return self.questions

    @property
    def names(self) -> tuple[str, ...]:
        """The field that tells how many entries there are."""
        return (self.name,)

    def owns(self, name: str) -> bool:
        """Whether a field is the number of entries, or in one of them."""
        return name == self.name or super().owns(name)

    def has_line(self, line: str) -> bool:
        """Entries are counted from 1."""
        return line.isascii() and line.isdecimal() and line[0] != "0" and int(line[:4]) <= self.most

    def number(self, line: str) -> int:
        """The entry's own."""
        return int(line)

    def count(self, raw: Raw) -> int:
        """How many entries there are: as many as were said, or as the last one that holds anything."""
        said = ascii_digits("".join(raw.get(self.name, ())[:1]).strip())
        if said.isdecimal() and len(said) <= 4:
            return min(int(said), self.most)
        lines = {
            name.split(".")[1]
            for name, texts in raw.items()
            if name.startswith(f"{self.name}.") and any(texts)
        }
        return max((int(line) for line in lines if self.has_line(line)), default=0)

    def keys(self, raw: Raw) -> tuple[str, ...]:
        """The entries by number."""
        return tuple(str(number) for number in range(1, self.count(raw) + 1))

    def write_table(self, value: Table) -> dict[str, list[str]]:
        """The entries and, unless a rule says so, how many they are."""
        counted = {} if self.times else {self.name: [str(len(value))]}
        return counted | super().write_table(value)

    def name_line(self, line: str, answers: Mapping[str, Plain], language: str = ENGLISH) -> str:
        """The answer that names it, or its number."""
        named = self.by_name.get(self.summary)
        if named is not None and self.summary in answers:
            return named.say(answers[self.summary], language)
        return f"{self.item} {line}"

    def faults(self) -> list[str]:
        """Bounds nothing can meet, and a summary that is no question of it."""
        found = ["least is more than most"] if self.least > self.most else []
        if self.times and (self.least or self.required):
            found.append("times says how many entries there are: remove least and required")
        if self.summary and self.summary not in self.by_name:
            found.append(f'summary: it has no question "{self.summary}"')
        return found
