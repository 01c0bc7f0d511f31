"""The open door: kept once however often pressed; beyond the ceiling kept, and marked."""

from datetime import timedelta

import pytest

from store.asking.campaign import CampaignState
from store.database import Database, Session
from store.surveying import anonymous as kept_for_good
from store.surveying import code
from store.surveying.code import OpenCode
from surveys.answering.answers import Answers
from surveys.answering.intake import Refusal
from surveys.open import anonymous
from surveys.open.anonymous import NOT_OPEN, Kept
from tests.make import START, ZONE
from tests.story import Story, campaign_of
from tests.surveys.ballot import TODAY, answers, rewrite, rewritten, waiting

pytestmark = pytest.mark.sqlite_first

PAGE = "page-word-1"


@pytest.fixture
def story(database: Database) -> Story:
    """A live campaign of a board, with nobody's ask in the way."""
    made = Story(database)
    made.begin("A")
    return made


def new_code(story: Story, ceiling: int = 30) -> OpenCode:
    def make(session: Session) -> OpenCode:
        asking = campaign_of(session)
        return code.make(session, asking.board_id, asking.id, "Oak Hill School", ceiling, START)

    return story.write(make)


def send(
    story: Story, typed: str, page: str = PAGE, checked: Answers | None = None, **marks: object
) -> Kept | Refusal:
    given = checked or answers()
    return story.write(lambda s: anonymous.take_for_code(s, typed, page, given, "pl", marks, TODAY, ZONE))


async def test_an_answer_by_a_code_knows_its_setting_and_nothing_of_who_gave_it(story: Story) -> None:
    made = new_code(story)
    assert send(story, made.code, helper="parent") == Kept(is_new=True)
    [one] = waiting(story)
    assert (one.code_id, one.language, one.marks) == (made.id, "pl", {"helper": "parent"})


async def test_a_double_press_is_kept_once_and_another_page_is_another_answer(story: Story) -> None:
    made = new_code(story)
    assert send(story, made.code) == Kept(is_new=True)
    assert send(story, made.code) == Kept(is_new=False)
    assert send(story, made.code, "page-word-2") == Kept(is_new=True)
    assert len(waiting(story)) == 2


async def test_the_same_word_under_another_code_is_another_answer(story: Story) -> None:
    for _ in range(2):
        assert send(story, new_code(story).code) == Kept(is_new=True)


async def test_what_exceeds_the_ceiling_is_kept_and_marked(story: Story) -> None:
    made = new_code(story, ceiling=2)
    for number in range(4):
        send(story, made.code, f"page-word-{number}")
    assert [one.marks for one in waiting(story)] == [{}, {}, {"over_ceiling": True}, {"over_ceiling": True}]


async def test_the_ceiling_counts_the_answers_of_earlier_days(story: Story) -> None:
    made = new_code(story, ceiling=10)
    for number in range(10):
        send(story, made.code, f"page-word-{number}")
    assert rewrite(story) == 10
    assert story.read(lambda session: kept_for_good.count_of_code(session, made.id)) == 10
    send(story, made.code, "page-word-10")
    assert [one.marks for one in waiting(story)] == [{"over_ceiling": True}]


async def test_a_code_that_is_closed_or_unknown_or_not_asked_for_takes_nothing(story: Story) -> None:
    made = new_code(story)
    assert send(story, "zzzzzzzz") == Refusal(NOT_OPEN)
    assert send(story, made.code, checked=Answers("bulletin", 1, {})) == Refusal(NOT_OPEN)
    assert send(story, made.code, checked=Answers("acknowledge", 2, {})) == Refusal(NOT_OPEN)
    story.write(lambda session: code.close(session, session.get_one(OpenCode, made.id)))
    assert send(story, made.code) == Refusal(NOT_OPEN)
    assert waiting(story) == []


async def test_a_campaign_that_is_not_live_takes_nothing_by_code(story: Story) -> None:
    made = new_code(story)

    def close(session: Session) -> None:
        campaign_of(session).state = CampaignState.CLOSED

    story.write(close)
    assert send(story, made.code) == Refusal(NOT_OPEN)


async def test_the_night_leaves_setting_language_and_marks(story: Story) -> None:
    made = new_code(story)
    for number in range(10):
        send(story, made.code, f"page-word-{number}", helper="teacher")
    assert rewrite(story, TODAY + timedelta(days=1)) == 10
    assert {(one.code_id, one.language) for one in rewritten(story)} == {(made.id, "pl")}
    assert [one.marks for one in rewritten(story)] == [{"helper": "teacher"}] * 10
