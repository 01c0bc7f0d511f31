"""Builders: a small town with what is turned on for its year, and what became of that."""

from datetime import UTC, datetime
from uuid import UUID

from bot.asking.year import plan, turn_on
from bot.worker import Worker
from messages.catalogue.return_kind import find
from messages.letters.press import Press
from messages.sending.sender import Sender
from store.asking import year
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign
from store.asking.year import YearEntry
from store.database import Database, Session
from store.decision import Decision
from store.people.seat import SeatRole
from tests import make
from tests.fakes import FakeChannel
from tests.make import IDENTITY, ZONE

SUMMER = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
#: Monday 14 September 2026, ten in the morning: the day of the schools' training needs analysis.
DAY = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


def town(
    session: Session, *keys: str, letters: str = "AB", terms: bool = True, now: datetime = SUMMER
) -> UUID:
    """Two agencies and a school, and what is turned on for the year."""
    board, _ = make.world(session, letters)
    kept = make.terms(session) if terms else "unknown"
    school = make.agency(session, board, "Kennet School", "primary school", kept)
    make.line(session, board, school, "K")
    make.holder(session, board, school, "Gale K", SeatRole.CHAIR_OF_GOVERNORS)
    for key in keys:
        kind = find(key)
        assert kind is not None
        turn_on(session, board.id, kind, 2026)
    plan(session, board.id, 2026, now.date(), ZONE)
    return board.id


def entry_of(session: Session, slug: str) -> YearEntry:
    found = year.by_slug(session, slug)
    assert found is not None
    return found


async def look(database: Database, slug: str) -> YearEntry:
    return await database.read(lambda session: entry_of(session, slug))


def worker_of(database: Database, channel: FakeChannel | None = None, name: str = "one") -> Worker:
    sender = Sender(database, {"email": channel or FakeChannel()}, Press(IDENTITY), name, lambda: DAY)
    return Worker(database, sender)


def asked(session: Session) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in session.query(Ask).filter_by(state=AskState.ASKED):
        slug = session.get_one(Campaign, one.campaign_id).slug
        found[slug] = found.get(slug, 0) + 1
    return found


def said(session: Session, what: str) -> int:
    return session.query(Decision).filter_by(what=what, by="the year").count()
