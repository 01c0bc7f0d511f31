"""What holds for any form and any input at all."""

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings

from surveys.answering.answers import Answers, Problems, check, read_stored, write_raw
from surveys.answering.reading import tell
from surveys.answering.value import is_table
from surveys.forms.question import Question
from surveys.kinds.table import Gridded, Repeat
from surveys.paging.journey import advance, open_first
from surveys.paging.keystrokes import Raw, tidy
from surveys.paging.known import LAST_SAVED, Earlier, Known, Line
from surveys.paging.pages import Page, pages
from tests.surveys.strategies import filled, forms

TODAY = date(2026, 11, 4)
EARLIER: Earlier = {
    "before": {"n": 4, "t": "Earlier", "many": ("a",)},
    LAST_SAVED: {"one": "a", "n": 4, "t": "Kim", "grid": {"x": {"heads": 4}}, "things": {"1": {"w": "z"}}},
}
bounded = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Case = tuple[Any, dict[str, list[str]]]


def fields_of(page: Page) -> list[str]:
    """The field of every question on a page, cells included."""
    cells = [cell.name for field in page.fields for line in field.lines for cell in line.fields]
    return [field.name for field in page.fields] + cells


def typed_on(page: Page) -> set[str]:
    """Every name under which a page sends something."""
    boxes = {box.name for field in page.fields for box in field.boxes}
    deep = {box.name for f in page.fields for line in f.lines for cell in line.fields for box in cell.boxes}
    return {*fields_of(page), *boxes, *deep}


@given(filled())
@bounded
def test_any_input_is_either_taken_or_refused_with_a_reason_that_some_page_shows(case: Case) -> None:
    chosen, raw = case
    found = check(chosen, raw, TODAY, EARLIER)
    if isinstance(found, Problems):
        assert found.problems
        shown = [field.id for page in pages(chosen, raw, found, EARLIER, TODAY) for field in page.errors]
        assert len(shown) == len(found.problems)
        assert all(each.text for each in found)


@given(filled())
@settings(bounded, max_examples=200)
def test_what_was_taken_satisfies_every_rule_and_is_taken_again_unchanged(case: Case) -> None:
    chosen, raw = case
    found = check(chosen, raw, TODAY, EARLIER)
    if not isinstance(found, Answers):
        return
    known = Known(chosen, found.values, EARLIER, TODAY)
    for section, question in chosen.steps:
        applies = all(known.holds(rule, otherwise=True) for rule in (section.relevant, question.relevant))
        value = found.values.get(question.name)
        assert applies or value is None
        if isinstance(question, Gridded):
            for key, answers in (value if is_table(value) else {}).items():
                line = Line(question, key, question.number(key), answers)
                for cell in question.cells:
                    assert_rules(known, cell, answers.get(cell.name), line)
        elif applies:
            assert_rules(known, question, None if is_table(value) else value, None)
    stored = found.to_json()
    str(stored).encode()
    assert read_stored(chosen, stored) == found
    again = check(chosen, write_raw(chosen, found) | ticks_of(chosen, raw), TODAY, EARLIER)
    assert again == found
    assert tell(chosen, found) is not None


def ticks_of(chosen: Any, raw: dict[str, list[str]]) -> dict[str, list[str]]:
    """The ticks among what was typed: they are no answers, and not kept as such."""
    return {name: texts for name, texts in raw.items() if chosen.is_tick(name)}


def assert_rules(known: Known, question: Question, value: Any, line: Line | None) -> None:
    """Hold one answer against its question's rules anew."""
    if not known.holds(question.relevant, otherwise=True, line=line):
        assert value is None
        return
    if value is None:
        narrowed = known.narrow(question, line)
        has_choice = narrowed.offers() is None or bool(narrowed.offers())
        asked = question.required
        required = asked if isinstance(asked, bool) else known.holds(asked, otherwise=False, line=line)
        assert not (required and question.asks and has_choice)
        return
    if question.constraint:
        assert known.judge(question.constraint, line, question.weigh(value)) is True


@given(filled())
@bounded
def test_pages_show_each_question_once_and_lose_nothing_typed(case: Case) -> None:
    chosen, raw = case
    laid_out = pages(chosen, raw, (), EARLIER, TODAY)
    called = [page.name for page in laid_out]
    assert len(set(called)) == len(called)
    shown = [name for page in laid_out for name in fields_of(page)]
    assert len(set(shown)) == len(shown)
    assert sum(page.is_last for page in laid_out) <= 1
    kept = {name: [text for text in texts if text] for name, texts in tidy(raw, chosen.owns).items()}
    for page in laid_out:
        carried: dict[str, list[str]] = {}
        for name, text in page.carried:
            carried.setdefault(name, []).append(text)
        own = typed_on(page)
        assert carried.keys().isdisjoint(own)
        assert {name: texts for name, texts in kept.items() if texts and name not in own} == carried
        # Halves of letters would break whoever writes the page out.
        assert "".join(text for field in page.fields for text in field.values).encode() is not None


@given(filled())
@bounded
def test_every_journey_ends_and_only_in_whole_answers(case: Case) -> None:
    chosen, raw = case
    step: Page | Answers = advance(chosen, raw, pages(chosen, raw)[0].name, EARLIER, TODAY)
    for _ in range(500):
        if isinstance(step, Answers) or step.errors:
            break
        step = advance(chosen, raw, step.name, EARLIER, TODAY)
    whole = check(chosen, raw, TODAY, EARLIER)
    assert step == whole if isinstance(step, Answers) else step.errors and isinstance(whole, Problems)


@given(filled())
@bounded
def test_walking_page_by_page_as_a_browser_does_comes_to_the_same_answers(case: Case) -> None:
    chosen, raw = case
    whole = check(chosen, raw, TODAY)
    if not isinstance(whole, Answers):
        return
    sure = write_raw(chosen, whole)
    counts = {name: texts for name, texts in sure.items() if isinstance(chosen.questions.get(name), Repeat)}
    step: Page | Answers = open_first(chosen, counts, None, TODAY)
    for _ in range(500):
        if isinstance(step, Answers):
            break
        step = advance(chosen, sent(step, sure), step.name, None, TODAY)
        assert isinstance(step, Answers) or not step.errors
    assert step == whole


def sent(page: Page, sure: Raw) -> dict[str, list[str]]:
    """What a browser sends from a page once somebody has filled it in."""
    raw: dict[str, list[str]] = {}
    for name, text in page.carried:
        raw.setdefault(name, []).append(text)
    # Pages of entries stand beside the line: whoever lists entries has filled them in.
    lists = tuple(f"{field.name}." for field in page.fields if field.kind == "repeat")
    own = {name for name in sure if name in typed_on(page) or (lists and name.startswith(lists))}
    return raw | {name: list(sure[name]) for name in own}


@given(forms)
@bounded
def test_any_form_comes_back_from_json_as_it_went(chosen: Any) -> None:
    assert type(chosen).from_json(chosen.to_json()) == chosen
    assert type(chosen).from_json(chosen.to_json()).to_json() == chosen.to_json()
