"""Pauses, holds and hand-overs in a story, and a letter kept back just before it goes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from messages.changes import handing_over, resting
from messages.launching import running
from store.database import Session
from tests.make import ZONE
from tests.story import WHO, Story, by_name, campaign_of, find


def halt(story: Story) -> None:
    story.write(lambda session: running.halt(session, campaign_of(session), story.now, WHO))


def resume(story: Story) -> None:
    story.write(lambda session: running.resume(session, campaign_of(session), story.now, WHO))


def hold(story: Story, reference: str, until: date) -> None:
    def rest(session: Session) -> None:
        held = find(session, reference)
        resting.hold(session, held.board_id, until, "inspection", story.now, WHO, ask=held)

    story.write(rest)


async def about_to_go(story: Story, at: datetime, keep_back: Callable[[Story], None]) -> None:
    """A letter is gathered, and then kept back before it is sent."""
    await story.until(at - timedelta(hours=1))
    story.now = at
    await keep_back_now(story, keep_back)


async def keep_back_now(story: Story, keep_back: Callable[[Story], None]) -> None:
    """What is due is gathered, and then kept back before it is sent."""
    story.climb()
    story.gather()
    keep_back(story)
    await story.worker.send(story.now)


def send_again(story: Story) -> int | None:
    return story.write(lambda s: running.send_again(s, campaign_of(s), story.now, ZONE, WHO))


def hand_to_col(story: Story, reference: str) -> None:
    rowan = story.read(lambda s: by_name(s, "Rowan A")).id
    email = "col@agencya.example"
    story.write(
        lambda s: handing_over.hand_over(s, find(s, reference), rowan, "Col A", email, story.now, WHO)
    )
