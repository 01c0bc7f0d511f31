"""Launch: turn a campaign and its audience into asks, in chunks, with one flip to live at the end."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.days.almanac import Almanac
from messages.days.calendar import CalendarEnds, WorkingCalendar
from messages.launching.audience import Audience
from messages.launching.opening import day_for
from messages.letters.counted import counted
from store.asking import campaign, invitation, making
from store.asking.ask import AskState
from store.asking.campaign import Campaign, CampaignState, Step
from store.asking.lesson import Lesson, Priority
from store.asking.making import Placed
from store.base import ordered_ids
from store.database import Session
from store.decision import note, note_about
from store.people.agency import Agency

#: Seats or bookings dealt with in one transaction: no other writer waits long for it.
CHUNK = 1000
#: The questions by which agencies tell how many staff they have.
STAFF = ("staff", "staff_in_scope")
#: The question by which they tell how many they pay, and below how many a short form will do.
PAID_STAFF = ("paid_staff",)
SMALL = 50
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
    if wanted.is_personal:
        return
    roles = {step.role for step in campaign.asked_steps(session, wanted.id)}
    making.ensure_seats(session, wanted.board_id, roles)


def make_asks(
    session: Session, campaign_id: UUID, after: UUID | None, now: datetime, zone: ZoneInfo, limit: int = CHUNK
) -> UUID | None:
    """Make the asks of the next seats or bookings; gives back the last one dealt with, None when all are.

    Asks that stand already are left as they are, so a repeat resumes where a launch was cut off; only their
    due dates are counted anew until the campaign goes live, as a repeat may come days later.
    """
    # Two launches at once take turns, chunk by chunk: the second finds the asks that the first has made.
    wanted = session.get_one(Campaign, campaign_id, with_for_update=True)
    steps = campaign.asked_steps(session, campaign_id)
    placed = places(session, wanted, steps, after, limit)
    if not placed:
        return None
    audience, almanac = Audience.from_json(wanted.audience), Almanac(session)
    number = making.last_number(session, campaign_id)
    today = now.astimezone(zone).date()
    small = find_small(session, wanted, steps, placed)
    asked = [place for place in placed if not _left_out(session, wanted, audience, place, now)]
    rows: list[dict[str, Any]] = []
    for step in steps:
        standing = making.already_asked(session, step.id, asked)
        if standing:
            _ask_again(session, step, almanac, asked, now, today)
        if wanted.state is CampaignState.LAUNCHING:
            days = {p.asked: due_date(step, almanac, p.agency, today) for p in asked if p.asked in standing}
            making.set_due(session, step.id, days)
        new = [place for place in asked if place.asked not in standing]
        opening = now if _opens_at_once(wanted, steps, step) else None
        for made, place in zip(ordered_ids(len(new)), new, strict=True):
            number += 1
            due = due_date(step, almanac, place.agency, today)
            row = _row(made, wanted, step, place, number, due, opening)
            rows.append(row | own_form(step, place.agency, small))
    making.add(session, rows)
    if campaign.open_steps(session, campaign_id):
        _invite(session, wanted, [place.agency for place in asked], now)
    return placed[-1].id


def places(
    session: Session, wanted: Campaign, steps: Sequence[Step], after: UUID | None, limit: int = CHUNK
) -> list[Placed]:
    """The next seats, or people booked, that a campaign's steps are put to, after one dealt with."""
    if not steps:
        return []
    if wanted.is_personal:
        return making.booked(session, wanted.id, after, limit)
    return making.seats(session, wanted.board_id, steps[0].role, after, limit)


def find_small(
    session: Session, wanted: Campaign, steps: Sequence[Step], placed: Sequence[Placed]
) -> dict[UUID, str]:
    """The agencies that are asked the short form of a step that has one, and by which number of staff.

    The directory's number counts, else what the agency itself has told the board.
    """
    if not any(step.small_form_version_id for step in steps):
        return {}
    agencies = {place.agency.id: place.agency for place in placed}
    told = invitation.numbers_told(session, wanted.board_id, list(agencies), PAID_STAFF)
    known = {key: told.get(key) or None if one.staff is None else one.staff for key, one in agencies.items()}
    small = [key for key, staff in known.items() if staff is not None and staff < SMALL]
    return {key: _say_staff(agencies[key].staff, told.get(key)) for key in small}


def _say_staff(listed: int | None, told: int | None) -> str:
    if listed is None:
        return f"it has told us of {counted(told or 0, 'member')} of staff"
    other = f", though it has told us of {told}" if told and told != listed else ""
    return f"the directory says {listed} staff{other}"


def own_form(step: Step, where: Agency, small: Collection[UUID]) -> dict[str, Any]:
    """The form of an ask and its minutes, where they are not those of its step."""
    is_short = step.small_form_version_id is not None and where.id in small
    return {
        "form_version_id": step.small_form_version_id if is_short else None,
        "minutes": step.small_minutes if is_short else None,
    }


def _invite(session: Session, wanted: Campaign, agencies: list[Agency], now: datetime) -> None:
    """Give each agency asked the code that its staff answer by."""
    told = invitation.numbers_told(session, wanted.board_id, [one.id for one in agencies], STAFF)
    invitation.ensure_codes(session, wanted, agencies, told, CEILING, now)


def _ask_again(
    session: Session, step: Step, almanac: Almanac, asked: list[Placed], now: datetime, today: date
) -> None:
    """Ask agencies again that had left the board and are back: what they owed was called back meanwhile."""
    agencies = {place.seat_id: place.agency for place in asked if place.seat_id is not None}
    for back in making.called_back(session, step.id, list(agencies)) if agencies else ():
        if back.seat_id is None:
            continue
        due = due_date(step, almanac, agencies[back.seat_id], today)
        if making.ask_again(session, back, due, now):
            note_about(session, back, now, "asked again", "the agency is a member again", "the launch")


def open_some(
    session: Session, campaign_id: UUID, after: int, now: datetime, limit: int = CHUNK
) -> tuple[int | None, int]:
    """Open the next first asks of a launch that was cut off, so that the flip has few to open.

    Gives back the last number dealt with, None when all but the flip's are, and how many. Nobody looks at
    them until the campaign is live; where it is, as by another launch, nothing is opened.
    """
    wanted = session.get_one(Campaign, campaign_id, with_for_update=True)
    if wanted.state is not CampaignState.LAUNCHING:
        return None, 0
    return making.open_some(session, campaign_id, after, limit, now)


def opened_at(session: Session, campaign_id: UUID, now: datetime) -> tuple[int, int]:
    """How many first asks stand open since this moment, and up to which number no other is left."""
    return making.opened_at(session, campaign_id, now)


def go_live(
    session: Session, wanted: Campaign, now: datetime, by: str, opened: int = 0, after: int = 0
) -> int:
    """Flip a campaign to live, its first asks with it; tells how many people are asked now.

    `opened` is how many stand open already, and `after` the number up to which they all do.
    """
    if not making.set_state(session, wanted.id, [CampaignState.LAUNCHING], CampaignState.LIVE, now):
        return 0
    opened += making.open_first(session, wanted.id, now, after, anew=True)
    why = f"{opened} asked" + (f"; urgent: {wanted.urgent_reason}" if wanted.urgent_reason else "")
    note(session, now, "launched", why, by, board_id=wanted.board_id, campaign_id=wanted.id)
    return opened


def top_up(session: Session, wanted: Campaign, now: datetime, by: str) -> int:
    """Make live the first asks of agencies that joined, or people booked, since the launch; say how many."""
    opened = making.open_first(session, wanted.id, now)
    note(session, now, "topped up", f"{opened} asked", by, board_id=wanted.board_id, campaign_id=wanted.id)
    return opened


def due_date(step: Step, almanac: Almanac, agency: Agency, today: date) -> date:
    """When a step falls due for somebody of an agency, in its working days.

    Where school terms are not imported far enough the board's own calendar stands in; `plan` lists it.
    """
    try:
        return _due(step, almanac.of(agency), agency, today)
    except CalendarEnds:
        return _due(step, almanac.office(), agency, today)


def _due(step: Step, calendar: WorkingCalendar, agency: Agency, today: date) -> date:
    if step.due_on is not None:
        return calendar.settle_deadline(step.due_on)
    opens = today if step.opens_on is None else max(today, day_for(step.opens_on, agency))
    # Counted from the day on which the first letter can go.
    return calendar.add(calendar.next_working(opens), step.due_days)


def why_left_out(audience: Audience, place: Placed) -> str:
    """Why a place is not asked; empty when it is."""
    return place.gone or audience.leaves_out(place.agency.sector, place.agency.folded)


def _left_out(session: Session, wanted: Campaign, audience: Audience, place: Placed, now: datetime) -> bool:
    why = why_left_out(audience, place)
    if why:
        note(
            session,
            now,
            "left out",
            why,
            "the audience",
            board_id=wanted.board_id,
            campaign_id=wanted.id,
            agency_id=place.agency.id,
            person_id=place.person_id,
        )
    return bool(why)


def _opens_at_once(wanted: Campaign, steps: Sequence[Step], step: Step) -> bool:
    """Whether asks are made open: a launch's first. Nobody looks at them until the campaign is live."""
    return wanted.state is CampaignState.LAUNCHING and step is steps[0] and step.opens_on is None


def _row(
    made: UUID, wanted: Campaign, step: Step, place: Placed, number: int, due: date, opening: datetime | None
) -> dict[str, Any]:
    return {
        "id": made,
        "board_id": wanted.board_id,
        "campaign_id": wanted.id,
        "step_id": step.id,
        "number": number,
        "seat_id": place.seat_id,
        "person_id": place.person_id,
        "agency_id": place.agency.id,
        "occasion": "",
        "state": AskState.ASKED if opening else AskState.PENDING,
        "asked_at": opening,
        "round_began_at": opening,
        "next_touch_at": opening,
        "original_due_on": due,
        "due_on": due,
        "generation": 0,
        "round": 1,
    }
