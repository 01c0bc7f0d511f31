"""Subscribing: a person's wish to have a board's bulletins, or not; letters about tasks come all the same."""

from datetime import datetime
from uuid import UUID

from store.database import Session
from store.decision import note
from store.people import person
from store.people.person import Person


def wish(session: Session, board_id: UUID, reader: Person, now: datetime, *, wanted: bool) -> bool:
    """Keep whether a reader wants bulletins; False when that is what they wished before."""
    session.get(Person, reader.id, with_for_update=True)
    if wanted == (not person.is_unsubscribed(session, board_id, reader.id)):
        return False
    if wanted:
        person.subscribe(session, board_id, reader.id)
    else:
        person.unsubscribe(session, board_id, reader.id, now)
    what, reason = (
        ("subscribed", "wants bulletins again") if wanted else ("unsubscribed", "wants no bulletins")
    )
    note(session, now, what, reason, "the reader", board_id=board_id, person_id=reader.id)
    return True
