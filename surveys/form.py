"""Form: the questions, their order and their rules, and nothing about how they are shown."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, ClassVar, cast

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError
from pydantic import Field as Setting

from surveys.condition import STRICT, Condition, Value, holds, leaves, mentions
from surveys.errors import FormError
from surveys.kinds import AnyQuestion
from surveys.question import Label, Name, Question, Wording

_SAID = {"unexpected_keyword_argument": "is not known here; remove it", "missing": "is not there; add it"}


@dataclass(frozen=True, kw_only=True)
class Section:
    """Questions that belong together; `relevant` holds for all of them, beside their own."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: Name
    title: Label
    questions: Annotated[tuple[AnyQuestion, ...], Setting(min_length=1, max_length=100)]
    intro: Wording = ""
    relevant: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class Form:
    """One version of a form, never edited once used. `minutes` is how long it takes most people.

    `notice` is shown at every box where people write freely, unless the question has its own.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    version: Annotated[int, Setting(ge=1)]
    title: Label
    purpose: Label
    minutes: Annotated[int, Setting(ge=1, le=240)]
    sections: Annotated[tuple[Section, ...], Setting(min_length=1, max_length=50)]
    intro: Wording = ""
    notice: Wording = ""

    @classmethod
    def from_json(cls, written: object) -> "Form":
        """Read a form from JSON-able dicts and lists; raise FormError naming what is wrong and where."""
        try:
            text = json.dumps(written, allow_nan=False)
        except (TypeError, ValueError, RecursionError) as error:
            raise FormError("form", f"cannot be written as JSON ({error})") from None
        try:
            form = _adapter().validate_json(text)
        except ValidationError as error:
            raise _first(error, written) from None
        fault = next(_faults(form), None)
        if fault:
            raise fault
        return form

    def to_json(self) -> dict[str, object]:
        """The form as JSON-able dicts and lists, settings left at their default left out."""
        dumped = _adapter().dump_python(self, mode="json", by_alias=True, exclude_defaults=True)
        return cast(dict[str, object], dumped)

    @cached_property
    def steps(self) -> tuple[tuple[Section, Question], ...]:
        """Every question and note with its section, in order."""
        return tuple((section, question) for section in self.sections for question in section.questions)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question and note by its name, in order."""
        return {question.name: question for _, question in self.steps}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every field name the form takes answers under."""
        return tuple(name for question in self.questions.values() for name in question.names)

    def applies(self, section: Section, question: Question, values: dict[str, Value]) -> bool:
        """Say whether a question is to be asked, given the answers to those before it."""
        return holds(section.relevant, values) and holds(question.relevant, values)

    def notice_at(self, question: Question) -> str:
        """The notice to show at a question; empty where nobody writes freely."""
        return (question.notice or self.notice) if question.free_text else ""


def depends_on(section: Section, question: Question) -> frozenset[str]:
    """The questions that decide whether this one is asked."""
    return mentions(section.relevant) | mentions(question.relevant)


@cache
def _adapter() -> TypeAdapter[Form]:
    return TypeAdapter(Form)


def _first(error: ValidationError, written: object) -> FormError:
    found = error.errors(include_url=False, include_input=False)[0]
    said = _SAID.get(found["type"], found["msg"].replace("Input should be", "should be"))
    return FormError(_place(found["loc"], written), said)


def _place(steps: tuple[int | str, ...], written: object) -> str:
    """Name the place by the names written there, so that nobody has to count."""
    words: list[str] = ["form"]
    for step in steps:
        match written, step:
            case list(), int():
                written = written[step]
                called = written.get("name") or written.get("value") if isinstance(written, dict) else None
                words.append(str(called or step + 1))
            case dict(), str() if step in written:
                written = written[step]
                words.append(step)
            case _ if step == steps[-1]:
                # A setting that is not there; anything else that is not there is a name of the library's own.
                words.append(str(step))
    return " > ".join(words)


def _faults(form: Form) -> Iterator[FormError]:
    seen: dict[str, Question] = {}
    sections: set[str] = set()
    for section in form.sections:
        if section.name in sections:
            yield FormError(f"section {section.name}", "another section has this name; give each its own")
        sections.add(section.name)
        yield from _condition_faults(f"section {section.name} > relevant", section.relevant, seen)
        for question in section.questions:
            where = f"question {question.name}"
            if question.name in seen:
                yield FormError(where, "another question has this name; give each its own")
            yield from _condition_faults(f"{where} > relevant", question.relevant, seen)
            yield from (FormError(where, fault) for fault in question.faults())
            if question.free_text and not form.notice_at(question):
                yield FormError(where, "a free-text box needs a notice; set it here or on the form")
            seen[question.name] = question
    yield from _comparison_faults(form)


def _condition_faults(
    where: str, condition: Condition | None, before: dict[str, Question]
) -> Iterator[FormError]:
    for leaf in leaves(condition):
        asked = before.get(leaf.question)
        if asked is None:
            yield FormError(where, f'no question before this one is called "{leaf.question}"')
            continue
        unknown = set(leaf.values) - (asked.offers() or set(leaf.values))
        if unknown:
            yield FormError(where, f'"{leaf.question}" has no choice "{min(unknown)}"')


def _comparison_faults(form: Form) -> Iterator[FormError]:
    for question in form.questions.values():
        for rule in question.compare:
            where = f"question {question.name} > compare"
            other = form.questions.get(rule.question)
            if other is None:
                yield FormError(where, f'no question is called "{rule.question}"')
            elif not question.comparable or other.kind != question.kind:
                yield FormError(where, f'"{rule.question}" is of another kind; compare numbers or dates')
