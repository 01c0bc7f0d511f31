"""Pages: a form and the answers so far, laid out as pages of fields for any surface to draw."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from surveys.answers import Problem, sift
from surveys.condition import Value
from surveys.field import Field
from surveys.form import Form, Section, depends_on
from surveys.keystrokes import Raw, tidy
from surveys.question import Question, Refusal

Earlier = Mapping[str, Mapping[str, Value]]
"""Answers given before, by form key and question name, from which a form may start."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page. `name` is sent back with it; `carried` holds the other pages' answers, as name and value.

    `is_last` says that sending this page can complete the form; otherwise more follows, or may.
    """

    name: str
    number: int
    title: str
    intro: str
    fields: tuple[Field, ...]
    carried: tuple[tuple[str, str], ...]
    is_last: bool

    @property
    def errors(self) -> tuple[Field, ...]:
        """The fields that have a problem, in order, for a summary on top."""
        return tuple(field for field in self.fields if field.error)


@dataclass(frozen=True)
class _Sheet:
    section: Section
    questions: tuple[Question, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for question in self.questions for name in question.names)


def pages(
    form: Form, raw: Raw, problems: Iterable[Problem] = (), earlier: Earlier | None = None
) -> list[Page]:
    """Lay out the questions that apply, given what has been typed so far.

    Pages need no scripts, so a question that hangs on another one is never on the same page: it comes on
    the next, once the answer is known, and nobody reads "if you chose" beside questions not meant for them.
    A page shows `earlier` answers only as long as nothing has been typed on it.
    """
    kept = tidy(raw, form.names)
    applying = sift(form, kept).applying
    texts = {problem.question: problem.text for problem in problems}
    sheets = list(_split(form, applying))
    return [
        Page(
            name=sheet.questions[0].name,
            number=number,
            title=sheet.section.title,
            intro=sheet.section.intro,
            fields=tuple(_fields(form, sheet, kept, texts, earlier or {})),
            carried=_carry(sheet, kept),
            is_last=number == len(sheets) and not _may_open_more(form, sheet, applying),
        )
        for number, sheet in enumerate(sheets, 1)
    ]


def _split(form: Form, applying: set[str]) -> Iterator[_Sheet]:
    for section in form.sections:
        sheet: list[Question] = []
        for question in section.questions:
            if question.name not in applying:
                continue
            if depends_on(section, question) & {each.name for each in sheet}:
                yield _Sheet(section, tuple(sheet))
                sheet = []
            sheet.append(question)
        if sheet:
            yield _Sheet(section, tuple(sheet))


def _may_open_more(form: Form, sheet: _Sheet, applying: set[str]) -> bool:
    """Whether an answer on this page could bring up a question that is not asked now."""
    here = {question.name for question in sheet.questions}
    return any(
        depends_on(section, question) & here
        for section, question in form.steps
        if question.name not in applying
    )


def _fields(
    form: Form, sheet: _Sheet, raw: Raw, texts: Mapping[str, str], earlier: Earlier
) -> Iterator[Field]:
    untouched = raw.keys().isdisjoint(sheet.names)
    for question in sheet.questions:
        start = _start_from(question, earlier) if untouched else {}
        yield replace(
            question.draw(start or raw),
            error=texts.get(question.name, ""),
            notice=form.notice_at(question),
            prefilled=bool(start),
        )


def _start_from(question: Question, earlier: Earlier) -> dict[str, list[str]]:
    key, _, name = question.prefill.partition(".")
    value = earlier.get(key, {}).get(name)
    if value is None:
        return {}
    typed = question.write(value)
    # An earlier form may have allowed what this one does not: start from nothing then.
    return {} if isinstance(question.read(typed, None), Refusal) else typed


def _carry(sheet: _Sheet, raw: Raw) -> tuple[tuple[str, str], ...]:
    here = set(sheet.names)
    return tuple((name, text) for name, texts in raw.items() if name not in here for text in texts if text)
