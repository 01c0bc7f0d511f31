"""Form: the questions, their order and their rules, and nothing about how they are shown."""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, ClassVar, Literal, cast

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError
from pydantic import Field as Setting

from surveys.errors import FormError
from surveys.forms.faults import find_fault, tell_refused
from surveys.forms.lists import write_out_lists
from surveys.forms.question import STRICT, Label, Question, Wording
from surveys.forms.section import Section
from surveys.forms.ties import find_sources, find_ties
from surveys.kinds.table import Gridded

Privacy = Literal["named", "coded", "anonymous"]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=20)]


@dataclass(frozen=True)
class Ages:
    """Whom a form is for, in years, both included."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    lowest: Annotated[int, Setting(alias="from", ge=0, le=120)]
    highest: Annotated[int, Setting(alias="to", ge=0, le=120)]


@dataclass(frozen=True, kw_only=True)
class Form:
    """One version of a form, never edited once used. `minutes` is how long it takes most people.

    `privacy`: whether answers are kept under a name, under a code, or under neither. `pace`: one page a
    section, or each question on a page of its own. `layout`: one page after another, or a list of sections
    that several colleagues fill. `carries` starts from the last answers to the same form, each section to
    be confirmed or changed; with `carries_by` only from a campaign that gave that question the same words, as
    the reference of one action among several. `notice` is shown at every box where people write freely,
    unless the question has its own. `consent` is what people read before they choose to take part.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    version: Annotated[int, Setting(ge=1)]
    title: Label
    purpose: Label
    minutes: Annotated[int, Setting(ge=1, le=240)]
    sections: Annotated[tuple[Section, ...], Setting(min_length=1, max_length=50)]
    language: Language = "en"
    privacy: Privacy = "named"
    audience: Literal["staff", "family", "child"] = "staff"
    pace: Literal["section", "question"] = "section"
    layout: Literal["pages", "tasks"] = "pages"
    carries: bool = False
    carries_by: Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,39})?$")] = ""
    ages: Ages | None = None
    consent: Wording = ""
    intro: Wording = ""
    notice: Wording = ""

    @classmethod
    def from_json(cls, written: object) -> "Form":
        """Read a form from JSON-able dicts and lists; raise FormError naming what is wrong and where."""
        faults: list[FormError] = []
        try:
            plain = json.loads(json.dumps(written, allow_nan=False))
        except (TypeError, ValueError, RecursionError) as error:
            raise FormError("form", f"cannot be written as JSON ({error})") from None
        try:
            whole = write_out_lists(plain, faults)
            if faults:
                raise faults[0]
            form = _adapter().validate_json(json.dumps(whole))
        except ValidationError as error:
            raise tell_refused(error, whole)[0][1] from None
        except RecursionError:
            raise FormError("form", "is nested too deeply") from None
        fault = find_fault(form)
        if fault:
            raise fault
        return form

    def to_json(self) -> dict[str, object]:
        """The form as JSON-able dicts and lists, settings left at their default left out."""
        dumped = _adapter().dump_python(self, mode="json", by_alias=True, exclude_defaults=True)
        return cast(dict[str, object], dumped)

    @cached_property
    def steps(self) -> tuple[tuple[Section, Question], ...]:
        """Every question and note with its section, in order; the cells of a table are not among them."""
        return tuple((section, question) for section in self.sections for question in section.questions)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question and note by its name, in order; a table is one of them, its cells are not."""
        return {question.name: question for _, question in self.steps}

    @cached_property
    def tables(self) -> dict[str, Gridded]:
        """The table in which each cell's question stands, by the name of that question."""
        return {
            cell.name: question
            for question in self.questions.values()
            if isinstance(question, Gridded)
            for cell in question.cells
        }

    @cached_property
    def every(self) -> dict[str, Question]:
        """Every question by its name, those in tables included."""
        return self.questions | {name: table.by_name[name] for name, table in self.tables.items()}

    @cached_property
    def _owners(self) -> dict[str, Question]:
        plain = {n: q for q in self.questions.values() for n in q.names}
        return plain | {q.name: q for q in self.questions.values() if isinstance(q, Gridded)}

    def owns(self, name: str) -> bool:
        """Whether it takes answers under a field name."""
        owner = self._owners.get(name) or self._owners.get(name.partition(".")[0])
        return (owner is not None and owner.owns(name)) or self.is_tick(name)

    @cached_property
    def _ticks(self) -> frozenset[str]:
        return frozenset(section.tick for section in self.sections if self.carries)

    def is_tick(self, name: str) -> bool:
        """Whether a field is the tick by which a section's carried answers are confirmed."""
        return name in self._ticks

    @cached_property
    def ties(self) -> dict[str, frozenset[str]]:
        """The questions on which hangs whether, and with what words and choices, each one is asked."""
        return find_ties(self)

    @cached_property
    def sources(self) -> frozenset[str]:
        """The forms at whose earlier answers this one looks, by key; `last-saved` for its own last ones."""
        return find_sources(self)

    def notice_at(self, question: Question) -> str:
        """The notice to show at a question; empty where nobody writes freely."""
        return (question.notice or self.notice) if question.free_text else ""

    @property
    def is_for_families(self) -> bool:
        """Whether children, young people or their families answer it."""
        return self.audience != "staff"


@cache
def _adapter() -> TypeAdapter[Form]:
    return TypeAdapter(Form)
