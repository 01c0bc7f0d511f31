"""Explain: for one person, every decision in order with its reason; and why nothing, if they got nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID

from messages.chasing.addressees import ASKED, names_of
from messages.chasing.ladder import Ladder
from messages.launching.audience import Audience
from messages.letters.counted import counted
from messages.letters.seat_words import say_seat, seat_meant
from messages.sending.alerts import say_told
from store import history
from store.asking import campaign
from store.asking.campaign import Campaign, CampaignState
from store.database import Session
from store.history import Answered, Noted, Touched
from store.letters import alert
from store.letters.alert import Told
from store.letters.delivery import DeliveryState
from store.letters.touch import TouchState
from store.people import agency, booking, seat
from store.people.agency import Agency
from store.people.board import Board
from store.people.person import Person
from store.people.seat import Seat

#: Whoever has an ask in the place of the seat that is asked, as the author of a report.
COLLEAGUE = "colleague it was handed to"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened or was decided."""

    at: datetime
    #: The ask's public reference, the campaign, or empty.
    about: str
    what: str
    reason: str
    #: The person's address, or the rule.
    by: str


@dataclass(frozen=True, slots=True)
class Absence:
    """A campaign that sent a person nothing, and why."""

    slug: str
    reason: str


@dataclass(frozen=True, slots=True)
class Account:
    """All that is known of a person's part in one campaign, or in all."""

    lines: tuple[Line, ...]
    absences: tuple[Absence, ...]


def explain(session: Session, person: Person, wanted: Campaign | None = None) -> Account:
    """Tell what happened around a person, or did not, in the order in which it happened."""
    asks = history.asks_around(session, person.id, wanted.id if wanted else None)
    agencies = {where.id for _, where in seat.held_by(session, person.id)}
    touches = history.touches(session, asks)
    schools = agency.schools(session)
    lines = [
        *map(
            _of_decision, history.decisions(session, person.id, asks, agencies, wanted.id if wanted else None)
        ),
        *(line for touched in touches for line in _of_touch(touched, is_school=touched.agency in schools)),
        *map(_of_response, history.responses(session, asks)),
        *map(_of_alert, alert.of_person(session, person.id)),
    ]
    lines.sort(key=lambda line: line.at)
    reached = {touched.slug for touched in touches if touched.touch.person_id == person.id}
    candidates = [wanted] if wanted else campaign.every(session)
    absences = [
        Absence(one.slug, reason)
        for one in candidates
        if one.slug not in reached and (reason := _why_nothing(session, person, one, sure=wanted is not None))
    ]
    return Account(tuple(lines), tuple(absences))


def _of_decision(noted: Noted) -> Line:
    decision = noted.decision
    about = noted.slug or ""
    if noted.slug and noted.number is not None:
        about = f"{noted.slug}-{noted.number}"
    reason = decision.reason
    if noted.number is None and noted.agency:
        reason = f"{noted.agency}: {reason}"
    return Line(decision.at, about, decision.what, reason, decision.by)


def _of_touch(touched: Touched, *, is_school: bool) -> Iterator[Line]:
    """A touch is one line when it was climbed, one when it was dropped, and one for its message."""
    touch, about = touched.touch, f"{touched.slug}-{touched.number}"
    meant = seat_meant(
        touch.role,
        is_school=is_school,
        is_personal=touched.is_personal,
        asked_as=touched.asked_role.value,
    )
    is_handed = touch.role == ASKED and touch.person_id is not None and touch.person_id == touched.delegate_id
    seat = COLLEAGUE if is_handed else say_seat(touch.role, meant)
    letter = f"“{touch.rung}” to the {seat}" + (f", {touched.person}" if touched.person else "")
    version = f"; words version {touched.words_version}" if touched.words_version else ""
    if touched.carried > 1:
        version = f"; in one message with {touched.carried - 1} more, in the words of a digest"
    match touch.state:
        case TouchState.SKIPPED:
            yield Line(touch.climbed_at, about, "no letter", f"{letter}: {touch.reason}", "the ladder")
        case TouchState.DROPPED | TouchState.HELD:
            ended = "dropped" if touch.state is TouchState.DROPPED else "held back"
            yield Line(touch.climbed_at, about, "climbed", f"{letter}{version}", "the ladder")
            yield Line(touch.climbed_at, about, ended, f"{letter}: {touch.reason}", "the sender")
        case TouchState.DRAFTED:
            yield Line(touch.climbed_at, about, "drafted", f"{letter}: {touch.reason}{version}", "the ladder")
        case TouchState.TO_SEND | TouchState.SENT | TouchState.REFUSED | TouchState.DOUBTFUL:
            why = f": {touch.reason}" if touch.reason and touch.state is TouchState.SENT else ""
            yield Line(touch.climbed_at, about, "climbed", f"{letter}{why}{version}", "the ladder")
    if (
        touch.state is TouchState.TO_SEND
        and touch.delivery_id is None
        and touch.not_before > touch.climbed_at
    ):
        day = f"{touch.not_before:%Y-%m-%d}"
        text = f"{letter}: it goes with the next message to them, at the latest on {day}"
        yield Line(touch.climbed_at, about, "waits", text, "the contact budget")
    yield from _of_delivery(touched, about, letter)


def _of_delivery(touched: Touched, about: str, letter: str) -> Iterator[Line]:
    delivery, to = touched.delivery, f"to {touched.address}"
    if delivery is None:
        return
    if delivery.doubted_at is not None:
        # Whatever became of it after: it may have arrived by then.
        reason = f"{letter}, {to}: it may or may not have gone: {delivery.error}"
        yield Line(delivery.doubted_at, about, "doubtful", reason, "the sender")
    if touched.touch.state in (TouchState.SKIPPED, TouchState.DROPPED, TouchState.HELD):
        return
    match delivery.state:
        case DeliveryState.SENT:
            said = f"{letter}, {to}; the server said: {delivery.reference or 'nothing'}"
            yield Line(delivery.sent_at or delivery.made_at, about, "sent", said, "the sender")
        case DeliveryState.REFUSED:
            said = f"{letter}, {to}: {delivery.error or touched.touch.reason}"
            yield Line(delivery.next_try_at, about, "refused", said, "the mail server")
        case DeliveryState.WAITING | DeliveryState.SENDING:
            last = f"; last time: {delivery.error}" if delivery.error else ""
            yield Line(delivery.made_at, about, "waits to go", f"{letter}, {to}{last}", "the sender")
        case DeliveryState.DOUBTFUL | DeliveryState.DROPPED:
            return


def _of_response(answered: Answered) -> Line:
    given = answered.response
    later = "; a later answer took its place" if given.superseded_by else ""
    reason = f"{counted(len(given.answers), 'answer')} by {answered.source.value}{later}"
    by = answered.author or given.entered_by or "somebody at the agency"
    entered = f", entered by {given.entered_by}" if answered.author and given.entered_by else ""
    return Line(given.at, f"{answered.slug}-{answered.number}", "answer kept", reason, by + entered)


def _of_alert(told: Told) -> Line:
    """What no night has noted yet is told as the night will tell it: by the day alone."""
    said = say_told(told.kind, told.day, {told.state: told.number})
    return Line(datetime.combine(told.day, time(), UTC), "", "alerts", said, "the sender")


def _why_nothing(session: Session, person: Person, one: Campaign, *, sure: bool) -> str:
    """Why a campaign has not written to a person; empty where it is none of their business, unless `sure`."""
    held = history.seats_of(session, person.id, one.board_id)
    if one.is_personal:
        held = []
    booked = booking.of_person(session, one.id, person.id) if one.is_personal else None
    if not held and booked is None and not sure:
        return ""
    if one.state in (CampaignState.DRAFT, CampaignState.LAUNCHING):
        return f"it has not been launched; `cascade plan {one.slug}` tells what they would get"
    if person.left_at is not None:
        return f"{person.name} has left"
    if one.is_personal:
        return (
            f"{person.name} is booked, and no letter to them has come up yet"
            if booked
            else f"{person.name} has no booking in it; `cascade top-up {one.slug} --people FILE` adds one"
        )
    if not held:
        board = session.get_one(Board, one.board_id)
        return f"{person.name} holds no seat with {board.name}"
    return "; ".join(_why_not_there(session, person, one, place, where) for place, where in held)


def _why_not_there(session: Session, person: Person, one: Campaign, place: Seat, where: Agency) -> str:
    left_out = Audience.from_json(one.audience).leaves_out(where.sector, where.folded)
    if left_out:
        return f"{where.name} was left out: {left_out}"
    asks = history.asks_of_agency(session, one.id, where.id)
    if not asks:
        return f"{where.name} joined after the launch; `cascade top-up {one.slug}` asks it too"
    names = names_of(place.role.value, is_school=where.is_school)
    rungs = [_rungs_of(session, step.id, names) for _, step in asks]
    named = [rung for some in rungs for rung in some]
    if place.role is asks[0][1].role:
        return f"{where.name} is asked, and no letter to {person.name} has come up yet"
    if not named:
        return f"no rung of {one.slug} is for a {place.role.words}, which is their seat at {where.name}"
    return (
        f"as {place.role.words} of {where.name} they are written to from rung “{named[0]}”, "
        "which has not been climbed"
    )


def _rungs_of(session: Session, step_id: UUID, names: set[str]) -> list[str]:
    ladder = Ladder.from_json(campaign.ladder(session, step_id).rungs)
    return [rung.name for rung in ladder.rungs if names & set(rung.to)]
