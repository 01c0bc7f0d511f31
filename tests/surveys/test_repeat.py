"""As many entries as there are, each on pages of its own."""

from typing import Any

import pytest

from surveys.answering.answers import Answers, check, write_raw
from surveys.errors import FormError
from surveys.paging.acts import perform
from surveys.paging.journey import advance, page_at
from surveys.paging.pages import Page, pages
from tests.surveys.make import ask, choose, form, names, press, refuse, repeat, section, spread, take

COURSES = form(
    ask("text", "agency"),
    repeat(
        "courses",
        ask("text", "title", required=True),
        ask("yes_no", "reviewed"),
        ask("date", "when", relevant="${reviewed} = 'yes'", required=True),
        ask("integer", "days", maximum=9),
        item="course",
        summary="title",
        most=3,
    ),
    ask("text", "why", relevant="count(${courses}) = 0"),
)
TWO = {
    "courses": "2",
    "courses.1.title": "Neglect",
    "courses.1.reviewed": "no",
    "courses.2.title": "Online harm",
    "courses.2.reviewed": "yes",
    "courses.2.when": "3/11/2026",
}


def go(typed: dict[str, Any], at: str) -> Page:
    page = advance(COURSES, spread(typed), at)
    assert isinstance(page, Page)
    return page


def pressed(typed: dict[str, Any], act: str, at: str = "courses") -> tuple[Page, dict[str, list[str]]]:
    """The page after a button, and everything that it holds."""
    page = press(COURSES, typed, act, at)
    held: dict[str, list[str]] = {}
    for name, text in page.carried:
        held.setdefault(name, []).append(text)
    for field in page.fields:
        held[field.name] = list(field.values)
    return page, held


def test_entries_are_kept_by_number() -> None:
    assert take(COURSES, TWO)["courses"] == {
        "1": {"title": "Neglect", "reviewed": "no"},
        "2": {"title": "Online harm", "reviewed": "yes", "when": "2026-11-03"},
    }


def test_every_entry_has_pages_of_its_own_beside_the_line_and_the_list_comes_last() -> None:
    laid_out = pages(COURSES, spread(TWO))
    assert [(page.name, page.is_aside) for page in laid_out] == [
        ("agency", False),
        ("courses.1", True),
        ("courses.2", True),
        ("courses.2.when", True),
        ("courses", False),
    ]
    assert [page.title for page in laid_out[1:3]] == ["Course 1", "Course 2"]
    assert names(laid_out[1]) == ["courses.1.title", "courses.1.reviewed", "courses.1.days"]
    assert names(laid_out[3]) == ["courses.2.when"]
    assert [page.before for page in laid_out] == ["", "courses", "courses", "courses", "agency"]


def test_the_list_names_its_entries_and_says_whether_there_is_room() -> None:
    page = go(TWO, "agency")
    (field,) = page.fields
    assert [(entry.key, entry.text) for entry in field.entries] == [
        ("courses.1", "Neglect"),
        ("courses.2", "Online harm"),
    ]
    assert (field.item, field.may_add, field.value) == ("course", True, "2")
    unnamed = page_at(COURSES, {"courses": ["3"]}, "courses").fields[0]
    assert [entry.text for entry in unnamed.entries] == ["course 1", "course 2", "course 3"]
    assert not unnamed.may_add


def test_add_opens_a_new_entry_and_its_last_page_leads_back_to_the_list() -> None:
    page, held = pressed(TWO, "add:courses")
    assert (page.name, page.title, page.errors) == ("courses.3", "Course 3", ())
    assert held["courses"] == ["3"]
    held |= {"courses.3.title": ["New"], "courses.3.reviewed": ["yes"]}
    second = go(held, "courses.3")
    assert second.name == "courses.3.when"
    assert go(held | {"courses.3.when": ["3/11/2026"]}, "courses.3.when").name == "courses"
    assert go(held | {"courses.3.reviewed": ["no"]}, "courses.3").name == "courses"


def test_add_beyond_the_most_shows_the_list_again() -> None:
    assert perform(COURSES, {"courses": ["3"]}, "add:courses", "x") == ({"courses": ["3"]}, "courses")
    assert pressed(TWO | {"courses": "3"}, "add:courses")[0].name == "courses"


def test_change_opens_that_entry_as_it_is() -> None:
    page, _ = pressed(TWO, "change:courses.2")
    assert (page.name, page.fields[0].value) == ("courses.2", "Online harm")


def test_remove_takes_one_away_and_those_after_it_move_up() -> None:
    page, held = pressed(TWO, "remove:courses.1")
    assert [entry.text for entry in page.fields[0].entries] == ["Online harm"]
    assert take(COURSES, held)["courses"] == {
        "1": {"title": "Online harm", "reviewed": "yes", "when": "2026-11-03"}
    }
    page, _ = pressed(held, "add:courses")
    assert (page.name, [field.value for field in page.fields]) == ("courses.2", ["", "", ""])
    _, held = pressed(held, "remove:courses.1")
    assert take(COURSES, held) == {}


@pytest.mark.parametrize(
    "act", ["remove:courses.9", "change:courses.9", "change:courses.01", "remove:courses.", "change:courses"]
)
def test_a_button_for_an_entry_that_is_not_there_shows_the_list(act: str) -> None:
    page, held = pressed(TWO, act)
    assert page.name == "courses"
    assert take(COURSES, held) == take(COURSES, TWO)


@pytest.mark.parametrize("act", ["add:agency", "remove:agency.1", "add:nothing", "add:", "burn:courses"])
def test_a_button_of_no_repeat_does_nothing(act: str) -> None:
    page, held = pressed(TWO, act)
    assert page.name == "courses"
    assert take(COURSES, held) == take(COURSES, TWO)


def test_a_problem_in_an_entry_opens_that_entry_before_anything_else() -> None:
    page = go(TWO | {"courses.1.title": ""}, "courses")
    assert (page.name, [field.id for field in page.errors]) == ("courses.1", ["courses.1.title"])
    assert refuse(COURSES, TWO | {"courses.1.days": "10", "courses.2.when": ""}) == [
        ("courses.1.days", "Days cannot be more than 9"),
        ("courses.2.when", "Please give a date for: When"),
    ]


def test_an_entry_that_holds_nothing_is_left_out_and_the_others_move_up() -> None:
    loose = form(repeat("notes", ask("text", "said"), ask("calculated", "n", calculation="position(..)")))
    typed = {"notes": "3", "notes.1.said": "one", "notes.3.said": "three"}
    assert take(loose, typed) == {"notes": {"1": {"said": "one", "n": 1}, "2": {"said": "three", "n": 2}}}
    answers = check(loose, spread(typed))
    assert isinstance(answers, Answers)
    assert check(loose, write_raw(loose, answers)) == answers


def test_an_entry_after_an_empty_one_is_shown_under_its_own_number() -> None:
    loose = form(repeat("notes", ask("text", "said"), summary="said"))
    laid_out = pages(loose, {"notes": ["3"], "notes.3.said": ["three"]})
    assert [page.fields[0].value for page in laid_out[:3]] == ["", "", "three"]
    assert [entry.text for entry in laid_out[3].fields[0].entries] == ["thing 1", "thing 2", "three"]


def test_the_place_of_an_entry_is_the_same_when_shown_and_when_checked() -> None:
    turns = form(
        repeat(
            "turns",
            choose("single", "pick", "v1", "v2", "v3", choice_filter="name = concat('v', position(..))"),
        )
    )
    typed = {"turns": "3", "turns.1.pick": "v1", "turns.3.pick": "v2"}
    shown = [page.fields[0].options[0].value for page in pages(turns, spread(typed)) if page.is_aside]
    assert shown == ["v1", "v2", "v2"]
    assert take(turns, typed) == {"turns": {"1": {"pick": "v1"}, "2": {"pick": "v2"}}}


@pytest.mark.parametrize(
    ("settings", "typed", "said"),
    [
        ({"least": 2}, {"things": "1", "things.1.n": "4"}, "Things: please give at least 2"),
        ({"least": 2}, {"things": "2", "things.1.n": "4"}, "Things: please give at least 2"),
        ({"required": True}, {}, "Things: please give at least 1"),
        ({"required": True, "missing": "Name one"}, {}, "Name one"),
        ({"required": "${more} = 'yes'"}, {"more": "yes"}, "Things: please give at least 1"),
    ],
)
def test_fewer_than_the_least_are_refused_at_the_list(
    settings: dict[str, Any], typed: dict[str, str], said: str
) -> None:
    few = form(ask("yes_no", "more"), repeat("things", ask("integer", "n"), **settings))
    assert refuse(few, typed) == [("things", said)]
    page = advance(few, spread(typed), "things")
    assert isinstance(page, Page)
    assert (page.name, [field.id for field in page.errors]) == ("things", ["things"])


def test_a_repeat_at_the_end_finishes_at_its_list() -> None:
    last = form(repeat("things", ask("integer", "n")))
    assert [(page.name, page.is_last) for page in pages(last, {"things": ["1"]})] == [
        ("things.1", False),
        ("things", True),
    ]
    assert isinstance(advance(last, {}, "things"), Answers)


def test_choices_within_an_entry_hang_on_its_own_answers() -> None:
    places = form(
        repeat(
            "stays",
            choose("single", "land", "uk", "pl"),
            ask(
                "single",
                "city",
                choices=[
                    {"value": "leeds", "label": "Leeds", "columns": {"land": "uk"}},
                    {"value": "lublin", "label": "Lublin", "columns": {"land": "pl"}},
                ],
                choice_filter="land = ${land}",
            ),
        )
    )
    raw = spread({"stays": "2", "stays.1.land": "uk", "stays.2.land": "pl"})
    offered = {
        page.name: [option.value for option in page.fields[0].options]
        for page in pages(places, raw)
        if page.name.endswith("city")
    }
    assert offered == {"stays.1.city": ["leeds"], "stays.2.city": ["lublin"]}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"least": 4, "most": 3}, "least is more than most"),
        ({"most": 51}, "most: should be less than or equal to 50"),
        ({"summary": "gone"}, 'summary: it has no question "gone"'),
        ({"times": "2", "least": 1}, "times says how many entries there are"),
        ({"times": "${later}"}, '"later" is asked later'),
    ],
)
def test_a_repeat_that_cannot_work_is_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(FormError, match=said):
        form(
            sections=[
                section("a", repeat("things", ask("integer", "n"), **settings), ask("integer", "later"))
            ]
        )
