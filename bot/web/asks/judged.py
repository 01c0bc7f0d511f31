"""Judged: what the board made of an answer, as whoever answered reads it on the pages of the ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from store.answers import judgement
from store.answers.judgement import Judgement, Outcome
from store.asking.ask import Ask
from store.asking.campaign import Step
from store.database import Session
from surveys.forms.form import Form
from surveys.judging.points import Point, find_section, read_points
from surveys.judging.sampling import REQUESTED
from surveys.paging.field import Field
from surveys.paging.pages import Page


@dataclass(frozen=True, slots=True)
class Judged:
    """The newest judgement of an ask that is judged; None while there is none."""

    judgement: Judgement | None

    @property
    def given(self) -> Mapping[str, str]:
        """What the form is told because of it: that evidence is asked for, from then on."""
        is_drawn = self.judgement is not None and self.judgement.outcome is Outcome.SAMPLED
        return {REQUESTED: "yes"} if is_drawn else {}

    @property
    def points(self) -> tuple[Point, ...]:
        """What is to be looked at again, or for the next time."""
        return read_points(self.judgement.points) if self.judgement is not None else ()

    @property
    def asked(self) -> tuple[Point, ...]:
        """What is to be looked at again, until another answer is judged."""
        return self.points if self.judgement is not None and self.judgement.outcome.reopens else ()


def find_judged(session: Session, step: Step, asked: Ask) -> Judged | None:
    """What was made of the answers to an ask; None where its step is judged by nobody."""
    return Judged(judgement.latest(session, [asked.id]).get(asked.id)) if step.is_judged else None


def put_points(page: Page, points: Iterable[Point]) -> Page:
    """The page with each point beside its question, or the cell that it is about."""
    texts: dict[str, list[str]] = {}
    for point in points:
        texts.setdefault(point.about, []).append(point.text)
    return replace(page, fields=tuple(_put(field, texts) for field in page.fields)) if texts else page


def links_of(
    form: Form, points: Sequence[Point], address: str, page: Page | None = None
) -> list[dict[str, str]]:
    """Points, each with where it leads: to its question on this page, or its section of a long form."""
    here = {field.name: field.id for field in _every(page.fields)} if page is not None else {}
    return [_link(form, point, address, here) for point in points]


def _link(form: Form, point: Point, address: str, here: Mapping[str, str]) -> dict[str, str]:
    text = f"“{point.title}”: {point.text}" if point.title else point.text
    if point.about in here:
        return {"text": text, "href": f"#{here[point.about]}"}
    section = find_section(form, point.about) if point.about else None
    if section is not None and form.layout == "tasks":
        return {"text": text, "href": f"{address}/sections/{section}"}
    return {"text": text}


def _put(field: Field, texts: Mapping[str, Sequence[str]]) -> Field:
    lines = tuple(
        replace(line, fields=tuple(_put(cell, texts) for cell in line.fields)) for line in field.lines
    )
    return replace(field, lines=lines, points=tuple(texts.get(field.name, ())))


def _every(fields: Iterable[Field]) -> Iterable[Field]:
    return (each for field in fields for each in (field, *(c for line in field.lines for c in line.fields)))
