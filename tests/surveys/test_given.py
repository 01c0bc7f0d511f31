"""What a campaign knows is shown and not asked; what it does not say is asked as ever."""

from typing import Any

import pytest

from surveys.errors import FormError
from surveys.forms.filling import fill_in, givens_of
from surveys.forms.form import Form
from surveys.paging.known import Earlier
from surveys.paging.pages import lay_out, pages
from tests.surveys.make import ask, choose, form, matrix, refuse, section, take

PARTS: list[dict[str, Any]] = [
    section(
        "about",
        ask("text", "reference", given=True, required=True, short="Action"),
        choose("single", "months", "3", "12", given=True, required=True),
        ask("date", "due", given=True),
    ),
    section("rest", ask("text", "done", relevant="${months} = '12'"), ask("text", "more")),
]
ASKED = form(sections=PARTS)
SAID = {"reference": "A-12", "months": "12", "due": "2026-11-03", "unknown": "x"}


def told(filled: Form) -> list[tuple[str, str, str]]:
    return [(field.kind, field.label, field.shown) for field in pages(filled, {})[0].fields]


def test_what_the_campaign_says_is_shown_in_words_and_has_no_box() -> None:
    assert told(fill_in(ASKED, SAID)) == [
        ("calculated", "Action", "A-12"),
        ("calculated", "Months", "12".upper()),
        ("calculated", "Due", "3 November 2026"),
    ]


def test_what_the_campaign_says_is_the_answer_whatever_a_browser_sends() -> None:
    taken = take(fill_in(ASKED, SAID), {"reference": "B-99", "months": "3", "done": "All"})
    assert taken == {"reference": "A-12", "months": "12", "due": "2026-11-03", "done": "All"}


def test_what_the_campaign_does_not_say_is_asked() -> None:
    filled = fill_in(ASKED, {"months": "3"})
    assert [field.kind for field in pages(filled, {})[0].fields] == ["text", "calculated", "date"]
    assert [name for name, _ in refuse(filled, {})] == ["reference"]


def test_a_default_stands_where_the_campaign_says_nothing() -> None:
    asked = form(ask("yes_no", "wanted", given=True, default="no"), ask("text", "more"))
    assert take(asked, {"wanted": "yes"}) == {"wanted": "no"}
    assert take(fill_in(asked, {"wanted": "yes"}), {}) == {"wanted": "yes"}


@pytest.mark.parametrize("said", [{"months": "twelve"}, {"due": "soon"}, {"reference": "x" * 501}])
def test_words_that_are_no_answer_are_refused_before_anybody_is_asked(said: dict[str, str]) -> None:
    with pytest.raises(FormError, match=next(iter(said))):
        fill_in(ASKED, said)


def test_what_hangs_on_what_is_known_shares_its_page() -> None:
    parts = [
        section("one", choose("single", "a", "x", "y", given=True), ask("text", "b", relevant="${a} = 'x'"))
    ]
    asked = form(sections=parts)
    assert len(lay_out(fill_in(asked, {"a": "x"}), {}).sheets) == 1
    assert len(lay_out(asked, {"a": ["x"]}).sheets) == 2


def test_nobody_confirms_what_the_campaign_said_last_time_too() -> None:
    filled = fill_in(form(sections=PARTS, carries=True), SAID)
    last: Earlier = {"last-saved": {"reference": "A-12", "months": "12", "due": "2026-11-03"}}
    assert take(filled, {}, None, last)["reference"] == "A-12"


def test_the_questions_that_a_campaign_can_answer_are_known() -> None:
    assert givens_of(ASKED) == {"reference", "months", "due"}


@pytest.mark.parametrize(
    "question",
    [
        ask("note", "words", given=True),
        matrix("m", "a b", ask("integer", "n", given=True)),
        matrix("m", "a b", ask("integer", "n"), given=True),
    ],
)
def test_no_campaign_answers_in_a_table_or_what_nobody_is_asked(question: dict[str, Any]) -> None:
    with pytest.raises(FormError, match="no campaign can answer it"):
        form(question)


def test_a_form_is_carried_only_by_what_campaigns_give() -> None:
    with pytest.raises(FormError, match="no question that campaigns give"):
        form(ask("text", "name"), carries=True, carries_by="name")
