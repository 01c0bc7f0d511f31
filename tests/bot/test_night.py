"""The worker's night: once a day, caught up when late, harmless twice, taken up again when cut short."""

import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import serve
from bot.serve import Loops, Part
from store.asking import campaign
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, CampaignState
from store.asking.form import FormVersion
from store.chore import ChoreKind
from store.database import Database, Session
from store.people.board import Board
from store.surveying import anonymous as rows
from store.surveying import box, night, telling
from store.surveying.box import Given
from surveys.figures.release import TOGETHER
from surveys.open import anonymous
from tests import make_asking
from tests.make import START, ZONE
from tests.story import Story
from tests.surveys.ballot import LETTERS, TODAY, begin, rewritten, send, waiting

#: Half past two in London on the day after, which is an hour earlier by UTC.
NIGHT = datetime(2026, 10, 13, 1, 30, tzinfo=UTC)


async def test_what_comes_by_day_waits_though_the_box_was_empty_last_night(database: Database) -> None:
    story = begin(database)
    assert await story.worker.empty_box(START) == 0
    for letter in LETTERS:
        send(story, letter)
    assert await story.worker.empty_box(START + timedelta(minutes=5)) == 0
    assert len(waiting(story)) == len(LETTERS)


@pytest.fixture
def story(database: Database) -> Story:
    """Twelve agencies that have all answered."""
    made = begin(database)
    for letter in LETTERS:
        send(made, letter)
    return made


def is_over(story: Story) -> bool:
    return story.read(partial(night.is_over, day=TODAY))


async def test_nothing_is_rewritten_before_the_night(story: Story) -> None:
    story.write(partial(night.finish, day=TODAY - timedelta(days=1)))
    assert await story.worker.empty_box(NIGHT - timedelta(minutes=1)) == 0
    assert len(waiting(story)) == len(LETTERS)
    assert await story.worker.empty_box(NIGHT) == len(LETTERS)
    assert (waiting(story), len(rewritten(story)), is_over(story)) == ([], len(LETTERS), True)
    assert {one.day for one in rewritten(story)} == {TODAY}


async def test_a_night_that_was_slept_through_is_made_up_for(story: Story) -> None:
    assert await story.worker.empty_box(NIGHT + timedelta(hours=9)) == len(LETTERS)
    assert {one.day for one in rewritten(story)} == {TODAY}


async def test_a_second_run_of_a_night_leaves_what_came_since_for_the_next(story: Story) -> None:
    await story.worker.empty_box(NIGHT)
    story.write(_one_more)
    assert await story.worker.empty_box(NIGHT + timedelta(minutes=5)) == 0
    assert len(waiting(story)) == 1
    story.write(lambda session: session.query(Campaign).update({"state": CampaignState.CLOSED}) and None)
    assert await story.worker.empty_box(NIGHT + timedelta(days=1)) == 1


async def test_two_processes_at_once_rewrite_each_answer_once(database_url: str, story: Story) -> None:
    databases = (story.database, Database(database_url))
    start, moved = threading.Barrier(2, timeout=10), list[int]()

    def go(database: Database) -> None:
        start.wait()
        campaign_id = waiting_campaign[0]
        moved.append(database.write_now(lambda s: anonymous.rewrite(s, campaign_id, TODAY, ZONE)))

    waiting_campaign = [one.campaign_id for one in waiting(story)]
    threads = [threading.Thread(target=go, args=[one]) for one in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    await databases[1].close()
    assert sorted(moved) == [0, len(LETTERS)]
    assert len(rewritten(story)) == len(LETTERS)


async def test_a_night_cut_short_before_the_files_were_clear_is_taken_up_again(story: Story) -> None:
    [campaign_id] = {one.campaign_id for one in waiting(story)}
    story.write(lambda session: anonymous.rewrite(session, campaign_id, TODAY, ZONE))
    assert not is_over(story)
    assert story.read(night.is_unclear)
    assert await story.worker.empty_box(NIGHT) == 0
    assert is_over(story)
    assert not story.read(night.is_unclear)


async def test_a_worker_sleeps_no_longer_than_until_the_night_while_answers_wait(database: Database) -> None:
    quiet = Story(database)
    assert await quiet.worker.next_wake(START) == START + timedelta(days=1)
    busy = begin(database)
    await busy.until(START)
    for letter in LETTERS:
        send(busy, letter)
    evening = START + timedelta(hours=14)
    await busy.until(evening)
    assert len(waiting(busy)) == len(LETTERS)
    await busy.until(NIGHT)
    assert waiting(busy) == []


async def test_the_process_that_keeps_the_clock_looks_for_the_night(story: Story) -> None:
    # The house is only asked once a loop runs.
    loops = Loops(None, story.worker)  # type: ignore[arg-type]
    by_part = {part: [job.func.__name__ for job in _scheduled(loops, part).get_jobs()] for part in Part}
    assert "empty_box" in by_part[Part.CLOCK]
    assert "empty_box" not in by_part[Part.WEB] + by_part[Part.WORKER]


def _scheduled(loops: Loops, part: Part) -> AsyncIOScheduler:
    return serve._schedule(loops, frozenset({part}))


@pytest.fixture
def spoilt(database: Database, story: Story) -> UUID:
    """Another campaign, whose answers cannot be written anew, since its form cannot be read. Gives its id."""

    def spoil(session: Session) -> UUID:
        board = session.query(Board).one()
        asking = make_asking.asking(session, board, "spoilt", "Spoilt")
        asking.state = CampaignState.CLOSED
        step = make_asking.step(session, asking, "spoilt", said={"privacy": "anonymous"})
        for number in range(10):
            given = Given(board.id, asking.id, step.id, None, step.form_version_id, "en", {}, {})
            box.put(session, f"{number:064}", given)
        put_body(session, [])
        return asking.id

    return database.write_now(spoil)


def put_body(session: Session, body: object) -> None:
    session.query(FormVersion).filter_by(key="spoilt").update({"body": body})


def logged(caplog: pytest.LogCaptureFixture) -> list[bool]:
    """Of each line about the campaign whether it tells the error in full."""
    return [one.exc_info is not None for one in caplog.records if "spoilt" in one.getMessage()]


async def test_a_campaign_that_cannot_be_rewritten_holds_up_no_other(
    story: Story, spoilt: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    assert await story.worker.empty_box(NIGHT) == len(LETTERS)
    assert (is_over(story), len(waiting(story))) == (True, 10)
    [told] = story.chores()
    assert told.kind is ChoreKind.MIX_ANSWERS
    assert "The anonymous answers of spoilt could not be written anew" in told.text
    assert logged(caplog) == [True]


async def test_it_is_tried_again_at_growing_gaps_and_told_once(
    story: Story, spoilt: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    for minutes in range(0, 600, 5):
        await story.worker.empty_box(NIGHT + timedelta(minutes=minutes))
    # At the night itself, and then one, three and seven hours after it.
    assert logged(caplog) == [True, False, False, False]
    assert len(story.chores()) == 1


async def test_once_it_can_be_rewritten_it_is_and_the_chore_is_done(story: Story, spoilt: UUID) -> None:
    await story.worker.empty_box(NIGHT)
    story.write(partial(put_body, body={}))
    assert await story.worker.empty_box(NIGHT + timedelta(minutes=59)) == 0
    assert await story.worker.empty_box(NIGHT + timedelta(hours=1)) == 10
    assert (waiting(story), story.chores()) == ([], [])
    assert not story.read(night.is_unclear)


async def test_a_process_that_knows_nothing_of_it_tries_again_with_the_next_night(
    story: Story, spoilt: UUID
) -> None:
    await story.worker.empty_box(NIGHT)
    story.write(partial(put_body, body={}))
    fresh = story.new_worker("second")
    assert await fresh.empty_box(NIGHT + timedelta(hours=2)) == 0
    assert await fresh.empty_box(NIGHT + timedelta(days=1)) == 10
    assert story.chores() == []


def _one_more(session: Session) -> None:
    """One more answer, as if by somebody asked today."""
    from_night = session.query(rows.AnonymousAnswer).first()
    assert from_night is not None
    box.put(session, "f" * 64, from_night.given)


async def test_what_ended_with_fewer_than_ten_is_looked_at_in_no_later_night(database: Database) -> None:
    story = begin(database)
    for letter in LETTERS[:9]:
        send(story, letter)

    def lapse(session: Session) -> None:
        session.query(Ask).filter_by(state=AskState.ASKED).update({"state": AskState.LAPSED})

    def due(session: Session) -> int:
        return len({*telling.campaigns(session, TOGETHER), *box.campaigns(session)})

    story.write(lapse)
    assert await story.worker.empty_box(NIGHT) == 9
    assert story.read(due) == 0
    send(story, LETTERS[9])
    assert story.read(due) == 1
    assert await story.worker.empty_box(NIGHT + timedelta(days=1)) == 1
    [step, *_] = story.read(lambda session: campaign.steps(session, session.query(Campaign).one().id))
    assert step.told_whole_on == TODAY + timedelta(days=1)
