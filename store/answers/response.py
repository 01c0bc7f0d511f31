"""Response: what we understood of an arrival; a later one supersedes, never edits."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Uuid, bindparam, insert, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.asking.ask import Ask, AskState
from store.asking.campaign import Step
from store.asking.form import FormVersion
from store.base import Row, ordered_id
from store.people.agency import Agency
from store.quick.plain import columns_of, run, table_of, tell


class Response(Row):
    """Answers checked against one form version, and who gave them."""

    __tablename__ = "responses"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("asks.id"), index=True)
    form_version_id: Mapped[UUID] = mapped_column(ForeignKey("form_versions.id"))
    inbound_id: Mapped[UUID] = mapped_column(ForeignKey("inbounds.id"), unique=True)
    #: Who answered, who may not be the person asked.
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    #: Who typed it in, when that was somebody else.
    entered_by: Mapped[str | None] = mapped_column(String(320))
    answers: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    #: The later response that took its place; None while it is the one that counts.
    superseded_by: Mapped[UUID | None] = mapped_column(ForeignKey("responses.id"))


def current(session: Session, ask_id: UUID) -> Response | None:
    """The response that counts for an ask."""
    return session.query(Response).filter_by(ask_id=ask_id, superseded_by=None).one_or_none()


def superseded(session: Session, ask_id: UUID) -> list[Response]:
    """The responses to an ask that later ones replaced, the oldest first."""
    query = session.query(Response).filter(Response.ask_id == ask_id, Response.superseded_by.is_not(None))
    return query.order_by(Response.at, Response.id).all()


def of_step(session: Session, step_id: UUID) -> list[tuple[Response, Ask, Agency]]:
    """The responses that count for a step's asks, in the order of their numbers."""
    query = (
        select(Response, Ask, Agency)
        .join(Ask, Ask.id == Response.ask_id)
        .join(Agency, Agency.id == Ask.agency_id)
        .where(Ask.step_id == step_id, Response.superseded_by.is_(None))
        .order_by(Ask.number)
    )
    return [(given, asked, agency) for given, asked, agency in session.execute(query)]


def lately(
    session: Session, board_id: UUID, agency_id: UUID, since: datetime
) -> list[tuple[Ask, Step, datetime, UUID | None]]:
    """What counts of the named answers of an agency to a board since a moment, with who gave each; the newest
    first.
    """
    query = (
        select(Ask, Step, Response.at, Response.author_id)
        .join(Ask, Ask.id == Response.ask_id)
        .join(Step, Step.id == Ask.step_id)
        .where(Ask.board_id == board_id, Ask.agency_id == agency_id, Response.at >= since)
        .where(Response.superseded_by.is_(None), Ask.state == AskState.ANSWERED)
        .where(or_(Response.author_id.is_not(None), Response.entered_by.is_not(None)))
        .order_by(Response.at.desc(), Response.id)
    )
    return [(asked, step, at, author) for asked, step, at, author in session.execute(query)]


def last_time(
    session: Session, asked: Ask, form_key: str, about: tuple[str, str] | None = None
) -> Response | None:
    """The newest response of the same seat or person to an earlier campaign's ask of the same form.

    `about` is a question and the answer that it must have had, whatever its capitals and spaces.
    """
    query = (
        session.query(Response)
        .join(Ask, Ask.id == Response.ask_id)
        .join(FormVersion, FormVersion.id == Response.form_version_id)
        .filter(FormVersion.key == form_key, Ask.campaign_id != asked.campaign_id)
        .filter(Ask.seat_id == asked.seat_id if asked.seat_id else Ask.person_id == asked.person_id)
        .filter(Response.superseded_by.is_(None), Ask.id < asked.id)
    )
    newest = query.order_by(Response.at.desc())
    if about is None:
        return newest.first()
    name, words = about
    return next((one for one in newest if words and _fold(one.answers.get(name)) == _fold(words)), None)


def _fold(words: object) -> str:
    return " ".join(str(words or "").split()).casefold()


_TABLE = table_of(Response)
_ADD = insert(_TABLE)
_SUPERSEDE = (
    update(_TABLE)
    .where(
        _TABLE.c.ask_id == bindparam("whose", type_=Uuid()),
        _TABLE.c.superseded_by.is_(None),
        _TABLE.c.id != bindparam("newer", type_=Uuid()),
    )
    .values(superseded_by=bindparam("newer", type_=Uuid()))
    .returning(_TABLE.c.id)
)


def replace(session: Session, response: Response) -> None:
    """Add a response and let it supersede the one before."""
    run(session, _ADD, columns_of(response))
    replaced = run(session, _SUPERSEDE, {"whose": response.ask_id, "newer": response.id})
    for (before,) in replaced.all():
        tell(session, Response, before, superseded_by=response.id)
