"""Sheet: which questions share a page, and in what order the pages come."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from surveys.forms.families import MOST_TOGETHER
from surveys.forms.form import Form
from surveys.forms.question import Question
from surveys.forms.section import Section
from surveys.kinds.note import Help, Note
from surveys.kinds.table import Gridded, Matrix, Repeat
from surveys.paging.keystrokes import Raw

EMPTY = "empty"
"""The name of the page that is shown where no question applies at all."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """The questions of one page. `entry` is the line of `table` that they are put for; empty for none.

    `is_aside` marks what is reached from the list of a repeat and leads back there. `lines` are those of its
    matrix that are put on this page; empty for all of them.
    """

    section: Section
    questions: tuple[Question, ...]
    name: str
    table: Gridded | None = None
    entry: str = ""
    is_aside: bool = False
    lines: frozenset[str] = frozenset()

    @property
    def prefix(self) -> str:
        """What stands before the names of its fields."""
        return f"{self.table.name}.{self.entry}." if self.table and self.entry else ""

    def owns(self, name: str) -> bool:
        """Whether a field stands on this page."""
        if not name.startswith(self.prefix):
            return False
        own = name.removeprefix(self.prefix)
        if not self.lines:
            return own in self._fields or any(matrix.owns(own) for matrix in self._matrices)
        matrix = self._matrices[-1]
        # What is wrong with the whole of it is told once every line was asked.
        line = matrix.lines[-1].value if own == matrix.name else own.partition(".")[2].partition(".")[0]
        return line in self.lines and (own == matrix.name or matrix.owns(own))

    @cached_property
    def names(self) -> frozenset[str]:
        """The questions that are asked on it, those in its tables included."""
        inside = (matrix.by_name for matrix in self._matrices)
        return frozenset(each.name for each in self.questions if not each.is_settled).union(*inside)

    @cached_property
    def _fields(self) -> frozenset[str]:
        return frozenset(field for each in self.questions for field in (each.name, *each.names))

    @cached_property
    def _matrices(self) -> tuple[Matrix, ...]:
        return tuple(question for question in self.questions if isinstance(question, Matrix))


def sheets(form: Form, raw: Raw, applying: set[str]) -> list[Sheet]:
    """The pages of a form, given what was typed and which fields apply; never none."""
    return list(_sheets(form, raw, applying)) or [Sheet(form.sections[0], (), EMPTY)]


def may_open_more(form: Form, sheet: Sheet, applying: set[str]) -> bool:
    """Whether an answer on a page could bring up a question that is not asked now."""
    waiting = (
        question.name
        for question in form.questions.values()
        if question.name not in applying or (isinstance(question, Repeat) and question.times)
    )
    cells = sheet.table.cells if sheet.table else ()
    beside = (cell.name for cell in cells if sheet.prefix + cell.name not in applying)
    return any(form.ties[name] & sheet.names for name in (*waiting, *beside))


def _sheets(form: Form, raw: Raw, applying: set[str]) -> Iterator[Sheet]:
    for section in form.sections:
        wanted = [question for question in section.questions if question.name in applying]
        for group in _group(form, wanted):
            last = group[-1]
            if isinstance(last, Repeat):
                yield from _repeated(form, section, group[:-1], last, raw, applying)
            elif isinstance(last, Matrix) and form.is_for_families:
                yield from _line_by_line(section, group[:-1], last)
            else:
                yield Sheet(section, tuple(group), group[0].name)


def _group(form: Form, questions: Sequence[Question]) -> Iterator[list[Question]]:
    """Questions that go on one page, as many at a time as may.

    What an answer on a page brings up comes on a page after it, and what else stood there stays: so nothing
    that was answered already is asked again.
    """
    group: list[Question] = []
    revealed: list[Question] = []
    for unit in _units(questions):
        later = _find_revealed(form, unit, [*group, *revealed])
        revealed += later
        unit = [each for each in unit if each not in later]
        if unit and group and _needs_a_page(form, unit, group, revealed):
            yield group
            yield from _group(form, revealed)
            group, revealed = [], []
        group += unit
    if group:
        yield group
        yield from _group(form, revealed)


def _units(questions: Iterable[Question]) -> Iterator[list[Question]]:
    """Each question with the notes before it, which stay with it; what is hidden is left out."""
    unit: list[Question] = []
    for question in questions:
        if question.is_hidden:
            continue
        unit.append(question)
        if not isinstance(question, Note):
            yield unit
            unit = []
    if unit:
        yield unit


def _find_revealed(form: Form, unit: Sequence[Question], group: Sequence[Question]) -> list[Question]:
    """What comes and goes with an answer given beside it: a question with its notes, or notes alone.

    Help does not wait: it comes before whatever is asked next. So does a note to families, which may be help.
    """
    if any(isinstance(each, Help) for each in unit):
        return []
    found = [each for each in unit if each.relevant and form.ties[each.name] & _asked(group)]
    if form.is_for_families and any(isinstance(each, Note) for each in found):
        return []
    return list(unit) if unit[-1] in found else found


def _asked(group: Sequence[Question]) -> frozenset[str]:
    asked = frozenset(each.name for each in group if not each.is_settled)
    return asked.union(*(each.by_name for each in group if isinstance(each, Gridded)))


def _needs_a_page(
    form: Form, unit: Sequence[Question], group: Sequence[Question], revealed: Sequence[Question]
) -> bool:
    before = _asked([*group, *revealed])
    if any(form.ties[question.name] & before for question in unit):
        return True
    stands_alone = any(isinstance(each, Matrix | Repeat | Help) for each in (*unit, *group))
    return stands_alone or form.pace == "question"


def _repeated(
    form: Form,
    section: Section,
    notes: Sequence[Question],
    repeat: Repeat,
    raw: Raw,
    applying: set[str],
) -> Iterator[Sheet]:
    """A page for each entry, or more; then the list of them, unless a rule says how many there are."""
    has_list = not repeat.times
    if notes and not has_list:
        yield Sheet(section, tuple(notes), notes[0].name)
    numbers = {path.split(".")[1] for path in applying if path.startswith(f"{repeat.name}.")}
    for key in sorted(numbers, key=int):
        wanted = [cell for cell in repeat.cells if f"{repeat.name}.{key}.{cell.name}" in applying]
        for place, group in enumerate(_group(form, wanted)):
            name = f"{repeat.name}.{key}" if not place else f"{repeat.name}.{key}.{group[0].name}"
            yield Sheet(section, tuple(group), name, repeat, key, has_list)
    if has_list:
        yield Sheet(section, (*notes, repeat), repeat.name)


def _line_by_line(section: Section, notes: Sequence[Question], matrix: Matrix) -> Iterator[Sheet]:
    """A matrix in small groups of lines, as even as can be; the notes before it stand on its first page."""
    keys = [line.value for line in matrix.lines]
    together = max(1, MOST_TOGETHER // max(1, sum(cell.asks for cell in matrix.columns)))
    count = -(-len(keys) // together)
    size, longer = divmod(len(keys), count)
    start = 0
    for place in range(count):
        here = keys[start : start + size + (place < longer)]
        start += len(here)
        if place:
            yield Sheet(section, (matrix,), f"{matrix.name}.{here[0]}", lines=frozenset(here))
        else:
            first = (*notes, matrix)
            yield Sheet(section, first, first[0].name, lines=frozenset(here))
