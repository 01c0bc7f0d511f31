"""Points and scores are about what the form knows; every refusal names what there is."""

import pytest

from surveys import library
from surveys.answering.answers import Answers
from surveys.answering.value import Value
from surveys.figures.unnamed import without_names
from surveys.judging.points import Point, Score, find_section, name_scores, take_point, take_score

FORM = library.load("section11")
TNA = library.load("tna")
VALUES: dict[str, Value] = {"t1_score": "2", "t1_evidence": "our policy"}


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("t1_score: which policy?", Point("t1_score", "T1 score", "which policy?")),
        ("t1:more of this", Point("t1", "T1 Induction", "more of this")),
        ("Please: say more", Point("", "", "Please: say more")),
        (":say more", Point("", "", "say more")),
        ("t1_scor: x", "did you mean t1_score"),
        ("t1_score:", "a point needs some words"),
        ("", "a point needs some words"),
        ("x" * 501, "at most 500 are kept"),
    ],
)
def test_a_point_is_about_what_the_form_knows(typed: str, taken: Point | str) -> None:
    found = take_point(FORM, VALUES, typed)
    assert found == taken if isinstance(taken, Point) else taken in str(found)


def test_a_point_about_a_cell_names_its_table_and_line() -> None:
    found = take_point(TNA, {}, "groups.g1.headcount: as at which day?")
    assert isinstance(found, Point)
    assert found.title == "Training groups: Group 1: rare or indirect contact: Headcount"
    assert find_section(TNA, "groups.g1.headcount") == find_section(TNA, "groups")
    assert "has no question or section" in str(take_point(TNA, {}, "groups.g99.headcount: x"))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("t1_score", "9", "it is one of 0, 1, 2, 3, na"),
        ("t2_score", "1", "was not answered"),
        ("t1_evidence", "1", "is not answered by choosing from a list"),
        ("nothing", "1", "has no question or section 'nothing'"),
    ],
)
def test_a_score_is_one_that_the_question_offers(name: str, value: str, said: str) -> None:
    assert said in str(take_score(FORM, VALUES, name, value, "seen in the audit"))


def test_the_boards_value_stands_beside_their_own() -> None:
    score = take_score(FORM, VALUES, "t1_score", "1", "seen in the audit")
    assert score == Score("1", "seen in the audit")
    [told] = name_scores(FORM, VALUES, {"t1_score": Score("1", "seen in the audit")})
    assert (told.title, told.own[:2], told.value[:2], told.because) == (
        "T1 score",
        "2:",
        "1:",
        "seen in the audit",
    )


def test_who_is_named_is_left_out_and_the_rest_stays() -> None:
    form = library.load("assurance")
    told = without_names(form, Answers("assurance", 1, {"declared_by": "Rowan A", "affected": "no"}))
    assert told.values == {"affected": "no"}
