"""One ask of one agency, and two colleagues: enough for rows that hang on an ask."""

from dataclasses import dataclass
from uuid import UUID

from store import form
from store.ask import Ask, AskState
from store.base import ordered_id
from store.board import Board, OfficeRole
from store.campaign import Campaign, CampaignState, Step
from store.database import Session
from store.inbound import Inbound, Source
from store.person import Person
from store.response import Response
from tests import make
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
    asking = Campaign(
        id=ordered_id(),
        board_id=board.id,
        slug="needs",
        title="Training needs",
        playbook="needs",
        state=CampaignState.LIVE,
    )
    session.add(asking)
    session.flush()
    step = Step(
        id=ordered_id(),
        campaign_id=asking.id,
        position=1,
        key="needs",
        title="Needs",
        form_version_id=form.keep(session, "needs", 1, {}).id,
        due_days=10,
        minutes=5,
    )
    session.add(step)
    session.flush()
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
