"""The night of the anonymous answers: together, shuffled, without keys, and the ledger with them."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from store.asking.ask import Ask, AskState
from store.asking.campaign import CampaignState
from store.database import Database, Session
from store.surveying import anonymous as kept_for_good
from store.surveying import ledger
from store.surveying.anonymous import AnonymousAnswer
from surveys.open import anonymous
from tests.make import ZONE
from tests.postgres import SERVERS
from tests.story import Story, by_name, campaign_of
from tests.surveys.ballot import (
    LETTERS,
    MIDNIGHT,
    TODAY,
    answers,
    ask_of,
    begin,
    rewrite,
    rewritten,
    send,
    waiting,
)

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
def story(database: Database) -> Story:
    """Twelve agencies before a question, at ten in the morning."""
    return begin(database)


async def test_fewer_than_ten_wait_while_more_may_come(story: Story) -> None:
    for letter in LETTERS[:9]:
        send(story, letter)
    assert rewrite(story) == 0
    assert len(waiting(story)) == 9
    send(story, LETTERS[9])
    assert rewrite(story) == 10
    assert (len(waiting(story)), len(rewritten(story))) == (0, 10)


async def test_the_rewrite_leaves_the_answers_and_the_day_of_the_night(story: Story) -> None:
    for number, letter in enumerate(LETTERS):
        send(story, letter, staff=number)
    keys = {one.key for one in waiting(story)}
    ids = {one.id for one in waiting(story)}
    night = TODAY + timedelta(days=3)
    assert rewrite(story, night) == len(LETTERS)
    found = rewritten(story)
    assert sorted(one.answers["staff"] for one in found) == list(range(len(LETTERS)))
    assert {one.day for one in found} == {night}
    assert not ids & {one.id for one in found}
    assert not keys & {str(value) for one in found for value in vars(one).values()}
    assert {one.id.version for one in found} == {4}


async def test_the_rewrite_asks_for_a_random_order_of_all(story: Story) -> None:
    for number, letter in enumerate(LETTERS):
        send(story, letter, staff=number)
    given: list[int] = []

    def backwards(rows: list[anonymous.Renamed]) -> None:
        rows.reverse()
        given.extend(one.answers["staff"] for _, one in rows)

    story.write(lambda session: anonymous.rewrite(session, campaign_of(session).id, TODAY, ZONE, backwards))
    assert sorted(given) == list(range(len(LETTERS)))
    as_they_lie = story.read(lambda session: session.query(AnonymousAnswer).all())
    assert [one.answers["staff"] for one in as_they_lie] == given


async def test_a_last_few_go_among_all_earlier_ones_which_keep_their_names(story: Story) -> None:
    for letter in LETTERS[:10]:
        send(story, letter, staff=1)
    rewrite(story)
    earlier = {one.id for one in rewritten(story)}
    for letter in LETTERS[10:]:
        send(story, letter, staff=2)
    assert rewrite(story, TODAY + timedelta(days=1)) == 2
    found = rewritten(story)
    assert {one.day for one in found} == {TODAY + timedelta(days=1)}
    assert earlier < {one.id for one in found}
    assert len(found) == len(LETTERS)


async def test_a_closed_campaign_waits_for_no_more(story: Story) -> None:
    send(story)

    def close(session: Session) -> None:
        campaign_of(session).state = CampaignState.CLOSED

    assert rewrite(story) == 0
    story.write(close)
    assert rewrite(story) == 1


async def test_a_second_night_finds_nothing_to_do(story: Story) -> None:
    for letter in LETTERS:
        send(story, letter)
    assert rewrite(story) == len(LETTERS)
    before = {one.id for one in rewritten(story)}
    assert rewrite(story) == 0
    assert {one.id for one in rewritten(story)} == before


async def test_the_ledger_is_one_day_for_all_after_the_night(story: Story) -> None:
    for letter in LETTERS[:10]:
        send(story, letter)
    later = TODAY + timedelta(days=2)
    rewrite(story, later)
    closed = {ask_of(story, letter).closed_at for letter in LETTERS[:10]}
    assert closed == {anonymous.midnight_of(later, ZONE)}


async def test_counts_move_once_a_day(story: Story) -> None:
    send(story)
    step = ask_of(story).step_id

    def told(midnight: datetime) -> dict[AskState, int]:
        return story.read(lambda session: ledger.states_last_night(session, [step], midnight))[step]

    assert told(MIDNIGHT) == {AskState.ASKED: 12}
    assert told(MIDNIGHT + timedelta(days=1)) == {AskState.ASKED: 11, AskState.ANSWERED: 1}


async def test_the_names_inside_an_answer_stand_in_one_order(story: Story) -> None:
    pages = [{"b": 1, "a": {"z": "x", "y": "w"}}, {"a": {"y": "w", "z": "x"}, "b": 1}]
    assert len({str(kept_for_good.in_one_order(page)) for page in pages}) == 1


async def test_where_few_share_a_language_none_is_kept_beside_their_answers(story: Story) -> None:
    for letter in LETTERS[:10]:
        send(story, letter)
    send(story, LETTERS[10], language="pl")
    rewrite(story)
    # Were "en" kept beside ten of them, the lack of it would tell of the eleventh.
    assert {one.language for one in rewritten(story)} == {""}


async def test_a_language_that_all_share_is_kept(story: Story) -> None:
    for letter in LETTERS:
        send(story, letter)
    rewrite(story)
    assert {one.language for one in rewritten(story)} == {"en"}


@pytest.mark.parametrize(
    ("now", "day", "following"),
    [
        (
            datetime(2026, 11, 24, 2, 29, tzinfo=UTC),
            date(2026, 11, 22),
            datetime(2026, 11, 24, 2, 30, tzinfo=UTC),
        ),
        (
            datetime(2026, 11, 24, 2, 30, tzinfo=UTC),
            date(2026, 11, 23),
            datetime(2026, 11, 25, 2, 30, tzinfo=UTC),
        ),
        (
            datetime(2026, 10, 24, 22, 0, tzinfo=UTC),
            date(2026, 10, 23),
            datetime(2026, 10, 25, 2, 30, tzinfo=UTC),
        ),
        (
            datetime(2027, 3, 27, 22, 0, tzinfo=UTC),
            date(2027, 3, 26),
            datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        ),
    ],
)
def test_a_night_belongs_to_the_day_that_ended_with_it(now: datetime, day: date, following: datetime) -> None:
    assert anonymous.day_ended(now, ZONE) == day
    assert anonymous.next_night(now, ZONE) == following


@pytest.mark.parametrize("engine", SERVERS)
async def test_a_correction_in_the_night_and_the_night_do_not_wait_for_each_other(story: Story) -> None:
    for letter in LETTERS:
        send(story, letter)
    told: list[str] = []
    is_held = threading.Event()

    def correct(session: Session) -> None:
        told.append("correction")
        session.get(Ask, ask_of(story).id, with_for_update=True)
        is_held.set()
        for _ in range(400):
            waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if session.execute(waits).scalar_one() or len(told) > 2:
                break
            time.sleep(0.01)
        person, link = by_name(session, "Rowan A"), "token-of-A"
        anonymous.take_for_ask(session, ask_of(story).id, person.id, link, answers(9), "en", {}, TODAY, ZONE)

    def mix(session: Session) -> int:
        told.append("night")
        return anonymous.rewrite(session, campaign_of(session).id, TODAY, ZONE)

    with ThreadPoolExecutor(2) as both:
        corrected = both.submit(story.write, correct)
        assert is_held.wait(20)
        assert both.submit(story.write, mix).result(20) == len(LETTERS)
        corrected.result(20)
    assert sorted(told) == ["correction", "night"]
    assert 9 in {one.answers["staff"] for one in rewritten(story)}
