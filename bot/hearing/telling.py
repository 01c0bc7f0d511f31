"""Telling: an agency begins a return of its own; one use case for its page and for the office."""

from datetime import date, datetime
from uuid import UUID

from bot.asking.choice import keep_shipped
from messages.changes.telling import keep_step
from store.asking import occasion
from store.asking.ask import Ask
from store.asking.occasion import TELL_US
from store.database import Session
from store.decision import note_about
from store.people import seat
from store.people.agency import Agency
from store.people.board import Board


def begin_telling(
    session: Session,
    board_id: UUID,
    agency_id: UUID,
    word: str,
    now: datetime,
    today: date,
    by: str,
    person_id: UUID | None = None,
) -> Ask:
    """Begin what an agency tells a board; the same `word` twice, as by a double click, is one.

    It stands with the seat of the representative, vacant or not: whoever stands in there may fill it in.
    """
    told, agency = session.get_one(Board, board_id), session.get_one(Agency, agency_id)
    chosen = keep_shipped(session, TELL_US)
    step = keep_step(session, told, chosen.version_id, chosen.form.title, chosen.form.minutes or 0, now)
    place = seat.ensure(session, told.id, agency.id, step.role)
    begun, is_new = occasion.begin(session, step, place, word, today)
    if is_new:
        note_about(session, begun, now, "begun", f"{agency.name} has something to tell", by, person_id)
    return begun
