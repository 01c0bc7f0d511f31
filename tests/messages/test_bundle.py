"""How one message with several things is laid out: parts, words, lessons, and what is particular to one."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from messages.gathering.bundle import COMING, LATE, MOST_LESSONS, NEAR, NEW, bundle, particular_to
from store.asking.campaign import Campaign, MailKind, Step, WordsVersion
from store.asking.lesson import Lesson
from store.letters.outbox import Owed
from store.letters.stationery import Stationery
from store.people.board import Board
from store.people.seat import SeatRole

TODAY = date(2026, 11, 9)
BOARD = Board(id=uuid4(), name="A Board", contact_name="M. Ellery", contact_email="m@example.org")


def sheet(lesson: Lesson | None = None, role: str = "asked", **campaign: Any) -> Stationery:
    return Stationery(
        WordsVersion(id=uuid4(), rung="issue", role=role, subject="s", body="b"),
        Step(position=1, title="Tell us", role=SeatRole.REPRESENTATIVE, minutes=3),
        Campaign(id=campaign.get("id", uuid4()), slug="wren", title="Wren", kind=MailKind.TASK, values={}),
        BOARD,
        lesson,
    )


def thing(of: Stationery, due: date = TODAY, **more: Any) -> Owed:
    usual = Owed(uuid4(), uuid4(), 7, 0, of.words.id, "issue", of.words.role, "Agency A", due, due)
    return usual._replace(**more)


def by_id(*sheets: Stationery) -> dict[UUID, Stationery]:
    return {one.words.id: one for one in sheets}


@pytest.mark.parametrize(
    ("due", "is_first", "part"),
    [
        (date(2026, 11, 6), False, LATE),
        (TODAY, False, NEAR),
        (date(2026, 11, 11), False, NEAR),
        (date(2026, 11, 12), False, COMING),
        (date(2026, 11, 6), True, NEW),
    ],
)
def test_each_thing_stands_under_its_heading(due: date, is_first: bool, part: str) -> None:
    one, other = sheet(), sheet()
    mine = thing(one, due, is_first=is_first)
    beside = thing(other, date(2026, 12, 24) if part != COMING else date(2026, 11, 2))
    made = bundle([mine, beside], by_id(one, other), TODAY)
    assert made.parts[part] == (mine,)
    assert len(made.parts) == 2


def test_things_of_one_kind_need_no_heading() -> None:
    one, other = sheet(), sheet()
    made = bundle([thing(one), thing(other)], by_id(one, other), TODAY)
    assert list(made.parts) == [""]
    assert made.words == "chase"


def test_what_is_new_in_one_campaign_is_told_in_its_own_words_and_what_is_mixed_in_the_weeks() -> None:
    one, other = sheet(id=BOARD.id), sheet(id=BOARD.id)
    new = [thing(one, is_first=True), thing(other, is_first=True)]
    assert bundle(new, by_id(one, other), TODAY).words == "first"
    third = sheet()
    assert bundle([*new, thing(third, is_first=True)], by_id(one, other, third), TODAY).words == "week"
    assert (
        bundle([*new, thing(third, rung="back 2027-09-02")], by_id(one, other, third), TODAY).words == "back"
    )


def test_a_lesson_travels_once_and_only_where_it_is_new_to_the_reader() -> None:
    wren = Lesson(id=uuid4(), title="Wren", message="m", body="x" * 40_000)
    long = Lesson(id=uuid4(), title="Juniper", message="m", body="x" * (MOST_LESSONS - 30_000))
    one, other, third = sheet(wren), sheet(wren, "deputy"), sheet(long)
    every = by_id(one, other, third)
    assert bundle([thing(one), thing(third)], every, TODAY).lessons == ()
    assert bundle([thing(one, is_first=True), thing(other)], every, TODAY).lessons == (wren,)
    made = bundle([thing(one, is_first=True), thing(third, is_first=True)], every, TODAY)
    assert made.lessons == (wren,)
    assert made.leaves_out(thing(third, is_first=True), third)
    assert not made.leaves_out(thing(one, is_first=True), one)
    assert not made.leaves_out(thing(third), third)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, ""),
        ({"representative": "Rowan A"}, "you stand in for Rowan A"),
        ({"rung": "cover 2", "representative": "Rowan A"}, "Rowan A cannot see to it now, and you stand in"),
        ({"rung": "handed_over"}, "it was handed to you"),
        (
            {"rung": "sent_back", "points": "“2”: how many?"},
            "it comes back with points from the Board: “2”: how many?",
        ),
    ],
)
def test_what_is_particular_to_one_thing_is_said_beside_it(more: dict[str, Any], said: str) -> None:
    assert particular_to(thing(sheet(), **more)) == said
