"""Alerts: who is told by letter that something waits, how often, and in which words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from messages.identity import Identity
from messages.message import Message
from messages.mime import Envelope, assemble, build_skeleton
from messages.render import LetterSpec, compile_letter
from messages.words import PreparedWords, prepare
from messages.writing.expressions import LetterError
from messages.writing.variables import greet
from store import alert, board, person
from store.alert import Alerted, AlertKind
from store.board import OfficeRole
from store.database import Session
from store.delivery import DeliveryState
from store.outbox import Claimed
from store.person import Address, AddressState, Person, first_name_of
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
        "Something waits to be read by those on duty. Open Cascade: `cascade status` says what, and how you "
        "read it.",
    ),
    AlertKind.SHUT: (
        "A survey is shut for now",
        "A survey of families asks nothing for now. Open Cascade: `cascade status` says why, and what opens "
        "it again.",
    ),
}


def alert_those_on_duty(
    session: Session, kind: AlertKind, board_id: UUID, today: date, now: datetime, *, any_hour: bool
) -> int:
    """Tell today's reviewers that something of a kind waits, or the office where nobody is on duty.

    Of words they are told at the full hour, so that the letter tells no better when they were written. Nobody
    is told twice within an hour: while a letter waits it will do, and after one the next waits for the
    hour to pass. With `any_hour` it does not wait for office hours, as those on duty are on duty; the office
    is told within them. Tells how many letters were written.
    """
    on_duty = _addresses(session, duty.on_duty(session, board_id, today))
    written = 0
    for one in on_duty or _addresses(session, _office(session, board_id)):
        before = alert.latest(session, kind, board_id, one.person_id)
        if before is not None and before.state is DeliveryState.WAITING:
            continue
        soon = _full_hour(now) if kind is AlertKind.WORDS else now
        at = max(soon, before.next_try_at + APART) if before is not None else soon
        urgent = any_hour and bool(on_duty)
        alert.add(session, kind, board_id, one, at, now, today, any_hour=urgent)
        written += 1
    return written


def alert_office(session: Session, board_id: UUID, today: date, now: datetime) -> None:
    """Tell the office that a survey is shut to families; each of them at most once a day."""
    for one in _addresses(session, _office(session, board_id)):
        key = f"{AlertKind.SHUT.value}:{board_id}:{one.person_id}:{today}"
        alert.add(session, AlertKind.SHUT, board_id, one, now, now, today, any_hour=False, key=key)


def write_alert(claimed: Claimed, about: Alerted, identity: Identity, deadline: float) -> Message:
    """Write the letter of an alert; the same to the byte however often it is sent."""
    subject, body = WORDS[about.kind]
    words = prepare(subject, body)
    if not isinstance(words, PreparedWords):
        raise LetterError(f"the shipped words of an alert cannot be written: {words[0]}")
    fixed = {
        "board": about.board,
        "contact_name": about.contact_name,
        "contact_email": about.contact_email,
        "contact_phone": about.contact_phone,
    }
    letter = compile_letter(LetterSpec(words, subject, fixed))
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


def _addresses(session: Session, people: Iterable[UUID]) -> list[Address]:
    """Where each of some people can be reached, once; whoever cannot is left out."""
    found: dict[UUID, Address] = {}
    for one in people:
        address = person.email_of(session, one)
        is_here = session.get_one(Person, one).left_at is None
        if is_here and address is not None and address.state is AddressState.GOOD:
            found[one] = address
    return list(found.values())
