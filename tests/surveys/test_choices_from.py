"""Choices come from what was said before, and what is chosen stays readable when they change."""

from typing import Any

import pytest

from surveys.answering.answers import Answers, read_stored
from surveys.answering.flat import flatten, gather
from surveys.answering.reading import tell
from surveys.errors import FormError
from surveys.figures.totals import FEWEST, add_up
from surveys.forms.filling import fill_in
from surveys.library import load
from surveys.paging.known import Earlier
from surveys.paging.pages import pages
from surveys.paging.sifting import sift
from tests.surveys.library.typed import typed
from tests.surveys.make import ask, choose, form, refuse, repeat, take

COURSES: dict[str, Any] = {
    "course_list": "Basics; Neglect and other harm",
    "courses": {"1": {"course_title": "Basics"}, "2": {"course_title": "Neglect and  other harm"}},
}
EARLIER: Earlier = {"tna": COURSES}
PICK = choose("multiple", "which", "other", "none", choices_from="tna.courses.course_title")
ASKED = form(PICK, ask("text", "others", relevant="selected(${which}, 'other')"))


def offered(earlier: Earlier) -> list[str]:
    return [option.label for option in pages(ASKED, {}, (), earlier)[0].fields[0].options]


def test_what_was_told_before_stands_in_front_of_the_list() -> None:
    assert offered(EARLIER) == ["Basics", "Neglect and other harm", "OTHER", "NONE"]
    assert offered({}) == ["OTHER", "NONE"]


def test_what_is_chosen_is_kept_as_its_words() -> None:
    taken = take(ASKED, {"which": ["Neglect and other harm", "Basics"]}, None, EARLIER)
    assert taken == {"which": ("Basics", "Neglect and other harm")}
    answers = read_stored(ASKED, Answers("sample", 1, taken).to_json())
    assert tell(ASKED, answers) == [("Which", "Basics; Neglect and other harm")]


def test_words_of_a_title_are_no_choice_to_a_rule() -> None:
    sifted = sift(ASKED, {"which": ["Neglect and other harm"]}, None, EARLIER)
    assert "others" not in sifted.applying
    assert "others" in sift(ASKED, {"which": ["other"]}, None, EARLIER).applying


def test_what_nobody_told_cannot_be_chosen() -> None:
    [(name, text)] = refuse(ASKED, {"which": ["Made up"]}, None, EARLIER)
    assert (name, text) == ("which", "Which: please choose from the list")


def test_what_was_chosen_last_time_is_offered_though_its_source_has_changed() -> None:
    inside = form(repeat("things", PICK), carries=True)
    last: Earlier = {"last-saved": {"things": {"1": {"which": ("Retired course", "other")}}}}
    page = pages(inside, {"things": ["1"], "things.1.which": ["Retired course"]}, (), last)[0]
    assert next((one.label, one.checked) for one in page.fields[0].options) == ("Retired course", True)


def test_a_row_of_a_table_gives_chosen_words_back() -> None:
    given = Answers("sample", 1, {"which": ("Basics", "Neglect and other harm")})
    assert gather(ASKED, flatten(ASKED, given)) == given


def test_totals_count_chosen_words_too() -> None:
    totals = add_up(ASKED, [Answers("sample", 1, {"which": ("Basics", "other")})] * FEWEST).totals
    assert totals is not None
    assert totals[0].counts == (("OTHER", 10), ("NONE", 0), ("Basics", 10))


def test_a_form_says_whose_answers_it_looks_at() -> None:
    assert ASKED.sources == {"tna"}
    assert "board" in load("tna").sources


@pytest.mark.parametrize("source", ["tna", "tna.courses", "tna.courses.title.more"])
def test_a_source_of_choices_is_a_form_a_table_and_a_column(source: str) -> None:
    with pytest.raises(FormError, match="choices_from"):
        form(PICK | {"choices_from": source})


def test_no_form_bears_the_name_of_the_board() -> None:
    with pytest.raises(FormError, match="what the board tells"):
        form(PICK, key="board")


def test_assurance_asks_for_evidence_only_where_the_campaign_does() -> None:
    asked = load("assurance")
    given = typed("affected=yes updated=done")
    assert "evidence" not in sift(asked, given, None, EARLIER).applying
    wanted = fill_in(asked, {"evidence_requested": "yes", "change": "law"})
    assert {"evidence", "evidence_files"} <= sift(wanted, given, None, EARLIER).applying
