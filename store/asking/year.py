"""Year: what a board has turned on for a year, and the entries that say when each is asked for."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.asking.campaign import Campaign, CampaignState
from store.asking.lesson import Lesson
from store.base import Composed, Row, Worded, insert_unless_there, ordered_id
from store.people.agency import Membership
from store.people.seat import SeatRole
from store.people.term import Term

#: The playbook by which a lesson goes out.
LESSON = "lesson"


class EntryState(StrEnum):
    """Where an entry of a year stands."""

    PLANNED = "planned"
    OFF = "off"
    FAILED = "failed"  #: its day came and something stood in the way; it is tried again
    LAUNCHED = "launched"


#: Those that have their day still before them, or try again.
COMING = (EntryState.PLANNED, EntryState.FAILED)


class YearReturn(Row):
    """A return that a board has turned on for one of its years."""

    __tablename__ = "year_returns"
    __table_args__ = (UniqueConstraint("board_id", "return_key", "year"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    return_key: Mapped[str] = mapped_column(String(40))
    #: The calendar year in which the board's year begins.
    year: Mapped[int]
    #: The folded names of the agencies that the board has named; empty where the catalogue says who.
    agencies: Mapped[list[Any]] = mapped_column(default=list)
    #: Words for the places of its form that the board has given.
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Whether the other of two alternating years is taken.
    is_swapped: Mapped[bool] = mapped_column(default=False)


class YearEntry(Row):
    """One return asked of one group on one day. Once it is launched its asks have days of their own."""

    __tablename__ = "year_entries"
    __table_args__ = (UniqueConstraint("board_id", "return_key", "asked_group", "year", "occasion"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    return_key: Mapped[str] = mapped_column(String(40))
    asked_group: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    #: A quarter, or a lesson and how long after it; empty where the group is asked once a year.
    occasion: Mapped[str] = mapped_column(String(80))
    #: What people call it, and its campaign.
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    #: Empty where it is a chore for the office alone.
    playbook: Mapped[str] = mapped_column(String(60))
    form: Mapped[str] = mapped_column(String(60))
    small_form: Mapped[str] = mapped_column(String(60))
    seat: Mapped[SeatRole] = mapped_column(Worded(SeatRole))
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Words for the places of its form.
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    lesson_id: Mapped[UUID | None] = mapped_column(ForeignKey("lessons.id"))
    opens_on: Mapped[date]
    due_on: Mapped[date]
    #: Working days to answer, counted for each agency by itself; None where all have the one due day.
    due_days: Mapped[int | None]
    #: Found without the term dates of schools that are asked: found again once they are there.
    is_provisional: Mapped[bool] = mapped_column(default=False)
    state: Mapped[EntryState] = mapped_column(Worded(EntryState), default=EntryState.PLANNED)
    #: The day on which to look at it; None where nothing is to be done about it.
    wakes_on: Mapped[date | None] = mapped_column(index=True)
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id"))
    #: Why it is off, failed, or where it stands.
    why: Mapped[str] = mapped_column(Composed(1000), default="")


def turn_on(session: Session, board_id: UUID, key: str, year: int) -> YearReturn:
    """Find what a board has turned on, or turn it on."""
    row = {"id": ordered_id(), "board_id": board_id, "return_key": key, "year": year, "agencies": []}
    row |= {"values": {}, "is_swapped": False}
    session.execute(insert_unless_there(session, YearReturn), [row])
    return session.query(YearReturn).filter_by(board_id=board_id, return_key=key, year=year).one()


def turned_on(session: Session, board_id: UUID, year: int) -> dict[str, YearReturn]:
    """What a board has turned on for a year, by the key of the return."""
    query = session.query(YearReturn).filter_by(board_id=board_id, year=year)
    return {one.return_key: one for one in query.order_by(YearReturn.return_key)}


def turned_on_since(session: Session, year: int) -> list[YearReturn]:
    """What any board has turned on for a year or a later one."""
    query = session.query(YearReturn).filter(YearReturn.year >= year)
    return query.order_by(YearReturn.board_id, YearReturn.year, YearReturn.return_key).all()


def add(session: Session, entries: Collection[dict[str, Any]]) -> None:
    """Add entries; one that stands already is left as it is."""
    if entries:
        session.execute(insert_unless_there(session, YearEntry), list(entries))


def slugs_taken(session: Session) -> set[str]:
    """The short names of all entries and campaigns."""
    return entry_slugs(session) | set(session.execute(select(Campaign.slug)).scalars())


def of_year(session: Session, board_id: UUID, year: int) -> list[YearEntry]:
    """A board's entries of a year in the order of their days."""
    query = session.query(YearEntry).filter_by(board_id=board_id, year=year)
    return query.order_by(YearEntry.opens_on, YearEntry.slug).all()


def by_slug(session: Session, slug: str) -> YearEntry | None:
    """The entry of this short name, if there is one."""
    return session.query(YearEntry).filter_by(slug=slug.strip().lower()).one_or_none()


def drop(session: Session, row: YearReturn) -> None:
    """Take back that a return is on; its entries stay as they are."""
    session.delete(row)
    session.flush()


def entry_slugs(session: Session) -> set[str]:
    """The short names of all entries."""
    return set(session.execute(select(YearEntry.slug)).scalars())


def signs(session: Session) -> tuple[int, ...]:
    """What a year is laid down from, as numbers; the last counts entries whose days are still provisional.

    Where none has changed, nothing is missing.
    """
    provisional = YearEntry.is_provisional.is_(True) & YearEntry.wakes_on.is_not(None)
    counted = (
        select(func.count()).select_from(YearReturn),
        select(func.count()).select_from(Membership),
        select(func.count()).select_from(Term),
        select(func.count()).select_from(Campaign).where(_went_out()),
        select(func.count()).select_from(YearEntry).where(provisional),
    )
    return tuple(session.execute(select(*(one.scalar_subquery() for one in counted))).one())


# One short look for every wake-up, by the index of the days.
_NEXT = select(func.min(YearEntry.wakes_on))


def next_day(session: Session) -> date | None:
    """The earliest day on which an entry wants to be looked at; None where none does."""
    return session.execute(_NEXT).scalar()


def due(session: Session, today: date) -> list[UUID]:
    """The entries whose day has come, the earliest first."""
    query = select(YearEntry.id).where(YearEntry.wakes_on <= today)
    return list(session.execute(query.order_by(YearEntry.wakes_on, YearEntry.slug)).scalars())


def hold(session: Session, entry_id: UUID) -> YearEntry:
    """An entry as it is now; nobody else changes it until we commit."""
    query = select(YearEntry).where(YearEntry.id == entry_id).with_for_update()
    return session.execute(query, execution_options={"populate_existing": True}).scalar_one()


def settle(
    session: Session, entry_id: UUID, before: Collection[EntryState], after: EntryState, why: str
) -> bool:
    """Close an entry that is in one of some states; False when it stood elsewhere."""
    statement = update(YearEntry).where(YearEntry.id == entry_id, YearEntry.state.in_(list(before)))
    values = {"state": after, "wakes_on": None, "why": why}
    found = session.execute(
        statement.values(**values).returning(YearEntry.id), execution_options={"synchronize_session": "fetch"}
    )
    return found.first() is not None


def lessons_sent(session: Session, board_id: UUID) -> list[tuple[Lesson, datetime]]:
    """A board's lessons that went out and were not called back, and since when."""
    first = func.min(Campaign.launched_at)
    sent = select(Campaign.lesson_id, first.label("at")).where(_went_out()).group_by(Campaign.lesson_id)
    told = sent.subquery()
    query = select(Lesson, told.c.at).join(told, told.c.lesson_id == Lesson.id)
    query = query.where(Lesson.board_id == board_id).order_by(told.c.at, Lesson.id)
    return [(lesson, at) for lesson, at in session.execute(query)]


def is_out(session: Session, lesson_id: UUID) -> bool:
    """Whether a lesson went out and was not called back."""
    query = select(Campaign.id).where(Campaign.lesson_id == lesson_id, _went_out())
    return session.execute(query.limit(1)).first() is not None


def _went_out() -> ColumnElement[bool]:
    return (
        (Campaign.playbook == LESSON)
        & Campaign.launched_at.is_not(None)
        & (Campaign.state != CampaignState.WITHDRAWN)
    )
