"""Blame is heard in every inflection, and ordinary words are left alone."""

from importlib.resources import files

import pytest

from messages.writing.tone import blame


@pytest.mark.parametrize(
    "phrase",
    [
        "failed",
        "Failure to",
        "FAILING",
        "fails",
        "non-compliant",
        "non compliance",
        "noncompliant",
        "non\u2011compliant",
        "not compliant",
        "late offenders",
        "repeat offender",
        "late responders",
        "must immediately",
        "must now urgently",
        "must at once",
        "unacceptable",
        "disappointing",
        "negligence",
        "final warning",
        "naming and shaming",
        "ignored our",
        "refused to",
        "your fault",
    ],
)
def test_words_of_blame_are_heard(phrase: str) -> None:
    assert len(blame(f"You {phrase} reply.")) == 1


@pytest.mark.parametrize(
    "kind",
    [
        "The youth offending team is an agency, and so is the young offenders' unit.",
        "Still needed: would it help if we rang you?",
        "If you've passed this on, tell us how many people and we're done.",
        "Please disregard this if you have answered.",
        "The form is compliant with the accessibility regulations.",
        "Our failsafe; the unfailing kindness of the nurse.",
        "You must not send case details. Ring us immediately if a child is at risk.",
    ],
)
def test_ordinary_words_are_left_alone(kind: str) -> None:
    assert blame(kind) == []


def test_blame_is_heard_through_emphasis_and_line_ends() -> None:
    assert blame("You have **failed**. This is _non-compliant_, and a late\noffender.") == [
        "failed",
        "non-compliant",
        "late offender",
    ]


def test_each_phrase_is_listed_once_in_its_order() -> None:
    assert blame("Unacceptable, failed, failed.") == ["Unacceptable", "failed"]


def test_no_shipped_layout_blames_anybody() -> None:
    layouts = [page for page in files("messages").joinpath("layout").iterdir() if page.is_file()]
    assert len(layouts) >= 6
    assert {page.name: blame(page.read_text(encoding="utf-8")) for page in layouts} == {
        page.name: [] for page in layouts
    }
