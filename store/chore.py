"""Chore: something that only a person at the board can do, with its reason."""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Select, String, Uuid, bindparam, insert, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.dml import ReturningUpdate

from store.base import Row, Worded, insert_unless_there, ordered_id
from store.quick.plain import columns_of, run, table_of, tell


class ChoreKind(StrEnum):
    """What is to be done."""

    PHONE = "phone"  #: ring the agency
    FILL_SEAT = "fill_seat"  #: a seat is empty, or its holder cannot be reached
    DECIDE_EXTENSION = "decide_extension"
    DECIDE_HANDOVER = "decide_handover"  #: to somebody outside the agency's known domains
    TERM_DATES = "term_dates"  #: imported term dates end too early
    CHECK_DECLINED = "check_declined"  #: an agency says that it is not for them
    SEND_AGAIN = "send_again"  #: first letters have not gone, by no fault of their addresses
    PUT_RIGHT = "put_right"  #: letters cannot be decided or written, as for want of a rung's words
    STAND_BY = "stand_by"  #: families meet a shut survey: nobody is on duty, or a number is unchecked
    ROTA = "rota"  #: fewer than two reviewers are on duty on a working day soon
    CONTACT = "contact"  #: somebody wishes to be contacted
    WORDS = "words"  #: families wrote something that nobody has read yet
    UNTOLD = "untold"  #: a letter that something waits did not reach somebody on duty, or in the office
    READ = "read"  #: an agency told the board something of its own accord
    DIRECTORY = "directory"  #: an agency says that people we write to have changed
    NON_RETURNS = "non_returns"  #: a list of what is missing was published, and waits to be read
    LAUNCH = "launch"  #: a return of the year could not be asked for on its day
    OFFICE_DAY = "office_day"  #: the day has come for something of the year that is the office's own
    MIX_ANSWERS = "mix_answers"  #: anonymous answers could not be written anew in the night


#: Chores of these kinds tell nothing nearer than the day: neither their identifiers nor their moments do.
BY_THE_DAY = (ChoreKind.CONTACT, ChoreKind.WORDS, ChoreKind.UNTOLD)


#: What nobody needs to do about an ask once it is closed, whoever closes it.
MOOT = (ChoreKind.DECIDE_EXTENSION, ChoreKind.DECIDE_HANDOVER)


class Chore(Row):
    """One thing to do. Unique by key, so that it is listed once; one that was done may open again."""

    __tablename__ = "chores"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[ChoreKind] = mapped_column(Worded(ChoreKind))
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agencies.id"))
    ask_id: Mapped[UUID | None] = mapped_column(ForeignKey("asks.id"))
    text: Mapped[str] = mapped_column(String(1000))
    opened_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None] = mapped_column(String(320))

    @property
    def reference(self) -> str:
        """What people call it by: the end of its identifier, which stays the same while others are done."""
        return self.id.hex[-6:]


# Written once: every answer runs it.
_TABLE = table_of(Chore)
_HOLD_OPEN = (
    select(_TABLE.c.id)
    .where(_TABLE.c.key == bindparam("whole"), _TABLE.c.done_at.is_(None))
    .with_for_update(read=True)
)


def name_seat(board_id: UUID, agency_id: UUID, role: str) -> str:
    """The key of a seat to be filled: an agency of two boards has each seat twice."""
    return f"{board_id}:{agency_id}:{role}"


class Wanted(NamedTuple):
    """A chore to be listed at the end of a piece of work."""

    kind: ChoreKind
    key: str
    text: str
    board_id: UUID
    agency_id: UUID | None = None
    ask_id: UUID | None = None
    keep_text: bool = False


def open_all(session: Session, wanted: Iterable[Wanted], now: datetime) -> None:
    """List chores in one order for all workers, so that two of them never wait for each other in a ring."""
    for one in sorted(wanted, key=lambda one: (one.kind.value, one.key)):
        open_once(
            session,
            one.kind,
            one.key,
            one.text,
            now,
            board_id=one.board_id,
            agency_id=one.agency_id,
            ask_id=one.ask_id,
            keep_text=one.keep_text,
        )


def open_once(
    session: Session,
    kind: ChoreKind,
    key: str,
    text: str,
    now: datetime,
    *,
    board_id: UUID,
    agency_id: UUID | None = None,
    ask_id: UUID | None = None,
    keep_text: bool = False,
) -> None:
    """List a chore; one that was done opens again.

    One that is listed already gets the newer text, unless the text it has is to be kept.
    """
    whole = f"{kind.value}:{key}"
    row = {
        "id": uuid4() if kind in BY_THE_DAY else ordered_id(),
        "key": whole,
        "kind": kind,
        "board_id": board_id,
        "agency_id": agency_id,
        "ask_id": ask_id,
        "text": text[:1000],
        "opened_at": now,
    }
    # Two workers may find the same at once: the second must not lose all that it has done besides.
    session.execute(insert_unless_there(session, Chore), [row])
    held = session.query(Chore).filter_by(key=whole).with_for_update()
    # A night that is writing it anew hides it from whoever waited for it: the next look finds it.
    chore = held.one_or_none() or held.one()
    if chore.done_at is not None or not keep_text:
        chore.text = text[:1000]
    if chore.done_at is not None:
        chore.opened_at, chore.done_at, chore.done_by = now, None, None
    session.flush()


def hold_open(session: Session, kind: ChoreKind, key: str) -> bool:
    """Whether a chore is listed and not done; if so nobody ticks it off until we commit."""
    return run(session, _HOLD_OPEN, {"whole": f"{kind.value}:{key}"}).first() is not None


def write_anew(session: Session, since: datetime | None) -> int:
    """Write the chores by the day that wait, or changed since a moment, once more; tells how many.

    Neither their place nor the transaction that wrote or held them last then tells when in a day it was.
    """
    query = session.query(Chore).filter(Chore.kind.in_(BY_THE_DAY))
    if since is not None:
        # Whatever is told again while it waits holds it, on whichever day it was opened.
        # A letter that arrives ticks one off, at a moment that tells as much as the letter's own.
        arrived = (Chore.kind == ChoreKind.UNTOLD) & (Chore.done_at >= since)
        query = query.filter(Chore.done_at.is_(None) | (Chore.opened_at >= since) | arrived)
    found = query.order_by(Chore.key).with_for_update().all()
    rows = [columns_of(one) for one in found]
    for one in found:
        session.delete(one)
    session.flush()
    if rows:
        session.execute(insert(Chore), rows)
    return len(rows)


def waiting(session: Session, board_id: UUID | None = None) -> list[Chore]:
    """What waits for a person, oldest first."""
    query = session.query(Chore).filter(Chore.done_at.is_(None))
    if board_id is not None:
        query = query.filter(Chore.board_id == board_id)
    return query.order_by(Chore.opened_at, Chore.id).all()


def about(session: Session, ask_ids: Collection[UUID], kind: ChoreKind) -> dict[UUID, list[Chore]]:
    """What of a kind waits for a person about some asks, oldest first."""
    found: dict[UUID, list[Chore]] = {}
    waits = (Chore.ask_id.in_(list(ask_ids)), Chore.kind == kind, Chore.done_at.is_(None))
    for one in session.execute(select(Chore).where(*waits).order_by(Chore.opened_at, Chore.id)).scalars():
        if one.ask_id is not None:
            found.setdefault(one.ask_id, []).append(one)
    return found


def is_open(session: Session, kind: ChoreKind, key: str) -> bool:
    """Whether a chore is listed and waits."""
    listed = select(Chore.id).where(Chore.key == f"{kind.value}:{key}", Chore.done_at.is_(None))
    return session.execute(listed).first() is not None


def boards_waiting(session: Session, kind: ChoreKind) -> list[UUID]:
    """The boards with a chore of a kind that waits."""
    query = select(Chore.board_id).where(Chore.kind == kind, Chore.done_at.is_(None)).distinct()
    return list(session.execute(query.order_by(Chore.board_id)).scalars())


def keys_open(session: Session, kind: ChoreKind, board_id: UUID) -> set[str]:
    """The keys of a board's chores of a kind that wait."""
    waits = (Chore.kind == kind, Chore.board_id == board_id, Chore.done_at.is_(None))
    return {key.partition(":")[2] for key in session.execute(select(Chore.key).where(*waits)).scalars()}


def finish(session: Session, kind: ChoreKind, key: str, by: str, now: datetime) -> None:
    """Tick a chore off, where it is open."""
    ticked = (
        update(Chore)
        .where(Chore.key == f"{kind.value}:{key}", Chore.done_at.is_(None))
        .values(done_at=now, done_by=by)
    )
    session.flush()
    for _ in ("tick off", "tick off what was written anew meanwhile"):
        session.execute(ticked, execution_options={"synchronize_session": "fetch"})
        if not is_open(session, kind, key):
            return


def finish_of(
    session: Session,
    asks: UUID | Select[Any],
    kinds: Collection[ChoreKind],
    by: str,
    now: datetime,
) -> None:
    """Tick off what waited for a person about one ask or some, because it has come about otherwise."""
    if isinstance(asks, UUID):
        values = {"whose": asks, "at": now, "who": by}
        for (finished,) in run(session, _finishing(tuple(kinds)), values).all():
            tell(session, Chore, finished, done_at=now, done_by=by)
        return
    statement = update(Chore).where(Chore.ask_id.in_(asks), Chore.kind.in_(kinds), Chore.done_at.is_(None))
    session.execute(
        statement.values(done_at=now, done_by=by), execution_options={"synchronize_session": "fetch"}
    )


@cache
def _finishing(kinds: tuple[ChoreKind, ...]) -> ReturningUpdate[tuple[UUID]]:
    """Ticks off the chores of some kinds about one ask."""
    return (
        update(_TABLE)
        .where(
            _TABLE.c.ask_id == bindparam("whose", type_=Uuid()),
            or_(*(_TABLE.c.kind == kind for kind in kinds)),
            _TABLE.c.done_at.is_(None),
        )
        .values(done_at=bindparam("at"), done_by=bindparam("who"))
        .returning(_TABLE.c.id)
    )


def by_reference(session: Session, reference: str) -> list[Chore]:
    """What waits for a person and is called so; more than one only by chance."""
    wanted = reference.strip().lower()
    return [one for one in waiting(session) if one.reference == wanted]
