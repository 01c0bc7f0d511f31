"""One ask of one agency, and two colleagues: enough for rows that hang on an ask."""

from dataclasses import dataclass
from uuid import UUID

from store.answers.inbound import Inbound, Source
from store.answers.response import Response
from store.asking import form
from store.asking.ask import Ask, AskState
from store.asking.campaign import Step
from store.base import ordered_id
from store.database import Session
from store.people.board import Board, OfficeRole
from store.people.person import Person
from tests import make, make_asking
from tests.make import START


@dataclass(frozen=True)
class Scene:
    """The identifiers of what is there."""

    board_id: UUID
    campaign_id: UUID
    ask_id: UUID
    #: The one who was asked.
    asked: UUID
    colleague: UUID


def build(session: Session) -> Scene:
    """Add a board that asks one agency one question."""
    board = make.board(session)
    agency = make.agency(session, board, "Agency A")
    asked, colleague = (make.officer(session, board, name, role) for name, role in OFFICERS)
    asking = make_asking.asking(session, board, "needs", "Training needs")
    step = make_asking.step(session, asking, "needs", title="Needs", said={})
    one = ask_somebody(session, board, step, agency.id, asked)
    return Scene(board.id, asking.id, one.id, asked.id, colleague.id)


OFFICERS = (
    ("Pat Doe", OfficeRole.COORDINATOR),
    ("Sam Roe", OfficeRole.MANAGER),
)


def ask_somebody(session: Session, board: Board, step: Step, agency_id: UUID, person: Person) -> Ask:
    """Ask one person."""
    one = Ask(
        id=ordered_id(),
        board_id=board.id,
        campaign_id=step.campaign_id,
        step_id=step.id,
        number=1,
        person_id=person.id,
        agency_id=agency_id,
        state=AskState.ASKED,
        next_touch_at=START,
        asked_at=START,
        original_due_on=START.date(),
        due_on=START.date(),
    )
    session.add(one)
    session.flush()
    return one


def answer(session: Session, scene: Scene, answers: dict[str, object]) -> None:
    """Keep a response to the ask, as the door would."""
    kept = Inbound(id=ordered_id(), source=Source.WEB, source_id="one", received_at=START, raw=b"")
    session.add(kept)
    session.flush()
    version = session.query(form.FormVersion.id).filter_by(key="needs").scalar()
    session.add(
        Response(
            id=ordered_id(),
            board_id=scene.board_id,
            ask_id=scene.ask_id,
            form_version_id=version,
            inbound_id=kept.id,
            answers=answers,
            at=START,
        )
    )
    session.flush()
