"""Seats that change hands in a story."""

from messages.changes import seating
from store.database import Session
from store.people import person, seat
from store.people.agency import Agency
from store.people.board import Board
from store.people.seat import SeatRole
from tests import make
from tests.story import WHO, Story


def reseat(story: Story, role: SeatRole, name: str | None) -> None:
    """Put somebody into a seat of Agency A, or empty it."""

    def fill(session: Session) -> None:
        board = session.query(Board).one()
        where = session.query(Agency).filter_by(folded="agency a").one()
        place = seat.ensure(session, board.id, where.id, role)
        address = make.address(name, make.domain_of(where.name)) if name else ""
        taker = person.keep(session, name, address) if name else None
        seating.fill(session, place, where, taker, story.now, WHO)

    story.write(fill)
