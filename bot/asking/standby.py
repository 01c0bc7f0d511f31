"""Standby: whether somebody reads what families write, and every number shown to them was rung of late."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.days.calendar import office_calendar
from messages.sending.alerts import alert_office
from messages.writing.commands import name_board
from store import chore, installation
from store.asking.campaign import TAKING
from store.chore import ChoreKind
from store.database import Session
from store.people import board
from store.surveying import code, presence
from store.surveying.helpline import is_checked
from surveys.forms.form import Form
from surveys.helplines import shipped
from surveys.open.opening import FRONT_DOOR, REVIEWERS

#: How far ahead a working day is looked for.
HORIZON = timedelta(days=31)
#: Numbers for them are shown to no family.
STAFF = "staff"


#: So many working days ahead a rota that runs out is told of.
WARNED_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Standby:
    """Who and what stands by for the families of a board."""

    #: The next day on which the board works, and how many reviewers are on its rota.
    next_day: date
    on_next: int
    #: How many are on today's; None on a day on which the board does not work and nobody is.
    on_today: int | None
    #: The next day on which anybody is, within the horizon.
    read_on: date | None
    #: The coming working days that have too few reviewers, with how many they have.
    short: Mapping[date, int]
    #: Whether the number of the board's own area is shown.
    has_front_door: bool
    #: The keys of numbers for families that nobody has checked of late.
    unchecked: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether pages of families may ask anything now; to launch a survey more is needed."""
        is_read = self.on_next > 0 and self.on_today != 0
        return is_read and self.has_front_door and not self.unchecked


def find_standby(session: Session, board_id: UUID, today: date) -> Standby:
    """Who and what stands by on a day; one statement, since every page asks."""
    found = presence.look(session, board_id, today, today + HORIZON)
    calendar = office_calendar(found.closed)
    days = [today + timedelta(days=count) for count in range(1, HORIZON.days + 1)]
    working = list(islice(filter(calendar.is_working, days), WARNED_AHEAD))
    next_day = working[0] if working else today + HORIZON
    shown = [one["key"] for one in shipped() if one["audience"] != STAFF]
    due = [key for key in shown if key not in found.numbers]
    due += [
        key
        for key, one in found.numbers.items()
        if (one.audience != STAFF or key == FRONT_DOOR) and not is_checked(one.last_checked_on, today)
    ]
    front_door = found.numbers.get(FRONT_DOOR)
    reviewers = found.reviewers
    on_today = reviewers.get(today, 0)
    return Standby(
        next_day=next_day,
        on_next=reviewers.get(next_day, 0),
        on_today=on_today if on_today or calendar.is_working(today) else None,
        read_on=next((day for day in days if reviewers.get(day)), None),
        short={day: reviewers.get(day, 0) for day in working if reviewers.get(day, 0) < REVIEWERS},
        has_front_door=front_door is not None and front_door.is_own and front_door.audience != STAFF,
        unchecked=tuple(sorted(due)),
    )


def watch(session: Session, now: datetime, zone: ZoneInfo) -> None:
    """List for each board that its open surveys of families are shut, and days on which too few would read.

    Each is listed once, ticked off when it is mended, and the office is told by letter of what is newly shut.
    The demonstration is left alone: nobody in need can arrive there. Without a code nobody can anywhere.
    """
    if not code.are_any(session):
        return
    here = installation.row_or_none(session)
    if here is not None and here.virtual_now is not None:
        return
    today, titles = now.astimezone(zone).date(), _titles_by_board(session)
    for one in board.every(session):
        standby = find_standby(session, one.id, today)
        _watch_pages(session, one.id, titles.get(one.id, ()), standby, today, now)
        _watch_rota(session, one.id, standby.short if one.id in titles else {}, now)


def _titles_by_board(session: Session) -> dict[UUID, list[str]]:
    """The campaigns in which an open code leads children or families to a form, by board."""
    found: dict[UUID, list[str]] = {}
    for asked, version in code.forms_behind(session, TAKING):
        titles = found.setdefault(asked.board_id, [])
        if asked.title not in titles and Form.from_json(version.body).is_for_families:
            titles.append(asked.title)
    return {board_id: titles for board_id, titles in found.items() if titles}


def _watch_pages(
    session: Session, board_id: UUID, titles: Collection[str], standby: Standby, today: date, now: datetime
) -> None:
    key = str(board_id)
    if not titles or standby.holds:
        chore.finish(session, ChoreKind.STAND_BY, key, "cascade", now)
        return
    is_new = not chore.is_open(session, ChoreKind.STAND_BY, key)
    told = f"Shut to families for now: {', '.join(titles)}. {_say(standby)}"
    text = name_board(told, board.slug_to_say(session, board_id))
    chore.open_once(session, ChoreKind.STAND_BY, key, text, now, board_id=board_id)
    if is_new:
        alert_office(session, board_id, today, now)


def _watch_rota(session: Session, board_id: UUID, short: Mapping[date, int], now: datetime) -> None:
    wanted = {f"{board_id}:{day}": (day, count) for day, count in short.items()}
    slug = board.slug_to_say(session, board_id) if wanted else ""
    for key, (day, count) in wanted.items():
        who = "Only one of two reviewers is" if count else "Nobody is"
        text = (
            f"{who} on duty on {day:%d/%m/%Y}, to read what families write: cascade duty EMAIL "
            f"--name NAME --from {day} puts somebody on."
        )
        chore.open_once(session, ChoreKind.ROTA, key, name_board(text, slug), now, board_id=board_id)
    for key in chore.keys_open(session, ChoreKind.ROTA, board_id) - wanted.keys():
        chore.finish(session, ChoreKind.ROTA, key, "cascade", now)


def _say(standby: Standby) -> str:
    """What is missing, and the commands that put it right."""
    return " ".join(_reasons(standby))


def _reasons(standby: Standby) -> Iterable[str]:
    if standby.on_today == 0:
        yield "Nobody is on duty today: cascade duty EMAIL --name NAME --from DAY puts somebody on."
    if not standby.on_next:
        yield (
            f"Nobody is on duty on the next working day, {standby.next_day:%d/%m/%Y}: "
            f"cascade duty EMAIL --name NAME --from {standby.next_day} puts somebody on."
        )
    if not standby.has_front_door:
        yield f"The board's own number is not set: cascade helplines set {FRONT_DOOR}."
    if standby.unchecked:
        yield f"Ring these numbers, then: cascade helplines check {' '.join(standby.unchecked)}"
