"""Pauses and holds in a story, and a letter kept back just before it goes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from messages import resting, running
from store.database import Session
from tests.story import WHO, Story, campaign_of, find


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
    story.climb()
    story.gather()
    keep_back(story)
    await story.worker.send(story.now)
