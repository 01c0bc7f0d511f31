"""What holds for any form and any input at all."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys import library
from surveys.answers import Answers, Problems, check, read_stored, write_raw
from surveys.errors import FormError
from surveys.form import Form
from surveys.journey import advance
from surveys.keystrokes import tidy
from surveys.pages import Page, pages
from surveys.reading import tell
from tests.surveys.make import ask, choose, form, section

TODAY = date(2026, 11, 4)
BOUND = {"is": "at_most", "question": "n", "message": "No more than {n}"}
WHEN_A = {"question": "one", "in": ["a"]}

optional = st.fixed_dictionaries({}, optional={"required": st.booleans(), "hint": st.text(max_size=20)})
middles = st.lists(
    st.one_of(
        st.builds(
            lambda more, top: ask("integer", "m", maximum=top, compare=[BOUND]) | more,
            optional,
            st.integers(0, 999),
        ),
        st.builds(lambda more, top: ask("text", "t", max_length=top) | more, optional, st.integers(1, 30)),
        st.builds(lambda more: ask("date", "d", earliest="2020-01-01", latest="today") | more, optional),
        st.builds(lambda more: choose("multiple", "many", "a", "b", "c") | more, optional),
        st.builds(lambda more: ask("yes_no", "y", relevant={"not": WHEN_A}) | more, optional),
        st.builds(lambda more: ask("reference", "r", relevant={"any": [WHEN_A]}) | more, optional),
        st.just(ask("note", "note")),
    ),
    unique_by=lambda question: question["name"],
    min_size=1,
)
made = st.builds(
    lambda some, gate: form(
        sections=[
            section("first", choose("single", "one", "a", "b"), ask("integer", "n", prefill="before.n")),
            section("second", *some, **({"relevant": WHEN_A} if gate else {})),
        ]
    ),
    middles,
    st.booleans(),
)
forms = st.one_of(made, st.sampled_from(list(map(library.load, library.keys()))))
typed = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["a", "all", "some", "not_yet", "other", "yes", "0", "45", "1,200", "3/11/2026", "3", "11", "2026"]
    ),
    st.dates().map(date.isoformat),
    st.integers(-9, 10**12).map(str),
)


@st.composite
def filled(draw: st.DrawFn) -> tuple[Form, dict[str, list[str]]]:
    """A form and something typed into it, likely and unlikely."""
    chosen = draw(forms)
    raw = draw(
        st.dictionaries(st.sampled_from((*chosen.names, "x", "")), st.lists(typed, max_size=3), max_size=20)
    )
    for question in chosen.questions.values():
        offers = question.offers()
        if offers and draw(st.booleans()):
            raw[question.name] = [draw(st.sampled_from(sorted(offers)))]
    return chosen, raw


@given(filled())
def test_any_input_is_either_taken_or_refused_with_a_reason(case: tuple[Form, dict[str, list[str]]]) -> None:
    chosen, raw = case
    found = check(chosen, raw, TODAY)
    if isinstance(found, Problems):
        assert found.problems
        assert all(each.text and each.question in chosen.questions for each in found)


@given(filled())
@settings(max_examples=300)
def test_what_was_taken_satisfies_every_rule_and_is_taken_again_unchanged(
    case: tuple[Form, dict[str, list[str]]],
) -> None:
    chosen, raw = case
    found = check(chosen, raw, TODAY)
    if not isinstance(found, Answers):
        return
    for part, question in chosen.steps:
        applies = chosen.applies(part, question, dict(found.values))
        value = found.values.get(question.name)
        assert applies or value is None
        assert value is not None or not (applies and question.required)
        for rule in question.compare:
            other = found.values.get(rule.question)
            assert not (isinstance(value, int) and isinstance(other, int) and value > other)
    assert check(chosen, write_raw(chosen, found), TODAY) == found
    assert read_stored(chosen, found.to_json()) == found
    assert len(tell(chosen, found)) == len(found.values)
    str(found.to_json()).encode()


@given(filled())
def test_pages_show_each_question_once_and_lose_nothing_typed(
    case: tuple[Form, dict[str, list[str]]],
) -> None:
    chosen, raw = case
    for page in pages(chosen, raw, (), {"before": {"n": 4}, "acknowledge": {"staff": 60}}):
        kept = {name for name, _ in page.carried}
        own = {name for field in page.fields for name in chosen.questions[field.name].names}
        assert kept.isdisjoint(own)
        assert {name for name, texts in tidy(raw, chosen.names).items() if any(texts)} <= own | kept
        # Halves of letters would break whoever writes the page out.
        assert "".join(text for field in page.fields for text in field.values).encode() is not None


@given(filled())
def test_every_journey_ends(case: tuple[Form, dict[str, list[str]]]) -> None:
    chosen, raw = case
    step = advance(chosen, raw, pages(chosen, raw)[0].name, None, TODAY)
    for _ in range(len(chosen.questions) + 1):
        if isinstance(step, Answers) or step.errors:
            break
        assert isinstance(step, Page)
        step = advance(chosen, raw, step.name, None, TODAY)
    whole = check(chosen, raw, TODAY)
    assert step == whole if isinstance(step, Answers) else isinstance(whole, Problems)


@given(made)
def test_any_form_comes_back_from_json_as_it_went(chosen: Form) -> None:
    assert Form.from_json(chosen.to_json()) == chosen
    assert Form.from_json(chosen.to_json()).to_json() == chosen.to_json()


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
paths = st.lists(st.integers(0, 12), min_size=1, max_size=7)


@given(st.sampled_from(library.keys()), paths, json)
def test_a_form_spoilt_anywhere_is_read_or_refused_in_one_line(
    key: str, path: list[int], spoilt: Any
) -> None:
    written = library.load(key).to_json()
    place: Any = written
    for step in path[:-1]:
        inner = list(place.values()) if isinstance(place, dict) else place
        holders = [each for each in inner if isinstance(each, dict | list) and each]
        if not holders:
            break
        place = holders[step % len(holders)]
    if isinstance(place, dict):
        place[sorted(place)[path[-1] % len(place)]] = spoilt
    else:
        place[path[-1] % len(place)] = spoilt
    try:
        Form.from_json(written)
    except FormError as refused:
        assert "\n" not in str(refused)
