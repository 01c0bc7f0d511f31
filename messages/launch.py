"""Launch: turn a campaign and its audience into asks, in chunks, with one flip to live at the end."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.almanac import Almanac
from messages.audience import Audience
from messages.calendar import CalendarEnds, WorkingCalendar
from store import campaign, invitation, making
from store.agency import Agency
from store.ask import AskState
from store.base import ordered_id
from store.campaign import Campaign, CampaignState, Step
from store.database import Session
from store.decision import note, note_about
from store.lesson import Lesson, Priority
from store.making import Placed

#: Seats dealt with in one transaction: no other writer waits long for it.
CHUNK = 1000
#: The questions by which agencies tell how many staff they have.
STAFF = ("staff", "staff_in_scope")
#: Answers that are plausible from an agency that has not told.
CEILING = 200


def may_launch(session: Session, wanted: Campaign) -> str:
    """Why a campaign cannot be launched; empty when it can."""
    if wanted.state not in (CampaignState.DRAFT, CampaignState.LAUNCHING):
        return f"{wanted.slug} is {wanted.state.value} already"
    if wanted.priority is Priority.URGENT and not wanted.urgent_reason:
        return f"{wanted.slug} is urgent without a reason: say why, with --urgent-because"
    if wanted.lesson_id is not None and session.get(Lesson, wanted.lesson_id) is None:
        return f"the lesson of {wanted.slug} is gone"
    if not campaign.steps(session, wanted.id):
        return f"{wanted.slug} has no steps"
    return ""


def begin(session: Session, wanted: Campaign, now: datetime) -> None:
    """Begin a launch, or take up one that was cut off. Nothing is due until `go_live`."""
    making.set_state(session, wanted.id, [CampaignState.DRAFT], CampaignState.LAUNCHING, now)
    roles = {step.role for step in campaign.asked_steps(session, wanted.id)}
    making.ensure_seats(session, wanted.board_id, roles)


def make_asks(
    session: Session, campaign_id: UUID, after: UUID | None, now: datetime, zone: ZoneInfo, limit: int = CHUNK
) -> UUID | None:
    """Make the asks of the next seats; gives back the last seat dealt with, None when all are.

    Asks that stand already are left as they are, so a repeat resumes where a launch was cut off; only their
    due dates are counted anew until the campaign goes live, as a repeat may come days later.
    """
    # Two launches at once take turns, chunk by chunk: the second finds the asks that the first has made.
    wanted = session.get_one(Campaign, campaign_id, with_for_update=True)
    steps = campaign.asked_steps(session, campaign_id)
    placed = making.seats(session, wanted.board_id, steps[0].role, after, limit) if steps else []
    if not placed:
        return None
    audience, almanac = Audience.from_json(wanted.audience), Almanac(session)
    number = making.last_number(session, campaign_id)
    today = now.astimezone(zone).date()
    seats = [seat for seat in placed if not _left_out(session, wanted, audience, seat, now)]
    rows: list[dict[str, Any]] = []
    for step in steps:
        _ask_again(session, step, almanac, seats, now, today)
        standing = making.already_asked(session, step.id, [seat.seat_id for seat in seats])
        if wanted.state is CampaignState.LAUNCHING:
            late = [seat for seat in seats if seat.seat_id in standing]
            making.set_due(session, step.id, {s.seat_id: due_date(step, almanac, s, today) for s in late})
        for seat in (seat for seat in seats if seat.seat_id not in standing):
            number += 1
            due = due_date(step, almanac, seat, today)
            rows.append(_row(wanted, step, seat, number, due))
    making.add(session, rows)
    if campaign.open_steps(session, campaign_id):
        _invite(session, wanted, [seat.agency for seat in seats], now)
    return placed[-1].seat_id


def _invite(session: Session, wanted: Campaign, agencies: list[Agency], now: datetime) -> None:
    """Give each agency asked the code that its staff answer by."""
    told = invitation.numbers_told(session, wanted.board_id, [one.id for one in agencies], STAFF)
    invitation.ensure_codes(session, wanted, agencies, told, CEILING, now)


def _ask_again(
    session: Session, step: Step, almanac: Almanac, seats: list[Placed], now: datetime, today: date
) -> None:
    """Ask agencies again that had left the board and are back: what they owed was called back meanwhile."""
    places = {seat.seat_id: seat for seat in seats}
    for back in making.called_back(session, step.id, list(places)):
        if back.seat_id is None:
            continue
        due = due_date(step, almanac, places[back.seat_id], today)
        if making.ask_again(session, back, due, now):
            note_about(session, back, now, "asked again", "the agency is a member again", "the launch")


def go_live(session: Session, wanted: Campaign, now: datetime, by: str) -> int:
    """Flip a campaign to live, its first asks with it; tells how many people are asked now."""
    if not making.set_state(session, wanted.id, [CampaignState.LAUNCHING], CampaignState.LIVE, now):
        return 0
    opened = making.open_first(session, wanted.id, now)
    why = f"{opened} asked" + (f"; urgent: {wanted.urgent_reason}" if wanted.urgent_reason else "")
    note(session, now, "launched", why, by, board_id=wanted.board_id, campaign_id=wanted.id)
    return opened


def top_up(session: Session, wanted: Campaign, now: datetime, by: str) -> int:
    """Make live the first asks of agencies that joined since the launch; tells how many."""
    opened = making.open_first(session, wanted.id, now)
    note(session, now, "topped up", f"{opened} asked", by, board_id=wanted.board_id, campaign_id=wanted.id)
    return opened


def due_date(step: Step, almanac: Almanac, seat: Placed, today: date) -> date:
    """When a step falls due for one seat, in its agency's working days.

    Where school terms are not imported far enough the board's own calendar stands in; `plan` lists it.
    """
    try:
        return _due(step, almanac.of(seat.agency), today)
    except CalendarEnds:
        return _due(step, almanac.office(), today)


def _due(step: Step, calendar: WorkingCalendar, today: date) -> date:
    if step.due_on is not None:
        return calendar.settle_deadline(step.due_on)
    # Counted from the day on which the first letter can go.
    return calendar.add(calendar.next_working(today), step.due_days)


def _left_out(session: Session, wanted: Campaign, audience: Audience, seat: Placed, now: datetime) -> bool:
    why = audience.leaves_out(seat.agency.sector, seat.agency.folded)
    if why:
        note(
            session,
            now,
            "left out",
            why,
            "the audience",
            board_id=wanted.board_id,
            campaign_id=wanted.id,
            agency_id=seat.agency.id,
        )
    return bool(why)


def _row(wanted: Campaign, step: Step, seat: Placed, number: int, due: date) -> dict[str, Any]:
    return {
        "id": ordered_id(),
        "board_id": wanted.board_id,
        "campaign_id": wanted.id,
        "step_id": step.id,
        "number": number,
        "seat_id": seat.seat_id,
        "agency_id": seat.agency.id,
        "state": AskState.PENDING,
        "original_due_on": due,
        "due_on": due,
        "generation": 0,
        "round": 1,
    }
