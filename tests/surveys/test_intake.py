"""The one door for answers: kept before anything is said, once however often it comes, whole or not."""

import json
import threading
from datetime import timedelta

import pytest

from messages.changes import recording
from messages.launching import running
from store.answers import inbound, response
from store.answers.inbound import Inbound, Source
from store.answers.response import Response
from store.asking.ask import Ask, AskState
from store.chore import ChoreKind
from store.database import Database, Session
from store.decision import Decision
from store.errors import StoreError
from surveys.answering.answers import Problems
from surveys.answering.intake import Arrival, Receipt, Refusal, decline, earlier_answers, receive
from surveys.paging.keystrokes import Raw
from tests.make import START
from tests.story import ACKNOWLEDGED, CASCADED, WHO, Story, by_name, campaign_of, find

pytestmark = pytest.mark.sqlite_first

TODAY = START.date()


def counts(session: Session) -> tuple[int, int]:
    return session.query(Inbound).count(), session.query(Response).count()


def arrival(session: Session, raw: Raw, once: str = "one", who: str = "Rowan A") -> Arrival:
    return Arrival(Source.WEB, once, raw, by_name(session, who).id)


async def test_an_answer_closes_its_ask_silences_the_alarm_and_opens_the_next(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    receipt = story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    assert isinstance(receipt, Receipt)
    assert receipt.is_new
    assert receipt.opened is not None
    first, second = story.ask("wren-1"), story.ask("wren-2")
    assert (first.state, first.next_touch_at, first.closed_at) == (AskState.ANSWERED, None, START)
    assert (second.state, second.next_touch_at) == (AskState.ASKED, START)
    assert second.id == receipt.opened.id
    [line] = story.decisions("answered")
    assert line.reason == "by web"


async def test_the_answer_is_committed_when_the_door_gives_its_receipt(
    database_url: str, database: Database
) -> None:
    story, other = Story(database), Database(database_url)
    story.begin("A")
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A", once="page-1")
    [kept] = other.read_now(lambda session: session.query(Inbound).all())
    await other.close()
    assert kept.source_id == "page-1"
    assert json.loads(kept.raw) == {"staff": ["30"]}


async def test_the_same_answer_twice_is_kept_once(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    first = story.answer("wren-1", ACKNOWLEDGED, "Rowan A", once="page-1")
    again = story.answer("wren-1", ACKNOWLEDGED, "Rowan A", once="page-1")
    assert isinstance(first, Receipt)
    assert isinstance(again, Receipt)
    assert (again.is_new, again.response.id) == (False, first.response.id)
    assert again.opened is not None
    assert story.read(counts) == (1, 1)
    assert len(story.decisions("answered")) == 1


async def test_two_presses_at_the_same_moment_keep_one_answer(database_url: str, database: Database) -> None:
    story = Story(database)
    story.begin("A")
    databases, start = (database, Database(database_url)), threading.Barrier(2, timeout=10)
    ends: list[object] = []

    def press(mine: Database) -> None:
        def give(session: Session) -> object:
            # As the page does: whoever comes second waits here.
            one = session.get_one(Ask, find(session, "wren-1").id, with_for_update=True)
            return receive(session, one.id, arrival(session, ACKNOWLEDGED), START, TODAY)

        start.wait()
        ends.append(mine.write_now(give))

    threads = [threading.Thread(target=press, args=[mine]) for mine in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    await databases[1].close()
    assert sorted(end.is_new for end in ends if isinstance(end, Receipt)) == [False, True]
    assert story.read(counts) == (1, 1)


async def test_a_correction_supersedes_and_never_edits(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A", once="page-1")
    story.now += timedelta(hours=1)
    story.answer("wren-1", {"staff": ["45"]}, "Rowan A", once="page-2")
    one = story.ask("wren-1")
    current = story.read(lambda session: response.current(session, one.id))
    assert current is not None
    assert current.answers["staff"] == 45
    old = story.read(lambda session: session.query(Response).filter_by(superseded_by=current.id).one())
    assert old.answers["staff"] == 30
    assert len(story.decisions("answer corrected")) == 1
    assert one.closed_at == START


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({}, "Say about how many"),
        ({"staff": ["many"]}, ""),
        ({"staff": ["-3"]}, ""),
        ({"staff": ["100001"]}, ""),
    ],
)
async def test_an_answer_with_problems_is_told_and_not_kept(database: Database, raw: Raw, said: str) -> None:
    story = Story(database)
    story.begin("A")
    problems = story.answer("wren-1", raw, "Rowan A")
    assert isinstance(problems, Problems)
    assert said in str(problems)
    assert story.read(counts) == (0, 0)
    assert story.ask("wren-1").state is AskState.ASKED


async def test_more_reached_than_in_scope_is_refused(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    problems = story.answer("wren-2", {**CASCADED, "reached": ["31"]}, "Rowan A")
    assert isinstance(problems, Problems)
    assert "Staff reached cannot be more than staff in scope" in str(problems)
    assert story.ask("wren-2").state is AskState.ASKED
    assert isinstance(story.answer("wren-2", {**CASCADED, "reached": ["30"]}, "Rowan A"), Receipt)


async def test_the_second_form_starts_from_the_first_answer(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    earlier = story.read(lambda session: earlier_answers(session, find(session, "wren-2")))
    assert earlier == {"acknowledge": {"staff": 30}}


async def test_whoever_may_not_answer_is_refused_in_words(database: Database) -> None:
    story = Story(database)
    story.begin("AB")
    for who in ("Rowan B", "Bose A"):
        refusal = story.answer("wren-1", ACKNOWLEDGED, who)
        assert refusal == Refusal("This question now rests with somebody else at the agency.")
    story.write(lambda session: recording.left(session, by_name(session, "Rowan A"), START, WHO))
    assert isinstance(story.answer("wren-1", ACKNOWLEDGED, "Rowan A"), Refusal)
    assert story.read(counts) == (0, 0)


async def test_what_was_called_back_takes_no_answer(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.write(lambda s: running.withdraw(s, campaign_of(s), "mistaken", START, WHO))
    refusal = story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    assert isinstance(refusal, Refusal)
    assert "called back by the board" in refusal.reason


async def test_what_a_coordinator_was_told_says_who_entered_it(database: Database) -> None:
    story = Story(database)
    story.begin("A")

    def enter(session: Session) -> object:
        told = Arrival(Source.TELEPHONE, "call-1", ACKNOWLEDGED, None, WHO)
        return receive(session, find(session, "wren-1").id, told, START, TODAY)

    receipt = story.write(enter)
    assert isinstance(receipt, Receipt)
    assert (receipt.response.author_id, receipt.response.entered_by) == (None, WHO)


async def test_an_answer_that_cannot_be_kept_leaves_no_trace_and_may_be_given_again(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")

    def fail(session: Session) -> None:
        assert isinstance(
            receive(session, find(session, "wren-1").id, arrival(session, ACKNOWLEDGED), START, TODAY),
            Receipt,
        )
        raise StoreError("the disk is full")

    with pytest.raises(StoreError):
        story.write(fail)
    assert story.read(counts) == (0, 0)
    assert story.read(lambda s: s.query(Decision).filter_by(what="answered").count()) == 0
    assert story.ask("wren-1").next_touch_at == START
    assert story.ask("wren-2").state is AskState.PENDING
    assert isinstance(story.answer("wren-1", ACKNOWLEDGED, "Rowan A", once="one"), Receipt)


async def test_not_for_us_closes_both_questions_and_a_person_checks_it(database: Database) -> None:
    story = Story(database)
    story.begin("A")

    def say(session: Session) -> Refusal | None:
        rowan = by_name(session, "Rowan A")
        one = find(session, "wren-1")
        return decline(session, one.id, rowan.id, "we see no children", "page-1", START)

    assert story.write(say) is None
    assert story.ask("wren-1").state is AskState.DECLINED
    assert story.ask("wren-2").state is AskState.WITHDRAWN
    [chore] = [one for one in story.chores() if one.kind is ChoreKind.CHECK_DECLINED]
    assert "we see no children" in chore.text
    assert isinstance(story.write(say), Refusal)
    await story.until(START + timedelta(days=30))
    assert story.channel.sent == []


def test_the_database_itself_keeps_one_arrival_of_each_id(database_url: str) -> None:
    database = Database(database_url)

    def twice(session: Session) -> None:
        kept, is_new = inbound.keep(session, Source.EMAIL, "<1@x>", b"", START)
        again, is_new_again = inbound.keep(session, Source.EMAIL, "<1@x>", b"", START)
        assert (kept.id, is_new, is_new_again) == (again.id, True, False)
        assert inbound.keep(session, Source.SLACK, "<1@x>", b"", START)[1]
        session.add(Inbound(source=Source.EMAIL, source_id="<1@x>", received_at=START, raw=b""))
        session.flush()

    with pytest.raises(Exception, match=r"(?i)unique"):
        database.write_now(twice)
    database.close_now()


async def test_a_question_that_comes_later_says_so(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    refused = story.answer("wren-2", CASCADED, "Rowan A")
    assert isinstance(refused, Refusal)
    assert refused.reason.startswith("This question comes later")
