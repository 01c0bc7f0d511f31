"""From the board member upward a letter is drafted, and goes when a person approves it; never otherwise."""

from datetime import UTC, datetime, timedelta

import pytest

from messages.launching import approval
from store.asking.ask import AskState
from store.database import Database
from store.letters import touch
from store.letters.touch import Touch, TouchState
from surveys.answering.intake import Receipt
from tests.make import START
from tests.story import ACKNOWLEDGED, CASCADED, WHO, Story

pytestmark = pytest.mark.sqlite_first

#: The second step falls due on 9 November; ten working days later is the board member's day.
BEFORE, DRAFTED = datetime(2026, 11, 23, 9, 59, tzinfo=UTC), datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


async def chased(story: Story, until: datetime) -> None:
    story.begin("A")
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    await story.until(until)


def approve(story: Story) -> int:
    return story.write(lambda s: approval.approve(s, touch.drafted(s), story.now, WHO))


def rung(story: Story, name: str) -> list[tuple[str, str]]:
    return [(role, what) for at, role, what in story.rungs("wren-2") if at == name]


async def test_the_upper_rungs_draft_and_send_nothing(database: Database) -> None:
    story = Story(database)
    await chased(story, BEFORE)
    assert rung(story, "board_member") == []
    sent = len(story.channel.sent)
    await story.until(DRAFTED)
    assert rung(story, "board_member") == [("board_member", "drafted")]
    await story.until(DRAFTED + timedelta(days=6))
    assert len(story.channel.sent) == sent
    assert not story.channel.to("bose")


async def test_an_approved_letter_goes_in_office_hours_and_keeps_who_approved_it(database: Database) -> None:
    story = Story(database)
    await chased(story, DRAFTED)
    await story.until(datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    assert approve(story) == 1
    assert approve(story) == 0
    await story.until(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    [letter] = story.channel.to("bose")
    assert story.letters()[-1] == ("24 Nov 09:00", "bose.a@agencya.example")
    assert "Agency A" in letter.subject
    [one] = [one for one in story.touches("wren-2") if one.rung == "board_member"]
    assert (one.state, one.approved_by) == (TouchState.SENT, WHO)
    assert len(story.decisions("approved")) == 1


async def test_a_draft_is_overtaken_by_the_next_letter(database: Database) -> None:
    story = Story(database)
    await chased(story, datetime(2026, 11, 30, 10, tzinfo=UTC))
    assert rung(story, "board_member") == [("board_member", "skipped")]
    assert rung(story, "subgroup_chair") == [("subgroup_chair", "drafted")]
    [old] = [one for one in story.touches("wren-2") if one.rung == "board_member"]
    assert old.reason == "overtaken by “subgroup_chair” before anybody approved it"


async def test_a_draft_stays_where_the_next_letter_has_no_addressee(database: Database) -> None:
    """The Independent Chair's letter goes to a chief officer, and here none is named."""
    story = Story(database)
    await chased(story, datetime(2026, 12, 9, 10, tzinfo=UTC))
    assert rung(story, "independent_chair") == [("chief_officer", "skipped")]
    assert rung(story, "subgroup_chair") == [("subgroup_chair", "drafted")]
    assert approve(story) == 1


async def test_a_draft_that_is_no_longer_owed_cannot_be_approved(database: Database) -> None:
    story = Story(database)
    await chased(story, DRAFTED)
    assert isinstance(story.answer("wren-2", CASCADED, "Rowan A"), Receipt)
    assert approve(story) == 0
    [one] = [one for one in story.touches("wren-2") if one.rung == "board_member"]
    assert (one.state, one.reason) == (TouchState.DROPPED, "no longer owed: answered")


async def test_an_approved_letter_is_still_held_back_by_an_answer(database: Database) -> None:
    story = Story(database)
    await chased(story, DRAFTED)
    approve(story)
    await story.worker.wake(story.now)
    story.answer("wren-2", CASCADED, "Rowan A")
    await story.worker.send(story.now)
    assert not story.channel.to("bose")
    assert story.ask("wren-2").state is AskState.ANSWERED


async def test_no_letter_to_a_person_ever_goes_with_a_draft_inside(database: Database) -> None:
    story = Story(database)
    await chased(story, START + timedelta(days=75))
    unapproved = story.read(
        lambda s: s.query(Touch).filter(Touch.approved_by.is_(None), Touch.role.in_(UPPER)).all()
    )
    assert unapproved
    assert all(one.delivery_id is None and one.state is not TouchState.SENT for one in unapproved)


UPPER = ("board_member", "subgroup_chair", "chief_officer")
