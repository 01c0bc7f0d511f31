"""Telling: what an agency tells the board of its own accord; nobody owes it, and nothing chases it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from messages.chasing.ladder import Ladder
from store.asking import occasion
from store.asking.campaign import Campaign, CampaignState, LadderVersion, MailKind, Step
from store.asking.occasion import TELL_US
from store.base import ordered_id
from store.database import Session
from store.decision import note
from store.people import seat
from store.people.agency import Agency
from store.people.board import Board
from store.people.person import Person
from store.people.seat import SeatRole

#: Nobody is asked of the board's accord: no agency is of this sector.
NOBODY = "nobody"
#: Working days for which what was sent back is asked for before it lapses.
LAPSE_DAYS = 20


@dataclass(frozen=True, slots=True)
class Tellable:
    """A board that a person may tell something, in the name of an agency."""

    board: Board
    agency: Agency


def tellable(session: Session, teller: Person) -> list[Tellable]:
    """The boards that somebody may tell something, and for which agency: wherever they hold a seat."""
    found = {(place.board_id, agency.id): agency for place, agency in seat.held_by(session, teller.id)}
    every = [Tellable(session.get_one(Board, board_id), agency) for (board_id, _), agency in found.items()]
    return sorted(every, key=lambda one: (one.board.name, one.agency.folded))


def keep_step(
    session: Session, told: Board, form_version_id: UUID, title: str, minutes: int, now: datetime
) -> Step:
    """What a board is told by: its standing campaign, made with a form when the first agency begins."""
    session.get(Board, told.id, with_for_update=True)  # two agencies begin at once: one makes the campaign
    known = occasion.step_of(session, told.id)
    if known is not None:
        return known
    made = Campaign(
        id=ordered_id(),
        board_id=told.id,
        slug=f"{told.slug}-told",
        title=title,
        playbook=TELL_US,
        kind=MailKind.TASK,
        audience={"sectors": [NOBODY], "agencies": []},
        values={},
        state=CampaignState.LIVE,
        launched_at=now,
    )
    session.add(made)
    session.flush()
    step = Step(
        id=ordered_id(),
        campaign_id=made.id,
        position=1,
        key="tell",
        title=title,
        form_version_id=form_version_id,
        role=SeatRole.REPRESENTATIVE,
        due_days=0,
        minutes=minutes,
        is_judged=True,
    )
    session.add(step)
    session.flush()
    session.add(LadderVersion(step_id=step.id, version=1, rungs=Ladder((), LAPSE_DAYS).to_json()))
    note(
        session,
        now,
        "launched",
        "an agency has something to tell",
        TELL_US,
        board_id=told.id,
        campaign_id=made.id,
    )
    return step
