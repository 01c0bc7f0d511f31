"""The anonymous door: kept once, tied to nobody, and told to the ledger by the day alone."""

import threading

import pytest

from messages.changes import recording
from messages.launching import running
from store import chore
from store.answers.inbound import Inbound
from store.answers.response import Response
from store.asking.ask import AskState
from store.chore import Chore, ChoreKind, Wanted
from store.database import Database, Session
from store.decision import Decision
from store.errors import StoreError
from store.people import standing
from store.surveying.box import WaitingAnswer
from surveys.answering.intake import Refusal
from surveys.open import anonymous
from surveys.open.anonymous import ALREADY_GIVEN, Kept
from tests.make import START, ZONE
from tests.story import WHO, Story, by_name, campaign_of, find, number_of
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


async def test_an_answer_closes_its_ask_and_opens_the_next_and_nothing_tells_more_than_the_day(
    story: Story,
) -> None:
    before = story.read(lambda session: session.query(Decision).count())
    kept = send(story)
    assert isinstance(kept, Kept)
    assert kept.is_new
    first, second = ask_of(story), ask_of(story, step=2)
    assert (first.state, first.next_touch_at, first.closed_at) == (AskState.ANSWERED, None, MIDNIGHT)
    assert kept.opened is not None
    assert kept.opened.id == second.id
    assert (second.state, second.asked_at, second.round_began_at) == (AskState.ASKED, MIDNIGHT, MIDNIGHT)
    assert second.next_touch_at == MIDNIGHT
    assert story.read(lambda session: session.query(Inbound).count() + session.query(Response).count()) == 0
    assert story.read(lambda session: session.query(Decision).count()) == before


async def test_what_waits_knows_neither_ask_nor_person_nor_time(story: Story) -> None:
    send(story, token="only-my-link")
    [one] = waiting(story)
    known = {column.name: getattr(one, column.name) for column in WaitingAnswer.__table__.columns}
    assert set(known) == {
        *("id", "key", "board_id", "campaign_id", "step_id", "code_id"),
        *("form_version_id", "language", "answers", "marks"),
    }
    assert one.id.version == 4
    asked, who = ask_of(story), story.read(lambda session: by_name(session, "Rowan A"))
    assert not {str(asked.id), asked.id.hex, str(who.id), "only-my-link"} & {
        str(one) for one in known.values()
    }


async def test_before_the_night_the_same_link_replaces_its_answer(story: Story) -> None:
    send(story, token="MY-LINK", staff=30)
    again = send(story, token=" my-link ", staff=45)
    assert isinstance(again, Kept)
    assert not again.is_new
    assert again.opened is not None
    assert [one.answers for one in waiting(story)] == [{"staff": 45}]


async def test_after_the_night_no_answer_can_be_told_from_the_others_and_none_is_changed(
    story: Story,
) -> None:
    for letter in LETTERS:
        send(story, letter)
    assert rewrite(story) == len(LETTERS)
    assert send(story, "C", staff=99) == Refusal(ALREADY_GIVEN)
    assert 99 not in {one.answers["staff"] for one in rewritten(story)}


async def test_another_link_to_an_answered_question_is_told_that_it_is_answered(story: Story) -> None:
    send(story)
    assert send(story, who="Devi", token="the-deputy's") == Refusal(ALREADY_GIVEN)
    assert len(waiting(story)) == 1


async def test_two_presses_at_the_same_moment_keep_one_answer(database_url: str, story: Story) -> None:
    other = Story(Database(database_url))
    start, ends = threading.Barrier(2, timeout=10), list[object]()

    def press(mine: Story) -> None:
        start.wait()
        ends.append(send(mine))

    threads = [threading.Thread(target=press, args=[mine]) for mine in (story, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    await other.database.close()
    assert sorted(end.is_new for end in ends if isinstance(end, Kept)) == [False, True]
    assert len(waiting(story)) == 1


async def test_an_answer_that_cannot_be_kept_leaves_its_ask_owed(story: Story) -> None:
    def fail(session: Session) -> None:
        asked, who = find(session, number_of(session, "Agency A")), by_name(session, "Rowan A")
        anonymous.take_for_ask(session, asked.id, who.id, "link", answers(), "en", {}, TODAY, ZONE)
        raise StoreError("the disk is full")

    with pytest.raises(StoreError):
        story.write(fail)
    assert waiting(story) == []
    assert ask_of(story).next_touch_at == START
    assert isinstance(send(story, token="link"), Kept)


async def test_whoever_may_not_answer_is_refused_in_words(story: Story) -> None:
    assert isinstance(send(story, "B", who="Bose"), Refusal)
    story.write(lambda session: recording.left(session, by_name(session, "Rowan A"), START, WHO))
    assert isinstance(send(story), Refusal)
    story.write(lambda session: running.withdraw(session, campaign_of(session), "mistaken", START, WHO))
    refused = send(story, "B")
    assert isinstance(refused, Refusal)
    assert "called back by the board" in refused.reason
    assert waiting(story) == []
    assert not standing.may_send(standing.CONTRIBUTOR)


async def test_a_chore_that_an_answer_settles_is_ticked_off_by_the_day(story: Story) -> None:
    asked = ask_of(story)

    def call(session: Session) -> None:
        wanted = Wanted(ChoreKind.PHONE, "call", "Ring Agency A.", asked.board_id, ask_id=asked.id)
        chore.open_all(session, [wanted], START)

    story.write(call)
    send(story)
    [done] = story.read(lambda session: session.query(Chore).all())
    assert done.done_at == MIDNIGHT
