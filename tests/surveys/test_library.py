"""The shipped forms."""

import json
import re
from importlib.resources import files

import pytest

from surveys import library
from surveys.answering.answers import Answers, check
from surveys.errors import FormError
from surveys.forms.form import Form
from surveys.kinds.integer import Integer
from surveys.paging.journey import advance, open_first
from surveys.paging.known import Earlier
from surveys.paging.pages import Page

NO_NAMES = "Please (do not name|don't write names)"
EARLIER: Earlier = {
    "acknowledge": {"staff": 60, "planned": "2026-11-03", "teams": "Duty"},
    "cascade": {"reached": 45},
}
FORMS = list(map(library.load, library.keys()))
EACH = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
FIRST = ("acknowledge", "bulletin", "cascade")


def test_the_forms_that_lessons_ask_with_are_there() -> None:
    assert set(FIRST) <= set(library.keys())


@EACH
def test_a_shipped_file_says_exactly_what_the_form_is(form: Form) -> None:
    text = (files("surveys.library") / f"{form.key}-{form.version}.json").read_text("utf-8")
    written = json.loads(text)
    if "choices" not in written:
        assert form.to_json() == written
    assert Form.from_json(form.to_json()) == form
    assert library.load(form.key, form.version) == form


@EACH
def test_every_free_text_box_asks_for_no_names(form: Form) -> None:
    notices = {form.notice_at(each) for each in form.every.values() if each.free_text}
    assert all(re.search(NO_NAMES, notice) for notice in notices)


@EACH
def test_every_start_from_an_earlier_answer_exists_and_is_of_the_same_kind(form: Form) -> None:
    for question in form.every.values():
        if question.prefill:
            key, _, name = question.prefill.partition(".")
            assert library.load(key).questions[name].kind == question.kind


@EACH
def test_every_required_question_says_what_is_missing(form: Form) -> None:
    assert all(each.missing for each in form.every.values() if each.required)


@pytest.mark.parametrize("key", FIRST)
@pytest.mark.parametrize("pick", [0, 1, 2, 3, -1])
def test_a_form_sent_as_it_was_drawn_by_a_scanner_that_ticks_boxes_is_never_an_answer(
    key: str, pick: int
) -> None:
    form = library.load(key)
    step: Page | Answers = open_first(form, {}, EARLIER)
    for _ in range(10):
        assert isinstance(step, Page)
        if step.errors:
            return
        step = advance(form, _as_drawn(step, pick), step.name, EARLIER)
    raise AssertionError("went round in circles")


def _as_drawn(page: Page, pick: int) -> dict[str, list[str]]:
    raw: dict[str, list[str]] = {}
    for name, text in page.carried:
        raw.setdefault(name, []).append(text)
    for field in page.fields:
        raw[field.name] = list(field.values)
        if field.options:
            raw[field.name] = [field.options[min(pick, len(field.options) - 1)].value]
        raw |= {box.name: [box.value] for box in field.boxes}
    return raw


def test_the_number_reached_is_never_filled_in_beforehand() -> None:
    reached = library.load("cascade").questions["reached"]
    assert isinstance(reached, Integer)
    assert reached.required
    assert reached.prefill == ""


def test_one_number_acknowledges() -> None:
    answered = check(library.load("acknowledge"), {"staff": ["about 60"]})
    assert not isinstance(answered, Answers)
    assert check(library.load("acknowledge"), {"staff": ["60"]}) == Answers("acknowledge", 1, {"staff": 60})


@pytest.mark.parametrize(("key", "version"), [("nothing", None), ("cascade", 99), ("../cascade", None)])
def test_a_form_that_is_not_shipped_is_refused(key: str, version: int | None) -> None:
    with pytest.raises(FormError, match="is not shipped"):
        library.load(key, version)
