"""The shipped forms for staff, answered to the end in the plainest way."""

from collections.abc import Iterator
from datetime import date

import pytest

from surveys import library
from surveys.answering.answers import Answers, Problems, check, read_stored, write_raw
from surveys.forms.form import Form
from surveys.paging.field import Field
from surveys.paging.journey import advance, carry_over, open_first
from surveys.paging.pages import Page
from surveys.paging.tasks import TaskState, list_tasks
from tests.surveys.library.typed import typed
from tests.surveys.make import press

TODAY = date(2026, 11, 2)
SHIPPED = library.keys()
FORMS = [key for key in SHIPPED if library.load(key).audience == "staff"]
#: What the first choice would not show.
TURNS = {
    "s1": "supervises=no heard=well used=yes",
    "s2": "covered=group may_contact=yes",
    "tna": "topics=voice topics=neglect",
    "action_evidence": "status=delayed months=12",
    "report_quality": "outcome=return_points",
}


def fill(fields: tuple[Field, ...]) -> Iterator[tuple[str, list[str]]]:
    """What is there already or, where nothing is, the first choice, a one, today or an address."""
    for field in fields:
        yield from fill(tuple(cell for line in field.lines for cell in line.fields))
        if field.values:
            yield field.name, list(field.values)
        elif field.options:
            yield field.name, [field.options[0].value]
        elif field.boxes:
            yield field.name, ["2/11/2026"]
        elif field.kind in {"integer", "decimal"}:
            yield field.name, ["1"]
        elif field.kind in {"text", "long_text", "reference"}:
            yield field.name, ["name@example.org"]


def go_through(form: Form) -> tuple[Answers, set[str]]:
    """The answers of somebody who goes through every page, adding an entry to every list; the pages seen."""
    step: Page | Answers = open_first(form, typed(TURNS.get(form.key, "")), {}, TODAY)
    seen: set[str] = set()
    while isinstance(step, Page):
        assert not step.errors, step.errors
        seen.add(step.name)
        assert len(seen) < 100
        raw = dict(fill(step.fields))
        for name, text in step.carried:
            raw.setdefault(name, []).append(text)
        empty = [field for field in step.fields if field.kind == "repeat" and not field.entries]
        if empty:
            step = press(form, raw, f"add:{empty[0].name}", step.name, TODAY)
        else:
            step = advance(form, raw, step.name, {}, TODAY)
    return step, seen


@pytest.mark.parametrize("key", FORMS)
def test_whoever_answers_every_page_is_done_and_reads_the_same_again(key: str) -> None:
    form = library.load(key)
    answers, _ = go_through(form)
    assert read_stored(form, answers.to_json()) == answers
    assert check(form, write_raw(form, answers), TODAY, {}) == answers


def test_every_list_takes_an_entry_and_every_topic_is_asked_about() -> None:
    answers, seen = go_through(library.load("tna"))
    assert {"courses.1", "trainers.1", "auditors.1", "topic_needs.1", "topic_needs.2"} <= seen
    assert {"courses", "trainers", "auditors", "topic_needs"} <= set(answers.values)


@pytest.mark.parametrize("key", ["tna", "section11", "section175"])
def test_next_year_starts_from_these_answers_each_part_to_be_confirmed(key: str) -> None:
    form = library.load(key)
    answers, _ = go_through(form)
    earlier = {"last-saved": answers.values}
    states = {task.section: task.state for task in list_tasks(form, {}, earlier, TODAY)}
    assert set(states.values()) == {TaskState.CARRIED}
    later = check(form, carry_over(form, earlier), TODAY.replace(year=2027, month=12), earlier)
    assert isinstance(later, Problems)
    told = {problem.question: problem.text for problem in later}
    assert "less than a year old" in told["as_at"]
    assert {f"still_true.{section.name}" for section in form.sections if section.name in states} <= set(told)
