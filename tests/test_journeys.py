"""Whole stories from launch to last letter, as the people in them live through them."""

import asyncio
import email
import email.policy
import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Conversation

from messages.changes import recording, seating
from messages.launching import approval
from messages.smtp import SmtpChannel
from store.asking.ask import AskState
from store.asking.lesson import Priority
from store.database import Database, Session
from store.letters import touch
from store.letters.touch import TouchState
from store.people import person
from store.people.agency import Agency
from store.people.board import Board, OfficeRole
from store.people.person import unsubscribe
from store.people.seat import SeatRole
from store.people.term import Term
from surveys.answering.answers import Problems
from surveys.answering.intake import Receipt, Refusal
from tests import make
from tests.make import START
from tests.messages.smtp.outcomes import settings
from tests.story import ACKNOWLEDGED, CASCADED, WHO, Story, by_name, find, local

pytestmark = pytest.mark.sqlite_first


class Postbox:
    """What a real mail server handed on: every letter with its reader."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, server: SMTP, session: Conversation, envelope: Envelope) -> str:  # noqa: N802
        """Keep one letter."""
        assert isinstance(envelope.content, bytes)
        read = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(read, EmailMessage)
        self.letters += [(reader, read) for reader in envelope.rcpt_tos]
        return "250 2.0.0 taken"

    def readers(self) -> list[str]:
        return sorted(reader for reader, _ in self.letters)

    def texts(self) -> list[tuple[str, str]]:
        """Each letter's reader with all that it says: subject, plain text and page."""
        return [(reader, whole(letter)) for reader, letter in self.letters]


def whole(letter: EmailMessage) -> str:
    """All that a reader can see of a letter."""
    parts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
    return "\n".join([str(letter["Subject"]), str(letter["To"]), *map(str, parts)])


@asynccontextmanager
async def posted(database: Database, now: datetime = START) -> AsyncIterator[tuple[Story, Postbox]]:
    """A story whose letters travel over SMTP."""
    box, loop = Postbox(), asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(box, loop=loop, enable_SMTPUTF8=True, hostname="post.example"), "127.0.0.1", 0
    )
    channel = SmtpChannel(settings(server.sockets[0].getsockname()[1]), connections=4)
    try:
        yield Story(database, real=channel, now=now), box
    finally:
        await channel.close()
        server.close()
        await server.wait_closed()


async def test_a_lesson_is_acknowledged_cascaded_and_never_mentioned_again(database: Database) -> None:
    async with posted(database) as (story, box):
        story.begin("AB")
        await story.until(START + timedelta(hours=2))
        assert box.readers() == ["rowan.a@agencya.example", "rowan.b@agencyb.example"]
        assert isinstance(story.answer("wren-1", ACKNOWLEDGED, "Rowan A"), Receipt)
        await story.until(START + timedelta(hours=3))
        story.answer("wren-3", CASCADED, "Rowan A")
        await story.until(START + timedelta(days=60))
    assert [reader for reader in box.readers() if "agencya" in reader] == ["rowan.a@agencya.example"]
    assert story.ask("wren-3").state is AskState.ANSWERED
    assert len([reader for reader in box.readers() if "agencyb" in reader]) > 5


NAMES = ("Orchard Trust", "Kestrel Housing", "Millbrook Academy", "Fenwick College", "Larkhill Surgery")


def several_agencies(session: Session) -> None:
    """Whole lines of offices and a school, two lessons asked of all."""
    board = make.board(session)
    terms = make.terms(session)
    make.officer(session, board, "Ines Ward", OfficeRole.EDUCATION_LEAD)
    for name in NAMES:
        word = name.split()[0]
        school = terms if "Academy" in name else None
        where = make.agency(session, board, name, "education" if school else "health", school)
        make.line(session, board, where, word)
        make.holder(session, board, where, f"Gale {word}", SeatRole.CHAIR_OF_GOVERNORS)
        make.holder(session, board, where, f"Cora {word}", SeatRole.CHIEF_OFFICER)
    about = make.lesson(session, board)
    for slug in ("wren", "heron"):
        make.launched(session, make.campaign(session, board, slug, about=about))


@pytest.mark.drill
async def test_nine_weeks_of_chasing_name_no_agency_to_another(database: Database) -> None:
    """Each letter to an agency's people speaks of that agency alone."""
    async with posted(database) as (story, box):
        story.write(several_agencies)
        for days in range(1, 64):
            await story.until(START + timedelta(days=days))
            story.write(lambda s: approval.approve(s, touch.drafted(s), story.now, WHO))
    said = box.texts()
    assert len(said) > 70
    readers = {reader.partition(".")[0] for reader, _ in said}
    assert readers == {"rowan", "devi", "lena", "bose", "gale", "cora", "ines"}
    own = [(reader, text) for reader, text in said if not reader.startswith("ines")]
    for (reader, text), name in itertools.product(own, NAMES):
        if make.domain_of(name) not in reader:
            assert name not in text, f"{reader} reads of {name}"
            assert make.domain_of(name) not in text, f"{reader} reads of {name}"
    for (reader, text), word in itertools.product(said, ("failed", "non-compliant", "late")):
        assert not re.search(rf"\b{word}\b", text.lower()), f"{reader} reads “{word}”"


async def test_a_school_is_asked_in_july_and_chased_in_september(database: Database) -> None:
    """Twenty working days from 15 July 2027 lie past the summer, in which nobody writes to a school."""
    july = datetime(2027, 7, 15, 9, tzinfo=UTC)
    story = Story(database, now=july)

    def build(session: Session) -> None:
        board = make.board(session)
        terms = make.terms(session)
        for name, first, last in (
            ("Autumn 1", date(2027, 9, 2), date(2027, 10, 22)),
            ("Autumn 2", date(2027, 11, 1), date(2027, 12, 17)),
        ):
            session.add(Term(term_set=terms, name=name, first_day=first, last_day=last))
        school = make.agency(session, board, "Kennet School", "education", terms)
        make.line(session, board, school, "S")
        make.launched(session, make.campaign(session, board), july)

    story.write(build)
    await story.until(july + timedelta(hours=1))
    story.answer("wren-1", ACKNOWLEDGED, "Rowan S")
    assert story.ask("wren-2").due_on == date(2027, 9, 23)
    await story.until(datetime(2027, 10, 15, 9, tzinfo=UTC))
    days = [letter.at.date() for letter in story.channel.sent if letter.at]
    assert days[0] == date(2027, 7, 15)
    assert not [day for day in days if date(2027, 7, 22) <= day <= date(2027, 9, 1)]
    assert min(days[1:]) >= date(2027, 9, 2)


async def test_more_reached_than_staff_is_refused_and_an_empty_scope_is_not_everybody(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")
    story.answer("wren-1", {"staff": ["0"]}, "Rowan A")
    story.now += timedelta(minutes=1)
    refused = story.answer("wren-2", {**CASCADED, "staff": ["0"], "reached": ["1"]}, "Rowan A")
    assert isinstance(refused, Problems)
    kept = story.answer("wren-2", {**CASCADED, "staff": ["0"], "reached": ["0"]}, "Rowan A")
    assert isinstance(kept, Receipt)
    assert kept.response.answers["staff"] == 0


async def test_an_unsubscribed_representative_gets_no_bulletin_but_an_urgent_lesson(
    database: Database,
) -> None:
    async with posted(database) as (story, box):

        def build(session: Session) -> None:
            board, _ = make.world(session, "AB")
            unsubscribe(session, board.id, by_name(session, "Rowan A").id, START)
            make.launched(session, make.campaign(session, board, "news", book="bulletin"))
            make.launched(session, make.campaign(session, board, "wren", priority=Priority.URGENT))

        story.write(build)
        await story.until(START)
    to_a = [letter for reader, letter in box.letters if reader == "rowan.a@agencya.example"]
    to_b = [letter for reader, letter in box.letters if reader == "rowan.b@agencyb.example"]
    assert ["Wren" in str(letter["Subject"]) for letter in to_a] == [True]
    assert to_a[0]["List-Unsubscribe"] is None
    assert len(to_b) == 2
    assert [one.reason for one in story.touches("news-1")] == ["Rowan A asked for no bulletins"]


async def test_ten_days_after_due_a_letter_is_drafted_and_goes_only_when_approved(database: Database) -> None:
    async with posted(database) as (story, box):
        story.begin("A")
        story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
        await story.until(datetime(2026, 11, 24, 12, tzinfo=UTC))
        assert not [reader for reader in box.readers() if reader.startswith("bose")]
        [draft] = story.read(touch.drafted)
        assert draft.state is TouchState.DRAFTED
        story.write(lambda session: approval.approve(session, touch.drafted(session), story.now, WHO))
        await story.until(datetime(2026, 11, 24, 13, tzinfo=UTC))
    assert [reader for reader in box.readers() if reader.startswith("bose")] == ["bose.a@agencya.example"]


async def test_a_new_representative_takes_over_in_the_middle_of_the_chase(database: Database) -> None:
    async with posted(database) as (story, box):
        story.begin("A")
        await story.until(START + timedelta(hours=1))
        story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
        await story.until(datetime(2026, 11, 4, 12, tzinfo=UTC))  # chased twice already
        before = [(one.rung, one.person_id) for one in story.touches("wren-2")]
        story.write(lambda s: recording.left(s, by_name(s, "Rowan A"), story.now, WHO))

        def take_over(session: Session) -> None:
            board, where = session.query(Board).one(), session.query(Agency).one()
            noor = person.keep(session, "Noor C", "noor.c@agencya.example")
            seating.fill(session, make.seat_of(session, board, where), where, noor, story.now, WHO)

        story.now += timedelta(minutes=5)
        story.write(take_over)
        count = len(box.letters)
        await story.until(datetime(2026, 11, 10, 12, tzinfo=UTC))
        later = [reader for reader, _ in box.letters[count:]]
        assert "noor.c@agencya.example" in later
        assert "rowan.a@agencya.example" not in later
        assert [(one.rung, one.person_id) for one in story.touches("wren-2")][: len(before)] == before
        assert isinstance(story.answer("wren-2", CASCADED, "Rowan A"), Refusal)
        assert isinstance(story.answer("wren-2", CASCADED, "Noor C"), Receipt)
        assert story.chores() == []  # the seat is filled
    first = story.read(lambda session: find(session, "wren-1"))
    assert first.state is AskState.ANSWERED  # what Rowan answered stays with the agency


@pytest.mark.parametrize(
    "start", [START, datetime(2027, 3, 8, 10, tzinfo=UTC)], ids=["clocks back", "clocks forward"]
)
async def test_both_changes_of_the_clocks_leave_letters_at_nine_by_the_wall(
    database: Database, start: datetime
) -> None:
    story = Story(database, now=start)
    story.begin("A")
    await story.until(start + timedelta(days=45))
    assert {local(moment)[7:] for moment in moments(story)[1:]} <= {"09:00", "10:00"}  # ten on a Monday
    assert len(moments(story)) > 4
    offsets = {moment.astimezone(make.ZONE).utcoffset() for moment in moments(story)}
    assert len(offsets) == 2, "letters went on both sides of the change"


def moments(story: Story) -> list[datetime]:
    """The distinct moments at which letters went, in order."""
    return sorted({letter.at for letter in story.channel.sent if letter.at})
