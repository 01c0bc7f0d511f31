"""Non-returns: what has not come that the board is owed, found, and kept as the board was told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.chasing.batch import Batch, gather_facts, rest_of
from messages.chasing.ladder import Ladder
from messages.days.calendar import CalendarEnds
from messages.ladders.fitness import UPPER
from messages.letters.counted import counted
from messages.sending.alerts import alert_office
from messages.standing.rag import NEAR
from store import chore
from store.answers import non_return
from store.answers.non_return import NonReturn, NonReturnList, Standing
from store.asking import campaign, extension
from store.asking.ask import AskState
from store.asking.extension import Extension, ExtensionState
from store.base import ordered_id
from store.chore import ChoreKind
from store.database import Session
from store.decision import note
from store.letters.alarm import DueAsk
from store.letters.alert import AlertKind
from store.people.board import Board

#: How far back a list looks, by the day on which something was due.
LOOKS_BACK = timedelta(days=365)
#: How many asks are looked at at once.
CHUNK = 500
_STATES = {
    ExtensionState.ASKED: "not decided yet",
    ExtensionState.GRANTED: "granted",
    ExtensionState.DECLINED: "declined",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that may be published: its lines are in no database yet."""

    as_at: date
    since: date
    #: Returns whose day has passed.
    due: int
    lines: list[NonReturn]

    @property
    def at_rest(self) -> int:
        """How many of those missing are on hold."""
        return sum(line.standing is Standing.AT_REST for line in self.lines)


def find_non_returns(session: Session, board_id: UUID, now: datetime, zone: ZoneInfo) -> Listing:
    """All that a board is owed and has not had: chased to the end, or long past its day.

    What never climbs above the deputy, as an acknowledgement, is not put before a board; nor is what is for
    information only, or asked of people by name. It looks back a year.
    """
    today = now.astimezone(zone).date()
    since, due = today - LOOKS_BACK, 0
    lines: list[NonReturn] = []
    for step in non_return.steps_owed(session, board_id):
        if not climbs_to_board(Ladder.from_json(campaign.ladder(session, step.id).rungs)):
            continue
        due += non_return.count_due(session, step.id, since, today)
        missing = non_return.find_missing(session, step.id, since, today)
        for first in range(0, len(missing), CHUNK):
            lines += _lines(session, missing[first : first + CHUNK], now, zone, today)
    lines.sort(key=lambda line: (line.agency.casefold(), line.due_on, line.reference))
    for position, line in enumerate(lines, start=1):
        line.position = position
    return Listing(today, since, due, lines)


def climbs_to_board(ladder: Ladder) -> bool:
    """Whether chasing by a ladder reaches those above the line manager."""
    return any(UPPER & set(rung.to) for rung in ladder.rungs if not rung.is_first)


def publish(
    session: Session, board: Board, listing: Listing, now: datetime, by: str, *, tell: bool
) -> NonReturnList:
    """Keep a list as it stands, for good, and with `tell` let the board's office know that it is there.

    One a day: whoever calls looks first whether there is one.
    """
    kept = NonReturnList(
        id=ordered_id(),
        board_id=board.id,
        as_at=listing.as_at,
        since=listing.since,
        published_at=now,
        published_by=by,
        due=listing.due,
        missing=len(listing.lines),
    )
    session.add(kept)
    session.flush()
    for line in listing.lines:
        line.list_id = kept.id
    session.add_all(listing.lines)
    why = f"as at {listing.as_at}: {len(listing.lines)} of {listing.due} due are missing"
    note(session, now, "list published", why, by, board_id=board.id)
    if tell:
        text = f"Read the list of what is still needed as at {listing.as_at}: `cascade non-returns show`."
        chore.open_once(session, ChoreKind.NON_RETURNS, str(board.id), text, now, board_id=board.id)
        alert_office(session, board.id, listing.as_at, now, AlertKind.NON_RETURNS)
    session.flush()
    return kept


def _lines(
    session: Session, missing: list[DueAsk], now: datetime, zone: ZoneInfo, today: date
) -> list[NonReturn]:
    batch = gather_facts(session, missing, now, zone)
    extensions = extension.of_asks(session, [one.ask.id for one in missing])
    found = [_line(batch, one, extensions, today) for one in missing]
    return [line for line in found if line is not None]


def _line(
    batch: Batch, one: DueAsk, extensions: Mapping[UUID, list[Extension]], today: date
) -> NonReturn | None:
    """The line of an ask that was not answered; None while it is not so long past its day."""
    days = _days_past(batch, one, today)
    held = rest_of(batch, one)
    if one.ask.state is AskState.LAPSED:
        standing, reason = Standing.NO_ASSURANCE, "chased to the end, and no answer came"
    elif days is None or days <= NEAR:
        return None
    else:
        standing = Standing.AT_REST if held else Standing.RED
        reason = f"{counted(days, 'working day')} past its day"
    people = batch.people[one.ask.board_id]
    return NonReturn(
        id=ordered_id(),
        position=0,
        agency=one.agency.name,
        reference=f"{one.campaign.slug}-{one.ask.number}",
        what=_what(one),
        due_on=one.ask.due_on,
        original_due_on=one.ask.original_due_on,
        days=days,
        standing=standing,
        reason=reason,
        hold=f"on hold until {held.until}: {held.reason}" if held else "",
        extensions="; ".join(_say(more) for more in extensions.get(one.ask.id, ())),
        vacancy=people.gone(one.ask, one.step, one.campaign, today),
    )


def _what(one: DueAsk) -> str:
    """What is asked, and by which campaign where that says more."""
    step, whole = one.step.title, one.campaign.title
    return step if step == whole else f"{step} ({whole})"


def _days_past(batch: Batch, one: DueAsk, today: date) -> int | None:
    try:
        return batch.almanac.of(one.agency).between(one.ask.due_on, today)
    except CalendarEnds:
        return None


def _say(more: Extension) -> str:
    asked = f"{counted(more.working_days, 'working day')} asked for on {more.asked_at.date()}"
    return f"{asked}, {_STATES[more.state]}: {more.reason}"
