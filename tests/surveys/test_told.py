"""Told: whoever keeps every total that was ever shown never has fewer than ten people between two of them."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.ask import AskState
from store.campaign import CampaignState
from store.database import Database, Session
from store.surveying import anonymous as kept_for_good
from store.surveying import code
from surveys import anonymous
from surveys.anonymous import ENDED, TOGETHER
from surveys.intake import Refusal
from tests.make import START
from tests.story import Story, campaign_of, find, number_of
from tests.surveys import ballot
from tests.surveys.ballot import LETTERS, TODAY, answers, rewrite

NewDatabase = Callable[[str, Path, bool], str]


def begin(database: Database) -> tuple[Story, str]:
    """A campaign that is answered by a code, and the code."""
    story = Story(database)
    story.begin("A")

    def make(session: Session) -> str:
        asking = campaign_of(session)
        return code.make(session, asking.board_id, asking.id, "Oak Hill School", 500, START).code

    return story, story.write(make)


def send(story: Story, opened: str, count: int, day: int) -> None:
    def take(session: Session) -> None:
        for number in range(count):
            anonymous.take_for_code(session, opened, f"page-{day}-{number}", answers(), "en", {})

    story.write(take)


def told(story: Story) -> int:
    """How many answers totals may be made of."""

    def count(session: Session) -> int:
        asking = campaign_of(session)
        steps = {row.step_id for row in kept_for_good.of_campaign(session, asking.id)}
        return sum(len(anonymous.find_told(session, asking, step)) for step in steps)

    return story.read(count)


def close(story: Story) -> None:
    def end(session: Session) -> None:
        campaign_of(session).state = CampaignState.CLOSED

    story.write(end)


def live(story: Story, opened: str, counts: list[int]) -> list[int]:
    """Let so many answer on each day; gives what was told each morning, and after the end."""
    seen = []
    for day, count in enumerate(counts):
        send(story, opened, count, day)
        rewrite(story, TODAY + timedelta(days=day))
        seen.append(told(story))
    close(story)
    seen.append(told(story))
    rewrite(story, TODAY + timedelta(days=len(counts)))
    return [*seen, told(story)]


async def test_totals_follow_one_night_behind_and_are_whole_at_the_end(database: Database) -> None:
    story, opened = begin(database)
    assert live(story, opened, [12, 3, 9, 10, 2]) == [0, 0, 12, 24, 24, 24, 36]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.lists(st.integers(0, 25), min_size=1, max_size=6))
def test_two_totals_of_any_two_days_differ_by_ten_people_or_none(
    new_database: NewDatabase, tmp_path: Path, counts: list[int]
) -> None:
    database = Database(new_database("sqlite", tmp_path, True))
    try:
        story, opened = begin(database)
        seen = [0, *live(story, opened, counts)]
        assert seen[-1] == sum(counts)
        few = sum(counts) < TOGETHER
        steps = [after - before for before, after in itertools.pairwise(seen)]
        assert all(step == 0 or step >= TOGETHER for step in steps) or few, seen
    finally:
        database.close_now()


@pytest.mark.parametrize("counts", [[12, 3]])
async def test_the_last_few_are_told_once_they_are_among_all_others(
    database: Database, counts: list[int]
) -> None:
    story, opened = begin(database)
    assert live(story, opened, counts)[-2:] == [0, 15]


async def test_once_all_is_told_nobody_who_comes_late_can_be_told_from_the_difference(
    database: Database,
) -> None:
    story = Story(database)
    story.begin(LETTERS)
    *most, late = list(LETTERS)
    for letter in most:
        ballot.send(story, letter)

    def lapse(session: Session) -> None:
        find(session, number_of(session, f"Agency {late}")).state = AskState.LAPSED

    story.write(lapse)
    rewrite(story)
    assert told(story) == len(most)
    assert ballot.send(story, late) == Refusal(ENDED)
    rewrite(story, TODAY + timedelta(days=1))
    assert told(story) == len(most)


async def test_whoever_comes_late_on_the_last_day_itself_still_counts(database: Database) -> None:
    story = Story(database)
    story.begin(LETTERS)
    *most, late = list(LETTERS)
    for letter in most:
        ballot.send(story, letter)

    def lapse(session: Session) -> None:
        find(session, number_of(session, f"Agency {late}")).state = AskState.LAPSED

    story.write(lapse)
    assert isinstance(ballot.send(story, late), anonymous.Kept)
    rewrite(story)
    assert told(story) == len(LETTERS)
