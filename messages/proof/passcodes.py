"""Passcodes: a letter with six digits to the address on file, and what typing them proves."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.letters.identity import Identity
from messages.letters.message import Message
from messages.letters.mime import Envelope, assemble, build_skeleton
from messages.letters.shipped import compile_shipped
from messages.proof.links import Keyring
from messages.proof.passes import match_six, six_digits
from messages.writing.variables import greet
from store.database import Session
from store.decision import note
from store.letters import passcode
from store.letters.outbox import Claimed
from store.letters.passcode import LIFE, CodeSent, PasscodePurpose
from store.people import board, person, seat
from store.people.person import Address, AddressState, Person, first_name_of

#: Asked for again within this time, nothing new is written: the first letter is on its way.
APART = timedelta(minutes=1)
#: Letters with digits that one person gets within an hour, however often they are asked for.
MOST_AN_HOUR = 5
#: Why digits were asked for, as the letter and the record say it.
WHY = {
    PasscodePurpose.MY: "to see all that you are asked for",
    PasscodePurpose.HAND_OVER: "to hand a question over, with your link,",
}
SUBJECT = "Your six digits for the pages of {board}"
#: Everything that somebody needs who did not ask for it.
BODY = """At {at} somebody asked, on our pages, {why}{about}. If that was you, type these six digits there:

**{digits}**

They hold for {minutes} minutes and open one thing once. If it was not you, nothing needs to be done: nobody \
sees or changes anything without them.

Nobody of {board}, and nobody else, will ever ask you for these digits, in a letter or by telephone. Please \
give them to no one."""


def ask_for(
    session: Session,
    email: str,
    purpose: PasscodePurpose,
    now: datetime,
    zone: ZoneInfo,
    *,
    board_id: UUID | None = None,
    about: str = "",
) -> bool:
    """Write a letter with digits where an address is known; tells whether any is on its way to it now.

    What it tells is for whoever proved with a link who they are: a page that anybody may open says the same
    either way. Nothing is written within a minute of the one before, nor beyond the most in an hour.
    """
    reader = person.by_address(session, email)
    if reader is None or reader.left_at is not None:
        return False
    passcode.hold(session, reader.id)  # two presses at once: the second finds the first one's letter
    fresh = passcode.live(session, reader.id, purpose, about, now)
    if fresh and now - fresh[0].made_at < APART:
        return True
    to = person.email_of(session, reader.id)
    speaker = board_id or _speaker(session, reader)
    if to is None or to.state is not AddressState.GOOD or speaker is None:
        return False
    if passcode.made_since(session, reader.id, now - timedelta(hours=1)) >= MOST_AN_HOUR:
        return bool(fresh)
    _write(session, reader, to, speaker, purpose, about, now, zone)
    return True


def _write(
    session: Session,
    reader: Person,
    to: Address,
    board_id: UUID,
    purpose: PasscodePurpose,
    about: str,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    passcode.add(session, to, board_id, purpose, about, now, now.astimezone(zone).date())
    reason = f"six digits were asked for {WHY[purpose].rstrip(',')}"
    note(session, now, "digits sent", reason, "the web page", board_id=board_id, person_id=reader.id)


def prove(
    session: Session,
    keyring: Keyring,
    email: str,
    purpose: PasscodePurpose,
    typed: str,
    now: datetime,
    *,
    about: str = "",
) -> UUID | None:
    """The person whose digits somebody typed, which are used up by it; None where they open nothing.

    Every try in vain counts against each letter that could have been meant.
    """
    reader = person.by_address(session, email)
    if reader is None or reader.left_at is not None:
        return None
    passcode.hold(session, reader.id)
    open_now = passcode.live(session, reader.id, purpose, about, now)
    meant = [one for one in open_now if match_six(keyring, one.id, typed)]
    if meant and passcode.spend(session, meant[0], now):
        return reader.id
    passcode.count_try(session, open_now)
    return None


def write_passcode(claimed: Claimed, sent: CodeSent, identity: Identity, deadline: float) -> Message:
    """Write the letter of six digits; the same to the byte however often it is sent with the same key."""
    digits = six_digits(identity.keyring, sent.passcode_id)
    values = {
        "at": f"{sent.made_at.astimezone(identity.zone):%H:%M}",
        "why": WHY[sent.purpose],
        "about": _say_about(sent),
        "digits": f"{digits[:3]} {digits[3:]}",
        "minutes": LIFE.seconds // 60,
        "board": sent.board,
    }
    letter = compile_shipped(
        SUBJECT.format(board=sent.board),
        BODY.format(**values),
        board=sent.board,
        contact_name=sent.contact_name,
        contact_email=sent.contact_email,
        contact_phone=sent.contact_phone,
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
    whole = assemble(build_skeleton(sent.board, identity.mailbox), envelope, rendered)
    return Message(identity.bounce_to(reference), whole, deadline, is_wire=True)


def _say_about(sent: CodeSent) -> str:
    """To whom something is handed, as typed on the page; nothing else of it stands in the letter."""
    _, _, email = sent.about.partition(" ")
    return f" to `{email}`" if sent.purpose is PasscodePurpose.HAND_OVER else ""


def _speaker(session: Session, reader: Person) -> UUID | None:
    """The board that writes to a person: one that they hold a seat with, else the first there is."""
    for place, _ in seat.held_by(session, reader.id):
        return place.board_id
    every = board.every(session)
    return every[0].id if every else None
