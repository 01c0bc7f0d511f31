"""Invitation: the one code that each asked agency passes on to its staff, made at launch."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from store.answers.response import Response
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.people.agency import Agency
from store.surveying import code
from store.surveying.code import OpenCode


def ensure_codes(
    session: Session,
    campaign: Campaign,
    agencies: Iterable[Agency],
    ceilings: Mapping[UUID, int],
    ceiling: int,
    now: datetime,
) -> int:
    """Make a code for each of some agencies that has none for a campaign; tells how many were made.

    `ceilings` says by agency how many answers are plausible, `ceiling` stands where it does not. Whoever
    calls keeps other launches of the campaign waiting: one code an agency rests on that.
    """
    query = select(OpenCode.agency_id).where(OpenCode.campaign_id == campaign.id)
    known = set(session.execute(query).scalars())
    made = 0
    for agency in agencies:
        if agency.id not in known:
            known.add(agency.id)
            most = ceilings.get(agency.id) or ceiling
            code.make(session, campaign.board_id, campaign.id, agency.name, most, now, agency_id=agency.id)
            made += 1
    return made


def codes_of(session: Session, ask_ids: Collection[UUID]) -> dict[UUID, str]:
    """The code that each of some asks passes on: its agency's newest open one, else its newest."""
    query = (
        select(Ask.id, OpenCode.code)
        .join(
            OpenCode,
            and_(OpenCode.campaign_id == Ask.campaign_id, OpenCode.agency_id == Ask.agency_id),
        )
        .where(Ask.id.in_(list(ask_ids)))
        .order_by(OpenCode.is_closed.desc(), OpenCode.id)
    )
    found: dict[UUID, str] = {}
    for ask_id, told in session.execute(query):
        found[ask_id] = told
    return found


def numbers_told(
    session: Session, board_id: UUID, agency_ids: Collection[UUID], names: Collection[str]
) -> dict[UUID, int]:
    """The largest number that each of some agencies has told a board under one of these questions."""
    query = (
        select(Ask.agency_id, Response.answers)
        .join(Ask, Ask.id == Response.ask_id)
        .where(Response.board_id == board_id, Response.superseded_by.is_(None))
        .where(Ask.agency_id.in_(list(agency_ids)))
    )
    found: dict[UUID, int] = {}
    for agency_id, answers in session.execute(query):
        told = [answers[name] for name in names if isinstance(answers.get(name), int)]
        found[agency_id] = max([found.get(agency_id, 0), *told])
    return found
