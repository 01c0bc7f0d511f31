"""Once the answers by codes are all told, an answer that comes by one is refused, whatever page it is of."""

import pytest

from store.database import Database, Session
from surveys.answering.intake import Refusal
from surveys.figures.release import TOGETHER
from surveys.open import anonymous
from surveys.open.anonymous import ENDED, Kept
from tests.make import ZONE
from tests.story import Story
from tests.surveys.ballot import TODAY, answers, rewrite, waiting
from tests.surveys.test_told import begin, close, end_codes, send, told

pytestmark = pytest.mark.sqlite_first


def send_late(story: Story, opened: str) -> Kept | Refusal:
    """Somebody presses Send on a page that a night has passed by."""

    def take(session: Session) -> Kept | Refusal:
        return anonymous.take_for_code(
            session, opened, "page-late", answers(), "en", {}, TODAY, ZONE, was_begun=True
        )

    return story.write(take)


async def test_an_answer_that_races_the_last_night_is_refused_and_changes_no_total(
    database: Database,
) -> None:
    story, opened = begin(database)
    send(story, opened, TOGETHER, day=0)
    close(story)
    rewrite(story)
    assert told(story) == TOGETHER
    assert send_late(story, opened) == Refusal(ENDED)
    assert waiting(story) == []


async def test_while_not_all_is_told_a_page_that_was_begun_in_time_still_counts(database: Database) -> None:
    story, opened = begin(database)
    send(story, opened, TOGETHER, day=0)
    close(story)
    assert isinstance(send_late(story, opened), Kept)
    rewrite(story)
    assert told(story) == TOGETHER + 1


async def test_codes_that_ended_take_nothing_more_though_the_campaign_goes_on(database: Database) -> None:
    story, opened = begin(database)
    send(story, opened, TOGETHER, day=0)
    end_codes(story)
    rewrite(story)
    assert told(story) == TOGETHER
    assert send_late(story, opened) == Refusal(ENDED)
