"""The letter with six digits: at any hour, once, never after they ended; and what digits and passes prove."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from messages.proof import passcodes
from messages.proof.links import Keyring
from messages.proof.passes import match_six, match_stamp, read_pass, sign_pass, six_digits, stamp
from messages.sending.channel import DeliveryError
from store.database import Database, Session
from store.letters import passcode
from store.letters.delivery import Delivery, DeliveryState
from store.letters.passcode import Passcode, PasscodePurpose
from tests import make
from tests.make import START, ZONE
from tests.story import Story

pytestmark = pytest.mark.sqlite_first

ROWAN = "rowan.a@agencya.example"
RING = Keyring([b"n" * 32, b"o" * 32])
SOME = UUID("11111111-2222-4333-8444-555555555555")
NIGHT = datetime(2026, 10, 17, 23, 30, tzinfo=UTC)


def ask(story: Story, purpose: PasscodePurpose = PasscodePurpose.MY, about: str = "") -> bool:
    return story.write(
        lambda session: passcodes.ask_for(session, ROWAN, purpose, story.now, ZONE, about=about)
    )


async def begun(database: Database, at: datetime = NIGHT) -> Story:
    story = Story(database)
    story.begin("A")
    await story.until(at)
    story.channel.sent.clear()
    return story


def letters(story: Story) -> list[str]:
    return [letter.text for letter in story.channel.sent]


async def test_the_letter_goes_at_once_on_a_saturday_night_and_says_who_must_never_ask(
    database: Database,
) -> None:
    story = await begun(database)
    assert ask(story)
    await story.until(story.now + timedelta(minutes=2))
    [letter] = story.channel.sent
    [row] = story.read(lambda session: session.query(Passcode).all())
    digits = six_digits(make.IDENTITY.keyring, row.id)
    assert f"{digits[:3]} {digits[3:]}" in letter.text
    assert f"{digits[:3]} {digits[3:]}" in letter.html
    assert digits[:3] not in letter.subject
    assert "will ever ask you for these digits" in " ".join(letter.text.split())
    assert "/a/" not in letter.text


async def test_a_letter_that_could_not_go_is_not_sent_once_its_digits_ended(database: Database) -> None:
    story = await begun(database)
    story.channel.refuses[ROWAN] = DeliveryError("451 later", permanent=False)
    ask(story)
    await story.until(story.now + timedelta(minutes=7))
    assert len(story.channel.tries) > 1
    story.channel.refuses.clear()
    await story.until(story.now + timedelta(hours=2))
    assert letters(story) == []
    [row] = story.read(lambda session: session.query(Delivery).filter_by(any_hour=True).all())
    assert row.state is DeliveryState.DROPPED


async def test_a_letter_in_doubt_is_not_sent_again_once_its_digits_ended(database: Database) -> None:
    story = await begun(database)
    story.channel.refuses[ROWAN] = DeliveryError("the line was lost", permanent=False, doubtful=True)
    ask(story)
    await story.until(story.now + timedelta(minutes=1))
    story.channel.refuses.clear()
    await story.until(story.now + timedelta(hours=1))
    assert letters(story) == []
    [row] = story.read(lambda session: session.query(Delivery).filter_by(any_hour=True).all())
    assert (row.state, row.doubts) == (DeliveryState.DROPPED, 1)


async def test_digits_typed_before_the_letter_went_keep_it_from_going(database: Database) -> None:
    story = await begun(database)
    ask(story)
    [row] = story.read(lambda session: session.query(Passcode).all())
    digits = six_digits(make.IDENTITY.keyring, row.id)
    keyring = make.IDENTITY.keyring
    proved = story.write(
        lambda session: passcodes.prove(session, keyring, ROWAN, PasscodePurpose.MY, digits, story.now)
    )
    assert proved is not None
    await story.until(story.now + timedelta(minutes=2))
    assert letters(story) == []


async def test_two_who_type_the_same_digits_at_once_are_let_in_once(database: Database) -> None:
    story = await begun(database)
    ask(story)

    def spend_twice(session: Session) -> list[bool]:
        [row] = session.query(Passcode).all()
        return [passcode.spend(session, row, story.now), passcode.spend(session, row, story.now)]

    assert story.write(spend_twice) == [True, False]


async def test_digits_for_one_errand_open_no_other(database: Database) -> None:
    story = await begun(database)
    ask(story, PasscodePurpose.HAND_OVER, f"{SOME.hex} kim@elsewhere.example")
    [row] = story.read(lambda session: session.query(Passcode).all())
    digits, keyring = six_digits(make.IDENTITY.keyring, row.id), make.IDENTITY.keyring
    others = [
        (PasscodePurpose.MY, ""),
        (PasscodePurpose.HAND_OVER, f"{SOME.hex} mallory@elsewhere.example"),
    ]

    def try_others(session: Session) -> list[UUID | None]:
        return [
            passcodes.prove(session, keyring, ROWAN, purpose, digits, story.now, about=about)
            for purpose, about in others
        ]

    assert story.write(try_others) == [None, None]


def test_digits_and_passes_hold_by_the_keys_that_may_prove_them() -> None:
    digits = six_digits(RING, SOME)
    assert match_six(RING, SOME, f" {digits[:3]} {digits[3:]} ")
    assert match_six(Keyring([b"x" * 32, b"n" * 32]), SOME, digits)
    assert not match_six(Keyring([b"x" * 32]), SOME, digits)
    token = sign_pass(RING, SOME, START)
    held = read_pass(RING, token, START + timedelta(minutes=60))
    assert held is not None
    assert held.person_id == SOME
    assert read_pass(RING, token, START + timedelta(minutes=61)) is None
    assert read_pass(RING, token, START - timedelta(minutes=1)) is None
    assert read_pass(RING, ("a" if token[0] != "a" else "b") + token[1:], START) is None
    # A newer key ends every pass, though it proves the links of the one before.
    assert read_pass(Keyring([b"x" * 32, b"n" * 32]), token, START) is None
    assert match_stamp(RING, SOME, stamp(RING, SOME))
    assert not match_stamp(RING, SOME, "")
