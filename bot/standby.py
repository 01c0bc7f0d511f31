"""Standby: whether somebody reads what families write, and every number shown to them was rung of late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.calendar import office_calendar
from store import board, campaign, chore, installation
from store.campaign import Campaign, CampaignState
from store.chore import ChoreKind
from store.database import Session
from store.form import FormVersion
from store.surveying import code, coverage
from surveys.form import Form
from surveys.helplines import shipped
from surveys.opening import FRONT_DOOR

#: How far ahead a working day is looked for.
HORIZON = timedelta(days=31)
#: Numbers for them are shown to no family.
STAFF = "staff"
#: A pause stops letters; answers are still taken.
TAKING = (CampaignState.LIVE, CampaignState.PAUSED)


@dataclass(frozen=True, slots=True)
class Standby:
    """Who and what stands by for the families of a board."""

    #: The next day on which the board works, and how many reviewers are on its rota.
    next_day: date
    on_next: int
    #: How many are on today's; None on a day on which the board does not work.
    on_today: int | None
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
    found = coverage.look(session, board_id, today, today + HORIZON)
    calendar = office_calendar(found.closed)
    ahead = (today + timedelta(days=count) for count in range(1, HORIZON.days + 1))
    next_day = next((day for day in ahead if calendar.is_working(day)), today + HORIZON)
    shown = [one["key"] for one in shipped() if one["audience"] != STAFF]
    due = [key for key in shown if key not in found.numbers]
    due += [
        key
        for key, one in found.numbers.items()
        if (one.audience != STAFF or key == FRONT_DOOR) and not one.holds_on(today)
    ]
    front_door = found.numbers.get(FRONT_DOOR)
    return Standby(
        next_day=next_day,
        on_next=found.reviewers.get(next_day, 0),
        on_today=found.reviewers.get(today, 0) if calendar.is_working(today) else None,
        has_front_door=front_door is not None and front_door.is_own and front_door.audience != STAFF,
        unchecked=tuple(sorted(due)),
    )


def watch(session: Session, now: datetime, zone: ZoneInfo) -> None:
    """List for each board, once, that its open surveys of families are shut; ticked off when they are not.

    The demonstration is left alone: nobody in need can arrive there. Without a code nobody can anywhere.
    """
    if not code.are_any(session):
        return
    here = installation.row_or_none(session)
    if here is not None and here.virtual_now is not None:
        return
    open_now = [asked for asked in campaign.every(session) if _asks_families(session, asked)]
    for one in board.every(session):
        titles = [asked.title for asked in open_now if asked.board_id == one.id]
        standby = find_standby(session, one.id, now.astimezone(zone).date())
        key = str(one.id)
        if titles and not standby.holds:
            text = f"Shut to families for now: {', '.join(titles)}. {_say(standby)}"
            chore.open_once(session, ChoreKind.STAND_BY, key, text, now, board_id=one.id)
        else:
            chore.finish(session, ChoreKind.STAND_BY, key, "cascade", now)


def _asks_families(session: Session, asked: Campaign) -> bool:
    """Whether an open code leads children or families to a campaign."""
    if asked.state not in TAKING or all(one.is_closed for one in code.of_campaign(session, asked.id)):
        return False
    steps = campaign.open_steps(session, asked.id)
    bodies = (session.get_one(FormVersion, step.form_version_id).body for step in steps)
    return any(Form.from_json(body).is_for_families for body in bodies)


def _say(standby: Standby) -> str:
    """What is missing, and the commands that put it right."""
    return " ".join(_reasons(standby))


def _reasons(standby: Standby) -> Iterable[str]:
    if standby.on_today == 0:
        yield "Nobody is on duty today: cascade duty EMAIL --from DAY puts somebody on."
    if not standby.on_next:
        yield (
            f"Nobody is on duty on the next working day, {standby.next_day:%d/%m/%Y}: "
            f"cascade duty EMAIL --from {standby.next_day} puts somebody on."
        )
    if not standby.has_front_door:
        yield f"The board's own number is not set: cascade helplines set {FRONT_DOOR}."
    if standby.unchecked:
        yield f"Ring these numbers, then: cascade helplines check {' '.join(standby.unchecked)}"
