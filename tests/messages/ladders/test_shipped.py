"""The shipped ladders say what they should, and no playbook climbs higher than it may."""

import pytest

from messages.chasing.addressees import resolve
from messages.chasing.ladder import Anchor, Ladder
from messages.ladders.shipped import shipped_ladder, shipped_names
from messages.playbooks.playbook import PlaybookStep, keys, load
from store.asking.lesson import Priority
from tests.messages.test_addressees import LINE

#: Whom a missing acknowledgement may reach.
LOW = {"asked", "representative", "deputy"}


def steps() -> list[tuple[str, PlaybookStep]]:
    books = [book for key in keys() if (book := load(key))]
    return [(book.key, step) for book in books for step in book.steps if not step.is_open]


def told(ladder: Ladder) -> list[tuple[int, str, bool]]:
    return [(rung.days, " ".join(rung.to), rung.approval) for rung in ladder.rungs]


def test_the_standard_ladder_goes_from_the_representative_to_the_list_for_the_board() -> None:
    standard = shipped_ladder("standard")
    assert told(standard) == [
        (0, "asked", False),
        (-10, "asked", False),
        (-3, "asked", False),
        (0, "asked", False),
        (2, "asked deputy", False),
        (5, "asked deputy line_manager", False),
        (10, "board_member", True),
        (15, "subgroup_chair", True),
        (20, "chief_officer", True),
    ]
    assert [rung.name for rung in standard.rungs if rung.phone] == ["line_manager"]
    assert standard.lapse_days == 30


def test_a_management_report_is_chased_by_telephone_and_copied_to_the_representative() -> None:
    report = shipped_ladder("management_report")
    standard = shipped_ladder("standard")
    assert [(rung.name, rung.days) for rung in report.rungs] == [
        (rung.name, rung.days) for rung in standard.rungs
    ]
    assert next(rung for rung in report.rungs if rung.phone).name == "deputy"
    chasers = [rung for rung in report.rungs if "asked" in rung.to and not rung.is_first]
    assert chasers
    assert all("representative" in rung.to for rung in chasers)


def test_a_representative_who_is_the_author_gets_one_letter() -> None:
    line = LINE | {"representative": LINE["asked"]}
    found = resolve(
        ("asked", "representative"),
        line,
        is_school=False,
        closed_today=False,
        already={},
        asked_as="report_author",
    )
    assert [one.skipped for one in found] == ["", "Rowan A is also the report author"]


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_ladder_is_kept_and_read_again_as_it_is(name: str) -> None:
    ladder = shipped_ladder(name)
    assert Ladder.from_json(ladder.to_json()) == ladder


def test_a_missing_acknowledgement_never_climbs_above_the_deputy() -> None:
    looked_at = []
    for book, step in steps():
        if not step.form.startswith("acknowledge") and not step.key.startswith("acknowledge"):
            continue
        looked_at.append(book)
        for ladder in step.ladders.values():
            above = {role for rung in ladder.rungs if not rung.is_first for role in rung.to} - LOW
            assert above == set(), (book, step.key)
    assert "lesson" in looked_at


@pytest.mark.parametrize("priority", Priority)
def test_lessons_and_returns_are_chased_alike(priority: Priority) -> None:
    """But for the first letter, which a lesson's acknowledgement has had."""
    books = {(book, step.key): step for book, step in steps()}
    lesson, owed = books["lesson", "cascade"].ladders[priority], books["return", "return"].ladders[priority]
    assert lesson.rungs == tuple(rung for rung in owed.rungs if rung.anchor is not Anchor.ISSUE)
    assert lesson.lapse_days == owed.lapse_days
