"""Pages: a form and the answers so far, laid out as pages of fields for any surface to draw."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from surveys.answering.answers import Problem
from surveys.forms.form import Form
from surveys.paging.field import Field, Option
from surveys.paging.keystrokes import Raw, by_line
from surveys.paging.known import LAST_SAVED, Earlier, Known
from surveys.paging.laying import Laying
from surveys.paging.parts import find_part
from surveys.paging.sheet import Sheet, may_open_more, sheets
from surveys.paging.sifting import Sifted, carries_anything, sift
from surveys.phrases import say

STILL_TRUE = "I have checked these answers: they are still true"
FROM_LAST_TIME = "Answers from last time"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page. `name` is sent back with it; `carried` holds the other pages' answers, as name and value.

    `is_last` says that sending this page can complete the form; otherwise more follows, or may. `is_aside`
    marks the page of one entry of a repeat. `before` is the page that Back leads to; empty on the first.
    `part` says in which of the `parts` of the form it stands, of those alone that can still come.
    """

    name: str
    number: int
    section: str
    title: str
    intro: str
    fields: tuple[Field, ...]
    carried: tuple[tuple[str, str], ...]
    is_last: bool
    is_aside: bool = False
    before: str = ""
    part: int = 1
    parts: int = 1

    @property
    def errors(self) -> tuple[Field, ...]:
        """The fields that have a problem, in order, for a summary on top."""
        return tuple(field for field in self._every if field.error)

    def summary(self, trouble: str = "") -> list[dict[str, str]]:
        """The same for a list of errors, as `text` and `href`: in a matrix with the line that each is in.

        What the whole page is in `trouble` with comes first, and leads to its button.
        """
        of_lines = {
            cell.id: f"{line.label}: "
            for field in self.fields
            for line in field.lines
            for cell in line.fields
            if not (line.is_one and line.label in cell.error)
        }
        whole = [{"text": trouble, "href": "#send"}] if trouble else []
        return whole + [
            {"text": f"{of_lines.get(field.id, '')}{field.error}", "href": f"#{field.id}"}
            for field in self.errors
        ]

    @property
    def takes_files(self) -> bool:
        """Whether a browser has to send it in parts, as it does with files."""
        return any(field.kind == "file" for field in self._every)

    @property
    def _every(self) -> Iterable[Field]:
        return (each for field in self.fields for each in (field, *_cells(field)))


@dataclass(frozen=True)
class Layout:
    """A form laid out for what has been typed: its sheets, each drawn as a page when asked for."""

    form: Form
    sifted: Sifted
    known: Known

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Every page that there is now, those of the entries of repeats before their list."""
        return sheets(self.form, self.sifted.raw, self.sifted.applying)

    def draw(self, sheet: Sheet, problems: Mapping[str, str] | None = None) -> Page:
        """One of the sheets as a page, with the texts of `problems` by field."""
        told = problems or {}
        part, parts = find_part(self.form, self._in_line, sheet, self.sifted.applying)
        return Page(
            name=sheet.name,
            number=self.sheets.index(sheet) + 1,
            section=sheet.section.name,
            title=self._laying.title_of(sheet),
            intro=self.known.say(sheet.section.intro) if not sheet.is_aside else "",
            fields=(*self._laying.fields(sheet, told), *self._tick(sheet, told)),
            carried=self._carry(sheet),
            is_last=sheet is self._in_line[-1] and not may_open_more(self.form, sheet, self.sifted.applying),
            is_aside=sheet.is_aside,
            before=self._before(sheet),
            part=part,
            parts=parts,
        )

    def is_wrong(self, sheet: Sheet) -> bool:
        """Whether anything on a sheet has to be mended."""
        tick = self._ticks.get(sheet.name)
        return any(name == tick or sheet.owns(name) for name in self.sifted.problems)

    @cached_property
    def _laying(self) -> Laying:
        return Laying(self.form, self.known, self.sifted.raw, by_line(self.sifted.raw))

    @cached_property
    def _in_line(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if not sheet.is_aside]

    @cached_property
    def _ticks(self) -> dict[str, str]:
        """The tick that a page ends with, by the page's name: on the last page of its section."""
        if not self.form.carries:
            return {}
        before, answers = self.known.earlier.get(LAST_SAVED, {}), self.sifted.answers(self.form)
        last = {sheet.section.name: sheet for sheet in self._in_line}
        return {
            sheet.name: sheet.section.tick
            for sheet in last.values()
            if carries_anything(sheet.section, before, answers)
        }

    def _tick(self, sheet: Sheet, problems: Mapping[str, str]) -> tuple[Field, ...]:
        name = self._ticks.get(sheet.name)
        if name is None:
            return ()
        language, is_ticked = self.form.language, bool("".join(self.sifted.raw.get(name, ())).strip())
        option = Option(id=name, value="yes", label=say(language, STILL_TRUE), checked=is_ticked)
        label, error = say(language, FROM_LAST_TIME), problems.get(name, "")
        return (Field(kind="tick", name=name, id=name, label=label, options=(option,), error=error),)

    def _carry(self, sheet: Sheet) -> tuple[tuple[str, str], ...]:
        own = self._ticks.get(sheet.name)
        return tuple(
            (name, text)
            for name, texts in self.sifted.raw.items()
            if name != own and not sheet.owns(name)
            for text in texts
            if text
        )

    def _before(self, sheet: Sheet) -> str:
        if sheet.is_aside and sheet.table is not None:
            return sheet.table.name
        place = self._in_line.index(sheet)
        return self._in_line[place - 1].name if place else ""


def lay_out(form: Form, raw: Raw, earlier: Earlier | None = None, today: date | None = None) -> Layout:
    """Sort out what was typed, and find the pages that it makes."""
    sifted = sift(form, raw, today, earlier)
    return Layout(form, sifted, Known(form, sifted.values, earlier or {}, today))


def pages(
    form: Form,
    raw: Raw,
    problems: Iterable[Problem] = (),
    earlier: Earlier | None = None,
    today: date | None = None,
) -> list[Page]:
    """Lay out the questions that apply, given what has been typed so far.

    Pages need no scripts, so a question that hangs on another one is never on the same page: it comes on
    the next, once the answer is known, and nobody reads "if you chose" beside questions not meant for them.
    A page shows `earlier` answers only as long as nothing has been typed on it.
    """
    layout = lay_out(form, raw, earlier, today)
    texts = {problem.question: problem.text for problem in problems}
    return [layout.draw(sheet, texts) for sheet in layout.sheets]


def _cells(field: Field) -> Iterable[Field]:
    return (cell for line in field.lines for cell in line.fields)
