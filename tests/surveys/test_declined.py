"""Declined, and then answered after all; and what nobody needs to do any more once an ask is closed."""

from datetime import timedelta

import pytest

from messages.changes import handing_over, more_time
from messages.launching import running
from store import chore
from store.asking.ask import Ask, AskState
from store.asking.campaign import Step
from store.chore import ChoreKind
from store.database import Database, Session
from surveys.answering import intake
from surveys.answering.intake import Receipt
from tests.make import START, ZONE
from tests.story import ACKNOWLEDGED, WHO, Story, by_name, campaign_of, find, number_of

pytestmark = pytest.mark.sqlite_first


async def begun(database: Database) -> tuple[Story, str]:
    """A story in which the first letter has gone, and the reference of the second step's ask."""
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    return story, story.read(lambda session: number_of(session, "Agency A", 2))


def decline(story: Story) -> None:
    def say(session: Session) -> None:
        asked, who = find(session, "wren-1"), by_name(session, "Rowan A")
        assert intake.decline(session, asked.id, who.id, "we see no children", "once", story.now) is None

    story.write(say)


async def test_an_answer_after_no_closes_it_and_asks_what_follows(database: Database) -> None:
    story, second = await begun(database)
    decline(story)
    assert (story.ask(second).state, len(story.chores())) == (AskState.WITHDRAWN, 1)
    given = story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    assert isinstance(given, Receipt)
    assert given.opened is not None
    assert (story.ask("wren-1").state, story.ask(second).state) == (AskState.ANSWERED, AskState.ASKED)
    assert story.ask(second).closed_at is None
    assert story.chores() == []
    assert story.ask("wren-1").next_touch_at is None


async def test_what_follows_is_not_asked_once_all_of_its_answers_were_told(database: Database) -> None:
    story, second = await begun(database)
    decline(story)

    def tell(session: Session) -> None:
        session.get_one(Step, find(session, second).step_id).told_whole_on = START.date()

    story.write(tell)
    given = story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    assert isinstance(given, Receipt)
    assert (given.opened, story.ask(second).state) == (None, AskState.WITHDRAWN)


def list_everything(story: Story) -> None:
    """Let every kind of chore about the first ask wait."""

    def add(session: Session) -> None:
        asked, rowan = find(session, "wren-1"), by_name(session, "Rowan A")
        handing_over.propose(session, asked, rowan, "Kim", "kim@elsewhere.example", story.now)
        more_time.ask_for(session, asked, rowan.id, 30, "inspection", story.now, ZONE)
        ring(session, asked, story)

    story.write(add)


def ring(session: Session, asked: Ask, story: Story) -> None:
    chore.open_once(
        session,
        ChoreKind.PHONE,
        f"{asked.id}:1:phone",
        "Ring Agency A.",
        story.now,
        board_id=asked.board_id,
        agency_id=asked.agency_id,
        ask_id=asked.id,
    )


async def test_an_answer_ticks_off_what_waited_for_a_person(database: Database) -> None:
    story, _ = await begun(database)
    list_everything(story)
    assert len(story.chores()) == 3
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    assert story.chores() == []


async def test_a_campaign_called_back_leaves_nothing_to_do(database: Database) -> None:
    story, _ = await begun(database)
    list_everything(story)
    story.write(
        lambda session: running.withdraw(session, campaign_of(session), "sent in error", story.now, WHO)
    )
    assert story.chores() == []


async def test_a_wish_that_comes_up_again_is_listed_again_with_its_newest_words(database: Database) -> None:
    story, _ = await begun(database)

    def propose(name: str) -> None:
        story.write(
            lambda session: handing_over.propose(
                session,
                find(session, "wren-1"),
                by_name(session, "Rowan A"),
                name,
                f"{name}@else.example",
                story.now,
            )
        )

    propose("pat")
    propose("quin")
    [one] = story.chores()
    assert "quin@else.example" in one.text
    story.write(
        lambda session: handing_over.hand_over(
            session, find(session, "wren-1"), None, "Quin", "quin@else.example", story.now, WHO
        )
    )
    assert story.chores() == []
    story.now += timedelta(hours=1)
    propose("zed")
    [one] = story.chores()
    assert ("zed@else.example" in one.text, one.opened_at, one.done_by) == (True, story.now, None)
