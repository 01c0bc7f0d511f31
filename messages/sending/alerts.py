"""Alerts: who is told by letter that something waits, how often, and in which words."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from messages.letters.identity import Identity
from messages.letters.message import Message
from messages.letters.mime import Envelope, assemble, build_skeleton
from messages.letters.shipped import compile_shipped
from messages.writing.commands import name_board
from messages.writing.variables import greet
from store.database import Session
from store.letters import alert
from store.letters.alert import Alerted, AlertKind
from store.letters.delivery import Delivery, DeliveryState
from store.letters.outbox import Claimed
from store.people import board, person
from store.people.board import OfficeRole
from store.people.person import Address, AddressState, Person, first_name_of
from store.surveying import duty

#: However much comes, nobody gets more letters about it than one in this time.
APART = timedelta(hours=1)
#: Subject and body by what waits. They say nothing of anybody, nor what it is.
WORDS: Mapping[AlertKind, tuple[str, str]] = {
    AlertKind.WISH: (
        "Something waits for those on duty",
        "Something waits for those on duty. Open Cascade: `cascade wishes --as EMAIL`, with your own "
        "address.",
    ),
    AlertKind.WORDS: (
        "Something waits to be read",
        "Something waits to be read by those on duty. Open Cascade: `cascade answers SURVEY --words --as "
        "EMAIL`, with your own address; `cascade status` names the survey.",
    ),
    AlertKind.SHUT: (
        "A survey is shut for now",
        "A survey of families asks nothing for now. Open Cascade: `cascade status` says why, and what opens "
        "it again.",
    ),
    AlertKind.NON_RETURNS: (
        "A list of what is still needed is there",
        "A list of what is still needed was published for the board. Open Cascade: `cascade non-returns "
        "show` prints it, and `--out` writes it as a file.",
    ),
}

#: What each of them told, as the record has it.
TOLD: Mapping[AlertKind, str] = {
    AlertKind.WISH: "somebody wishes to be contacted",
    AlertKind.WORDS: "words wait to be read",
    AlertKind.SHUT: "a survey is shut to families",
    AlertKind.NON_RETURNS: "a list of what is still needed is there",
}


def alert_those_on_duty(
    session: Session,
    kind: AlertKind,
    board_id: UUID,
    today: date,
    now: datetime,
    *,
    not_before: datetime | None = None,
) -> int:
    """Tell today's reviewers that something of a kind waits, or the office where nobody is on duty.

    Of words they are told at the full hour, so that the letter tells no better when they were written; with
    `not_before` of either at that moment. Nobody is told twice within an hour: a letter that waits for later
    goes at once instead, and after one that went the next waits for the hour to pass. Those on duty are on
    duty whatever the hour; the office is told within its hours. Tells how many letters were written.
    """
    soon = not_before or (_full_hour(now) if kind is AlertKind.WORDS else now)
    people, is_urgent = _audience(session, kind, board_id, today)
    written = 0
    for one in people:
        before = alert.find_gone(session, kind, board_id, one.person_id)
        at = max(soon, before + APART) if before is not None else soon
        waiting = alert.find_waiting(session, kind, board_id, one.person_id)
        if waiting is not None:
            _hurry(session, waiting, at, is_urgent=is_urgent)
            continue
        # Of two who write at once one alone writes this letter; wishes wait for each other before.
        key = f"{kind.value}:{board_id}:{one.id}:{at.isoformat()}" if kind is AlertKind.WORDS else ""
        alert.add(session, kind, board_id, one, at, now, today, any_hour=is_urgent, key=key)
        written += 1
    return written


def alert_others(
    session: Session, kind: AlertKind, board_id: UUID, today: date, now: datetime, refusing: Collection[UUID]
) -> None:
    """Tell those who were not told yet, since some addresses refuse their letters.

    They are told at another address of their own; where no reviewer can be reached, the office is.
    """
    people, is_urgent = _audience(session, kind, board_id, today, refusing)
    for one in people:
        whose = (session, kind, board_id, one.person_id)
        if alert.find_gone(*whose) is None and alert.find_waiting(*whose) is None:
            alert.add(session, kind, board_id, one, now, now, today, any_hour=is_urgent)


def alert_office(
    session: Session, board_id: UUID, today: date, now: datetime, kind: AlertKind = AlertKind.SHUT
) -> int:
    """Tell the office that something waits; each of them at most once a day. Tells how many there are."""
    told = _addresses(session, _office(session, board_id))
    for one in told:
        key = f"{kind.value}:{board_id}:{one.person_id}:{today}"
        alert.add(session, kind, board_id, one, now, now, today, any_hour=False, key=key)
    return len(told)


def say_told(kind: AlertKind, day: date, counts: Mapping[DeliveryState, int]) -> str:
    """What is told, by the day alone, of letters of a kind to one person."""
    said = ", ".join(f"{count} {state.value}" for state, count in sorted(counts.items()))
    return f"letters that {TOLD[kind]}, on {day}: {said}"


def write_alert(claimed: Claimed, about: Alerted, identity: Identity, deadline: float) -> Message:
    """Write the letter of an alert; the same to the byte however often it is sent."""
    subject, body = WORDS[about.kind]
    letter = compile_shipped(
        subject,
        name_board(body, about.slug),
        board=about.board,
        contact_name=about.contact_name,
        contact_email=about.contact_email,
        contact_phone=about.contact_phone,
    )
    reference = identity.reference(claimed.delivery_id)
    envelope = Envelope(
        message_id=identity.message_id(claimed.delivery_id),
        date=claimed.made_at.astimezone(identity.zone),
        to_name=claimed.name,
        to_address=claimed.address,
        reply_to=identity.reply_to(reference),
    )
    rendered = letter.render({"greeting": greet(first_name_of(claimed.name))})
    whole = assemble(build_skeleton(about.board, identity.mailbox), envelope, rendered)
    return Message(identity.bounce_to(reference), whole, deadline, is_wire=True)


def _full_hour(now: datetime) -> datetime:
    """The next full hour."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _office(session: Session, board_id: UUID) -> list[UUID]:
    """Those who act for a board."""
    roles = (role for role in OfficeRole if role.may_act)
    return [one for role in roles for one in board.officers(session, board_id, role)]


def _audience(
    session: Session, kind: AlertKind, board_id: UUID, today: date, refusing: Collection[UUID] = ()
) -> tuple[list[Address], bool]:
    """Who is to be told, each at one address that does not refuse, and whether at any hour."""
    if kind is not AlertKind.SHUT:
        on_duty = _addresses(session, duty.on_duty(session, board_id, today), refusing)
        if on_duty:
            return on_duty, True
    return _addresses(session, _office(session, board_id), refusing), False


def _addresses(session: Session, people: Iterable[UUID], refusing: Collection[UUID] = ()) -> list[Address]:
    """Where each of some people can be reached, once; whoever cannot is left out."""
    found: dict[UUID, Address] = {}
    for one in people:
        address = person.email_of(session, one)
        is_here = session.get_one(Person, one).left_at is None
        is_good = address is not None and address.state is AddressState.GOOD
        if is_here and address is not None and is_good and address.id not in refusing:
            found[one] = address
    return list(found.values())


def _hurry(session: Session, waiting: Delivery, at: datetime, *, is_urgent: bool) -> None:
    """Let a letter that waits for later go at a moment; one that the server put off keeps its time."""
    when = max(waiting.next_try_at, at) if waiting.attempts else at
    if is_urgent and (not waiting.any_hour or when < waiting.next_try_at):
        alert.bring_forward(session, waiting, when)
