"""The scene of a bench: a board with any number of agencies, and a lesson asked of all of them."""

import sys
from datetime import UTC, datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import click

from bot.asking.drafting import draft
from messages.launching import launch
from messages.playbooks import playbook
from store import schema
from store.asking.campaign import Campaign
from store.base import ordered_id
from store.database import Database, Session
from store.people import board
from store.people.board import Board
from store.quick import bulk

ZONE = ZoneInfo("Europe/London")
#: A Tuesday at eleven in the morning: every office is open, so nothing waits for its hours.
NOON = datetime(2026, 10, 13, 10, 0, tzinfo=UTC)
BY = "bench@board.example.org"
CHUNK = 2000


class BenchError(Exception):
    """A bench cannot run as it was asked to; no row was written, and the text says what to do."""


def require_unused(url: str) -> None:
    """Refuse a database that somebody uses, writing nothing to it: a bench would take its letters as sent.

    Raises BenchError, or a StoreError where it cannot be read or is of another version.
    """
    if schema.current(url) is None:
        held = None if schema.is_bare(url) else "tables of something else"
    else:
        schema.check(url)
        held = _first_board(url)
    if held is not None:
        raise BenchError(
            f"This database is in use: it holds {held}. No row was written. Name an empty one with "
            "--database, or leave it out for a throw-away file."
        )


def _first_board(url: str) -> str | None:
    database = Database(url)
    try:
        boards = database.read_now(board.every)
    finally:
        database.close_now()
    return f"the board {boards[0].name}" if boards else None


def build(url: str, count: int) -> UUID:
    """Fill an empty database with agencies and launch a lesson to all of them; gives the campaign.

    Raises BenchError where the database is in use.
    """
    campaign_id = prepare(url, count)
    database = Database(url)
    launch_whole(database, campaign_id)
    database.close_now()
    return campaign_id


def prepare(url: str, count: int) -> UUID:
    """Fill an empty database with agencies and draft a lesson for all of them; gives the campaign.

    Raises BenchError where the database is in use.
    """
    require_unused(url)
    schema.check(url)
    database = Database(url)
    board_id, campaign_id = database.write_now(_add_campaign)
    with click.progressbar(length=count, label="Setting the scene", file=sys.stderr) as bar:
        for start in range(0, count, CHUNK):
            some = min(CHUNK, count - start)
            crowd = partial(bulk.add_agencies, board_id=board_id, first=start, count=some, now=NOON)
            database.write_now(crowd)
            bar.update(some)
    database.close_now()
    return campaign_id


def _add_campaign(session: Session) -> tuple[UUID, UUID]:
    board = Board(
        id=ordered_id(),
        slug="bench",
        name="Bench Safeguarding Children Board",
        contact_name="Morgan Ellery",
        contact_email=BY,
        contact_phone="",
        terms={},
    )
    session.add(board)
    session.flush()
    return board.id, add_lesson(session, board.id, "bench")


def add_lesson(session: Session, board_id: UUID, slug: str) -> UUID:
    """Draft a campaign that brings a lesson to every agency of the board; gives the campaign."""
    shipped = playbook.load("lesson")
    if shipped is None:
        raise LookupError("the playbook “lesson” is not in the package")
    made = draft(session, board_id, shipped, slug, NOON, BY)
    made.values = {"layout": "plain"}
    return made.id


def launch_whole(database: Database, campaign_id: UUID) -> None:
    """Launch a campaign, chunk by chunk."""
    database.write_now(lambda session: launch.begin(session, session.get_one(Campaign, campaign_id), NOON))
    make = partial(launch.make_asks, campaign_id=campaign_id, now=NOON, zone=ZONE)
    after: UUID | None = None
    while (after := database.write_now(partial(make, after=after))) is not None:
        pass
    database.write_now(
        lambda session: launch.go_live(session, session.get_one(Campaign, campaign_id), NOON, BY)
    )
