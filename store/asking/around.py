"""Around: one ask with everything that its pages show, fetched in one look."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists, select
from sqlalchemy.orm import Session

from store.answers.response import Response
from store.asking.ask import Ask
from store.asking.campaign import Campaign, Step
from store.asking.lesson import Lesson
from store.people.agency import Agency
from store.people.board import Board
from store.people.person import Person
from store.people.seat import Holding
from store.quick.alike import Alike, Sight
from store.surveying.draft import Draft

_ASK, _PERSON = bindparam("ask_id", type_=Uuid()), bindparam("person_id", type_=Uuid())


@dataclass(frozen=True, slots=True)
class Around:
    """An ask, and the rows that it belongs to."""

    ask: Ask
    step: Step
    campaign: Campaign
    board: Board
    agency: Agency
    lesson: Lesson | None


@dataclass(frozen=True, slots=True)
class Visited:
    """An ask with a person before it, and what is known of both."""

    around: Around
    person: Person
    #: Whether the person holds the seat that is asked.
    holds_seat: bool
    #: The response that counts.
    given: Response | None
    has_drafts: bool


# Written once: putting a statement together takes longer than running it.
_AROUND = (
    select(Ask, Step, Campaign, Board, Agency, Lesson)
    .join(Step, Step.id == Ask.step_id)
    .join(Campaign, Campaign.id == Ask.campaign_id)
    .join(Board, Board.id == Ask.board_id)
    .join(Agency, Agency.id == Ask.agency_id)
    .outerjoin(Lesson, Lesson.id == Campaign.lesson_id)
    .where(Ask.id == _ASK)
)
_HOLDS = exists().where(Holding.seat_id == Ask.seat_id, Holding.person_id == _PERSON, Holding.until.is_(None))
_HAS_DRAFTS = exists().where(Draft.ask_id == Ask.id).correlate(Ask)
_VISITED = (
    _AROUND.join(Person, Person.id == _PERSON)
    .outerjoin(Response, (Response.ask_id == Ask.id) & Response.superseded_by.is_(None))
    .add_columns(Person, _HOLDS.correlate(Ask), Response, _HAS_DRAFTS)
)
# The rows of a look that nobody writes to. What somebody said is kept by nobody.
_SIGHT = Sight(
    Alike(Ask),
    Alike(Step),
    Alike(Campaign),
    Alike(Board),
    Alike(Agency),
    Alike(Lesson),
    Alike(Person),
    Alike(Response, most=0),
)
_GLANCED = _VISITED.with_only_columns(*_SIGHT.columns, _HOLDS.correlate(Ask), _HAS_DRAFTS)
_HELD = select(Ask.id).where(Ask.id == _ASK).with_for_update()


def of_ask(session: Session, ask_id: UUID) -> Around | None:
    """Everything around an ask; None where there is none."""
    row = session.execute(_AROUND, {"ask_id": ask_id}).one_or_none()
    return Around(*row) if row is not None else None


def visited(session: Session, ask_id: UUID, person_id: UUID) -> Visited | None:
    """Everything around an ask and one person who looks at it, as the database has it now."""
    found = session.execute(_VISITED, {"ask_id": ask_id, "person_id": person_id})
    row = found.one_or_none()
    return Visited(Around(*row[:6]), *row[6:]) if row is not None else None


def glance(session: Session, ask_id: UUID, person_id: UUID) -> Visited | None:
    """As `visited`, for whoever only looks: the rows belong to no session, and may not be changed."""
    for *rows, person, given, holds_seat, has_drafts in _SIGHT.look(
        session, _GLANCED, {"ask_id": ask_id, "person_id": person_id}
    ):
        return Visited(Around(*rows), person, holds_seat, given, has_drafts)
    return None


def hold(session: Session, ask_id: UUID) -> None:
    """Wait until nobody else is at an ask, and keep it until we commit. On SQLite every write does so."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(_HELD, {"ask_id": ask_id})
