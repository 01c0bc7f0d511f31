"""Told: whoever keeps every total that was ever shown never has fewer than ten people between two of them."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store.asking import campaign
from store.asking.ask import AskState
from store.asking.campaign import CampaignState
from store.database import Database, Session
from store.surveying import box, code
from store.surveying.box import Given
from surveys.answering.intake import Refusal
from surveys.figures.release import TOGETHER
from surveys.open import anonymous
from surveys.open.anonymous import ENDED
from tests.make import START, ZONE
from tests.story import Story, campaign_of, find, number_of
from tests.surveys import ballot, panel
from tests.surveys.ballot import LETTERS, TODAY, answers, rewrite
from tests.surveys.panel import Panel

NewDatabase = Callable[[str, Path, bool], str]


def begin(database: Database) -> tuple[Story, str]:
    """A campaign that is answered by a code, and the code."""
    story = Story(database)
    story.begin("A")

    def make(session: Session) -> str:
        asking = campaign_of(session)
        for step in campaign.steps(session, asking.id):
            step.is_open = True
        return code.make(session, asking.board_id, asking.id, "Oak Hill School", 500, START).code

    return story, story.write(make)


def send(story: Story, opened: str, count: int, day: int) -> None:
    def take(session: Session) -> None:
        for number in range(count):
            page = f"page-{day}-{number}"
            anonymous.take_for_code(session, opened, page, answers(), "en", {}, TODAY, ZONE)

    story.write(take)


def told(story: Story) -> int:
    """How many answers totals may be made of."""

    def count(session: Session) -> int:
        return sum(
            len(anonymous.find_told(session, step))
            for step in campaign.steps(session, campaign_of(session).id)
        )

    return story.read(count)


def close(story: Story) -> None:
    def end(session: Session) -> None:
        campaign_of(session).state = CampaignState.CLOSED

    story.write(end)


def end_codes(story: Story) -> None:
    story.write(lambda session: code.end_all(session, campaign_of(session), TODAY))


def live(story: Story, opened: str, counts: list[int], end: Callable[[Story], None] = close) -> list[int]:
    """Let so many answer on each day; gives what was told each morning, and after the end."""
    seen = []
    for day, count in enumerate(counts):
        send(story, opened, count, day)
        rewrite(story, TODAY + timedelta(days=day))
        seen.append(told(story))
    end(story)
    seen.append(told(story))
    rewrite(story, TODAY + timedelta(days=len(counts)))
    return [*seen, told(story)]


@pytest.mark.parametrize("end", [close, end_codes])
async def test_totals_follow_one_night_behind_and_are_whole_at_the_end(
    database: Database, end: Callable[[Story], None]
) -> None:
    story, opened = begin(database)
    assert live(story, opened, [12, 3, 9, 10, 2], end) == [0, 0, 12, 24, 24, 24, 36]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.lists(st.integers(0, 25), min_size=1, max_size=6))
def test_two_totals_of_any_two_days_differ_by_ten_people_or_none(
    new_database: NewDatabase, tmp_path: Path, counts: list[int]
) -> None:
    database = Database(new_database("sqlite", tmp_path, True))
    try:
        story, opened = begin(database)
        seen = [0, *live(story, opened, counts)]
        assert seen[-1] == (sum(counts) if sum(counts) >= TOGETHER else 0)
        steps = [after - before for before, after in itertools.pairwise(seen)]
        assert all(step == 0 or step >= TOGETHER for step in steps), seen
    finally:
        database.close_now()


MOVES = ("answer", "lapse", "decline", "late", "top up", "night")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.sampled_from(MOVES), st.integers(1, 14)), min_size=4, max_size=16))
@example(moves=[("answer", 13), ("lapse", 1), ("night", 1), ("night", 1), ("late", 1), ("night", 1)])
@example(moves=[("answer", 13), ("decline", 1), ("night", 1), ("top up", 1), ("answer", 1), ("night", 1)])
@example(moves=[("answer", 12), ("night", 1), ("lapse", 2), ("late", 1), ("night", 1), ("late", 1)])
def test_whatever_comes_about_two_totals_differ_by_ten_people_or_none(
    new_database: NewDatabase, tmp_path: Path, moves: list[tuple[str, int]]
) -> None:
    with panel.held(new_database("sqlite", tmp_path, True), people=14) as asked:
        seen = [frozenset[int]()]
        for move, count in [*moves, ("lapse", 500), ("night", 1), ("night", 1)]:
            make_move(asked, move, count)
            told = asked.told()
            seen += [told] if len(told) >= TOGETHER else []
        for one, other in itertools.combinations(seen, 2):
            assert len(one ^ other) == 0 or len(one ^ other) >= TOGETHER, (moves, seen)
        assert len(asked.taken) < TOGETHER or seen[-1] == asked.taken


def make_move(asked: Panel, move: str, count: int) -> None:
    """Let something happen, to so many people where it happens to people."""
    owing = asked.find(AskState.ASKED)[:count]
    match move:
        case "answer":
            for who in owing:
                asked.answer(who)
        case "lapse" | "decline":
            state = AskState.LAPSED if move == "lapse" else AskState.DECLINED
            for who in owing:
                asked.close(who, state)
        case "late":
            for who in asked.find(AskState.LAPSED, AskState.DECLINED)[:count]:
                asked.answer(who)
        case "top up":
            asked.top_up(count)
        case _:
            asked.night()


def lapse_one(database: Database) -> tuple[Story, str]:
    """All but one have answered by their links, and the question of that one has lapsed; gives its letter."""
    story = ballot.begin(database)
    *most, late = list(LETTERS)
    for letter in most:
        ballot.send(story, letter)

    def lapse(session: Session) -> None:
        find(session, number_of(session, f"Agency {late}")).state = AskState.LAPSED

    story.write(lapse)
    return story, late


@pytest.mark.parametrize("counts", [[12, 3]])
async def test_the_last_few_are_told_once_they_are_among_all_others(
    database: Database, counts: list[int]
) -> None:
    story, opened = begin(database)
    assert live(story, opened, counts)[-2:] == [0, 15]


async def test_once_all_is_told_nobody_who_comes_late_can_be_told_from_the_difference(
    database: Database,
) -> None:
    story, late = lapse_one(database)
    rewrite(story)
    assert told(story) == len(LETTERS) - 1
    assert ballot.send(story, late) == Refusal(ENDED)
    rewrite(story, TODAY + timedelta(days=1))
    assert told(story) == len(LETTERS) - 1


async def test_whoever_comes_late_on_the_last_day_itself_still_counts(database: Database) -> None:
    story, late = lapse_one(database)
    assert isinstance(ballot.send(story, late), anonymous.Kept)
    rewrite(story)
    assert told(story) == len(LETTERS)


async def test_what_slips_in_behind_the_last_telling_stays_untold_though_the_night_comes_again(
    database: Database,
) -> None:
    story, opened = begin(database)
    send(story, opened, TOGETHER, day=0)
    close(story)
    rewrite(story)
    before = told(story)

    def slip_in(session: Session) -> None:
        step = campaign.steps(session, campaign_of(session).id)[0]
        board_id, version = campaign_of(session).board_id, step.form_version_id
        late = Given(board_id, step.campaign_id, step.id, None, version, "en", answers().to_json(), {})
        assert box.put(session, "a key of its own", late)

    story.write(slip_in)
    assert rewrite(story) == 1
    assert told(story) == before == TOGETHER
