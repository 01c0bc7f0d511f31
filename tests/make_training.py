"""Builders: a course with people booked on it, in a world of agencies."""

from collections.abc import Sequence
from datetime import date, datetime

from messages.launching.compose import copy_playbook
from messages.playbooks import playbook
from store.asking.campaign import Campaign
from store.database import Session
from store.people import booking, person
from store.people.agency import Agency
from store.people.board import Board
from store.people.person import Person
from surveys.paging.keystrokes import Raw
from tests import make
from tests.make import START

#: A Thursday, ten days after the story begins and three before the clocks go back.
ON = date(2026, 10, 22)
#: What a campaign puts into the places of the three forms.
VALUES = {
    "course": "Neglect: seeing and acting",
    "item_1": "Neglect is always plain to see.",
    "item_2": "One missed appointment can matter.",
}
BEFORE: Raw = {"knowledge": ["3"], "confidence": ["4"]}
ON_THE_DAY: Raw = {
    "knowledge": ["7"],
    "confidence": ["8"],
    "pledge": ["Ask who was not brought, and why"],
    "follow_up": ["yes"],
}
LATER: Raw = {"pledge_done": ["partly"], "knowledge": ["7"], "changed": ["a_little"]}


def learner(session: Session, name: str, where: Agency) -> Person:
    """Somebody at work in an agency, in no seat of it."""
    return person.keep(session, name, make.address(name, make.domain_of(where.name)))


def training(
    session: Session,
    of: Board,
    booked: Sequence[tuple[str, Agency]],
    *,
    on: date = ON,
    slug: str = "course",
) -> Campaign:
    """A draft campaign about a course on a day, with people booked by name."""
    shipped = playbook.load("training")
    assert shipped is not None
    made = copy_playbook(
        session,
        of.id,
        shipped,
        slug,
        START,
        "morgan.ellery@west.example.org",
        forms=make.kept_forms(session, shipped),
        values=VALUES,
        on=on,
    )
    for name, where in booked:
        book(session, made, name, where)
    return made


def book(session: Session, wanted: Campaign, name: str, where: Agency) -> Person:
    """Book somebody, who may be new."""
    known = learner(session, name, where)
    booking.add(session, wanted.id, known.id, where.id)
    return known


def course(
    session: Session,
    names: Sequence[str] = ("Jo Ash", "Kim Birch"),
    *,
    on: date = ON,
    now: datetime = START,
) -> Campaign:
    """Agencies A and B, and a course launched to people of Agency A."""
    board, [where, _] = make.world(session, "AB")
    wanted = training(session, board, [(name, where) for name in names], on=on)
    make.launched(session, wanted, now)
    return wanted


def only(session: Session) -> Campaign:
    """The course, where it is the only campaign."""
    return session.query(Campaign).one()
