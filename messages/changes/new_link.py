"""New link: one more letter, with a fresh link, for whoever says that theirs no longer works."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.changes.wished import write_wished
from messages.chasing.addressees import ASKED
from messages.chasing.ladder import Ladder
from store.asking import campaign, owing
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.database import Session
from store.decision import note
from store.letters import touch
from store.letters.touch import Touch, TouchState
from store.people import person, standing

#: The rung that a board may write words of its own for; without them the last letter goes once more.
RUNG = "new_link"
REASON = "a new link was asked for on the web page"


def write_again(session: Session, email: str, now: datetime, zone: ZoneInfo) -> int:
    """Write one letter for everything that rests with the person behind an address; tells how many touches.

    An unknown address, nothing owed, a letter that waits to go and a second wish on the same day write none.
    """
    reader = person.by_address(session, email)
    if reader is None or reader.left_at is not None:
        return 0
    rung = f"{RUNG} {now.astimezone(zone).date()}"
    written = [
        _write_one(session, asked, running, reader.id, rung, now)
        for asked, running in owing.of_person(session, reader.id)
    ]
    return sum(written)


def _write_one(
    session: Session, asked: Ask, running: Campaign, reader_id: UUID, rung: str, now: datetime
) -> bool:
    session.get(Ask, asked.id, with_for_update=True)  # two presses at once: the second sees the first's row
    before = touch.of_ask(session, asked.id)
    if any(_stands(one, reader_id, rung) for one in before):
        return False
    role = standing.of(session, asked, reader_id) or ASKED
    words = _words(session, asked, role, before)
    if words is None:
        return False
    write_wished(session, asked, reader_id, role, rung, words, REASON, now)
    note(
        session,
        now,
        "new link",
        REASON,
        "the reader",
        board_id=asked.board_id,
        campaign_id=running.id,
        ask_id=asked.id,
        agency_id=asked.agency_id,
        person_id=reader_id,
    )
    return True


def is_new_link(rung: str) -> bool:
    """Whether a touch's rung is such a letter, which is no rung of the ladder."""
    return rung.startswith(f"{RUNG} ")


def _stands(one: Touch, reader_id: UUID, rung: str) -> bool:
    """Whether a letter was written for the same wish, or another one is about to go."""
    return one.person_id == reader_id and (one.rung == rung or one.state is TouchState.TO_SEND)


def _words(session: Session, asked: Ask, role: str, before: list[Touch]) -> UUID | None:
    """The board's own words for it, else those of the last letter, else those of the first rung."""
    saved = {words.rung: words.id for words in campaign.words(session, [asked.step_id]) if words.role == role}
    if RUNG in saved:
        return saved[RUNG]
    sent = [one.words_id for one in before if one.state is TouchState.SENT and one.role == role]
    if sent and sent[-1] is not None:
        return sent[-1]
    rungs = Ladder.from_json(campaign.ladder(session, asked.step_id).rungs).rungs
    return next((saved[one.name] for one in rungs if one.name in saved), None)
