"""Tasks: a long form as a list of sections, each filled, saved and told apart from the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from surveys.forms.form import Form
from surveys.forms.section import Section
from surveys.paging.journey import carry_over
from surveys.paging.keystrokes import Raw
from surveys.paging.known import Earlier
from surveys.paging.pages import lay_out


class TaskState(StrEnum):
    """How far one section is."""

    NOT_STARTED = "not started"
    CARRIED = "to be confirmed"  #: filled with the answers of last time, which nobody has looked at yet
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True)
class Task:
    """One section that applies, and how far it is."""

    section: str
    title: str
    state: TaskState


def part_of(section: Section, raw: Raw) -> dict[str, list[str]]:
    """What was typed in one section, its tick included."""
    return {name: list(texts) for name, texts in raw.items() if section.owns(name)}


def put_together(form: Form, saved: Mapping[str, Raw], earlier: Earlier | None) -> dict[str, list[str]]:
    """Every section as last saved; those that nobody saved yet as they were answered last time."""
    last = carry_over(form, earlier)
    whole: dict[str, list[str]] = {}
    for section in form.sections:
        whole |= part_of(section, saved.get(section.name, last))
    return whole


def list_tasks(
    form: Form, saved: Mapping[str, Raw], earlier: Earlier | None, today: date | None = None
) -> list[Task]:
    """The sections that apply, given everything saved so far."""
    whole = put_together(form, saved, earlier)
    layout = lay_out(form, whole, earlier, today)
    wrong = {name if form.is_tick(name) else name.partition(".")[0] for name in layout.sifted.problems}
    asked = {sheet.section.name for sheet in layout.sheets if sheet.questions}
    tasks: list[Task] = []
    for section in form.sections:
        if section.name in asked:
            names = {section.tick, *(question.name for question in section.questions)}
            state = _state(section, saved, bool(part_of(section, whole)), names.isdisjoint(wrong))
            tasks.append(Task(section.name, layout.known.say(section.title), state))
    return tasks


def _state(section: Section, saved: Mapping[str, Raw], is_filled: bool, is_whole: bool) -> TaskState:
    if section.name not in saved:
        return TaskState.CARRIED if is_filled else TaskState.NOT_STARTED
    return TaskState.DONE if is_whole else TaskState.BEGUN
