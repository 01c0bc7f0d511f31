"""Answers in a person's own words."""

import pytest

from surveys.answering.answers import Answers, Problems, check
from surveys.paging.pages import pages
from tests.surveys.make import NOTICE, ask, form

SAY = form(ask("long_text", "said", max_length=20, min_length=3))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  we met  ", "we met"),
        ("one\r\ntwo", "one\ntwo"),
        ("cafe\u0301", "caf\u00e9"),
        ("nul\x00 byte", "nul byte"),
        ("half \ud83d letter", "half  letter"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("\u0646\u200c\u0627\u0645", "\u0646\u200c\u0627\u0645"),
        ("12345678901234567890", "12345678901234567890"),
    ],
)
def test_words_are_kept_as_meant_and_unstorable_letters_dropped(typed: str, kept: str) -> None:
    assert check(SAY, {"said": [typed]}) == Answers("sample", 1, {"said": kept})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("x" * 21, "Said must be 20 characters or fewer (it has 21)"),
        ("x" * 5_000_000, "Said must be 20 characters or fewer"),
        ("-", "Said needs a few more words"),
    ],
)
def test_too_long_and_too_short_are_refused(typed: str, said: str) -> None:
    found = check(SAY, {"said": [typed]})
    assert isinstance(found, Problems)
    assert [each.text for each in found] == [said]


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\x00", "\u202e"])
def test_an_answer_that_shows_nothing_is_no_answer(typed: str) -> None:
    required = form(ask("text", "said", required=True, missing="Say something"))
    found = check(required, {"said": [typed]})
    assert isinstance(found, Problems)
    assert [each.text for each in found] == ["Say something"]


@pytest.mark.parametrize("kind", ["text", "reference"])
def test_one_line_answers_stay_on_one_line(kind: str) -> None:
    line = form(ask(kind, "where"))
    assert check(line, {"where": ["minutes\r\n  of 3 May"]}) == Answers(
        "sample", 1, {"where": "minutes of 3 May"}
    )


@pytest.mark.parametrize("kind", ["text", "long_text", "reference"])
def test_every_free_text_box_shows_the_notice_or_its_own(kind: str) -> None:
    both = form(ask(kind, "one"), ask(kind, "two", notice="No names."), ask("integer", "three"))
    assert [field.notice for field in pages(both, {})[0].fields] == [NOTICE, "No names.", ""]
