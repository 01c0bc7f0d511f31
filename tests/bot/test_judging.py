"""What is sent back is asked again of whoever answered, chased from its new day, and judged once."""

from datetime import date, timedelta

import pytest

from bot.hearing import judging
from bot.rehearsing import scenario
from messages.changes import handing_over, more_time
from store.answers import judgement, response
from store.answers.judgement import Outcome
from store.asking.ask import AskState
from store.asking.campaign import Step
from store.database import Database, Session
from surveys.answering.intake import Refusal
from surveys.judging.judging import Judged, Verdict
from surveys.judging.points import Point
from tests.make import START, ZONE
from tests.story import ACKNOWLEDGED, CASCADED, WHO, Story, by_name, find

pytestmark = pytest.mark.sqlite_first

POINTS = (Point("staff", "Staff who should hear this", "does that count volunteers?"),)
BACK = Verdict(Outcome.SENT_BACK, POINTS)
YES = Verdict(Outcome.ACCEPTED)


def judged_story(database: Database) -> Story:
    """A lesson whose acknowledgement is judged, asked of Agency A."""
    story = Story(database)
    story.begin("A")

    def mark(session: Session) -> None:
        session.query(Step).filter_by(position=1).one().is_judged = True

    story.write(mark)
    return story


def send_back(
    story: Story, reference: str = "wren-1", due: date | None = None, again: bool = False
) -> Judged | Refusal:
    return story.write(
        lambda s: judging.send_back(s, find(s, reference), BACK, story.now, WHO, ZONE, due=due, again=again)
    )


def set_due(session: Session, reference: str, day: date) -> None:
    asked = find(session, reference)
    asked.due_on = asked.original_due_on = day


def accept(story: Story, again: bool = False) -> Judged | Refusal:
    return story.write(lambda s: judging.accept(s, find(s, "wren-1"), YES, story.now, WHO, again=again))


async def answered(database: Database, who: str = "Rowan A") -> Story:
    """The same, answered on the second morning."""
    story = judged_story(database)
    await story.until(START + timedelta(days=1))
    story.answer("wren-1", ACKNOWLEDGED, who)
    return story


async def test_a_letter_with_the_points_goes_first_and_the_ladder_follows_from_the_new_day(
    database: Database,
) -> None:
    story = await answered(database)
    assert isinstance(send_back(story, due=date(2026, 10, 30)), Judged)
    again = story.ask("wren-1")
    assert (again.state, again.due_on, again.original_due_on) == (
        AskState.ASKED,
        date(2026, 10, 30),
        date(2026, 10, 19),
    )
    await story.until(START + timedelta(days=2))
    [_, letter] = story.channel.to("rowan.a")
    assert "look at again" in letter.subject
    assert "“Staff who should hear this”: does that count volunteers?" in " ".join(letter.text.split())
    assert "Friday 30 October 2026" in letter.text
    await story.until(START + timedelta(days=25))
    sent = [one for one in story.touches("wren-1") if one.round == 2 and one.state.value == "sent"]
    assert sent[0].rung == "sent_back"
    assert len(sent) > 1
    assert all(one.climbed_at.date() > date(2026, 10, 20) for one in sent[1:])


async def test_once_it_has_come_again_nothing_more_is_written(database: Database) -> None:
    story = await answered(database)
    send_back(story)
    await story.until(START + timedelta(days=2))
    story.answer("wren-1", {"staff": ["45"]}, "Rowan A")
    before = len(story.touches("wren-1"))
    await story.until(START + timedelta(days=20))
    assert len(story.touches("wren-1")) == before
    [waiting] = story.read(lambda s: [one for one in judgement.returned(s) if one.waits])
    assert waiting.response.answers["staff"] == 45


async def test_the_next_step_waits_and_is_asked_anew_by_the_next_answer(database: Database) -> None:
    story = await answered(database)
    await story.until(START + timedelta(days=1, hours=1))
    assert story.ask("wren-2").state is AskState.ASKED
    done = send_back(story)
    assert isinstance(done, Judged)
    assert done.resting is not None
    assert isinstance(story.answer("wren-2", CASCADED, "Rowan A"), Refusal)
    await story.until(START + timedelta(days=8))
    assert [one.round for one in story.touches("wren-2")] == []
    assert story.ask("wren-2").state is AskState.PENDING
    soon = date(2026, 10, 21)
    story.write(lambda s: set_due(s, "wren-2", soon))
    story.answer("wren-1", {"staff": ["45"]}, "Rowan A")
    asked = story.ask("wren-2")
    assert (asked.state, asked.round) == (AskState.ASKED, 2)
    await story.until(START + timedelta(days=9))
    assert story.ask("wren-2").due_on == date(2026, 10, 27)  # five working days to answer it


async def test_more_time_brings_no_second_letter_about_the_same_points(database: Database) -> None:
    story = await answered(database)
    send_back(story)
    await story.until(START + timedelta(days=2))
    story.write(lambda s: more_time.extend(s, find(s, "wren-1"), 5, "x", story.now, WHO, ZONE))
    await story.until(START + timedelta(days=4))
    assert [one.rung for one in story.touches("wren-1")].count("sent_back") == 1


async def test_the_deputy_who_answered_is_who_gets_it(database: Database) -> None:
    story = await answered(database, "Devi A")
    send_back(story)
    await story.until(START + timedelta(days=2))
    assert [one.subject for one in story.channel.to("rowan.a")] == [story.channel.to("rowan.a")[0].subject]
    [letter] = story.channel.to("devi.a")
    assert "look at again" in letter.subject


async def test_a_colleague_to_whom_it_is_handed_then_hears_the_points_once(database: Database) -> None:
    story = await answered(database)
    send_back(story)
    await story.until(START + timedelta(days=2))
    story.write(
        lambda s: handing_over.hand_over(
            s, find(s, "wren-1"), by_name(s, "Rowan A").id, "Col A", "col@agencya.example", story.now, WHO
        )
    )
    await story.until(START + timedelta(days=3))
    [letter] = story.channel.to("col@")
    assert "volunteers" in letter.text


async def test_an_answer_is_judged_once_and_again_only_when_that_is_said(database: Database) -> None:
    story = await answered(database)
    assert isinstance(accept(story), Judged)
    told = send_back(story)
    assert isinstance(told, Refusal)
    assert f"was accepted by {WHO}" in told.reason
    assert story.ask("wren-1").state is AskState.ANSWERED
    assert isinstance(send_back(story, again=True), Judged)
    assert isinstance(accept(story, again=True), Judged)
    assert story.ask("wren-1").state is AskState.ANSWERED
    assert story.ask("wren-2").state is AskState.ASKED
    kept = story.read(lambda s: judgement.of_ask(s, find(s, "wren-1").id))
    assert [one.superseded_at is None for one in kept] == [False, False, True]
    assert story.read(lambda s: judgement.accepted(s, [find(s, "wren-1").id]))


async def test_an_old_answer_is_not_judged_while_a_newer_has_come(database: Database) -> None:
    story = await answered(database)
    old = story.read(lambda s: response.current(s, find(s, "wren-1").id))
    assert old is not None
    story.now += timedelta(minutes=1)
    story.answer("wren-1", {"staff": ["45"]}, "Rowan A")
    told = story.write(lambda s: judging.accept(s, find(s, "wren-1"), YES, story.now, WHO, seen=old.id))
    assert isinstance(told, Refusal)
    assert "a newer answer has come" in told.reason


async def test_what_is_not_meant_to_be_judged_or_not_answered_is_not(database: Database) -> None:
    story = judged_story(database)
    told = accept(story)
    assert isinstance(told, Refusal)
    assert "nothing was answered yet" in told.reason
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    story.answer("wren-2", CASCADED, "Rowan A")
    told = send_back(story, "wren-2")
    assert isinstance(told, Refusal)
    assert "kept and not judged" in told.reason
    assert story.ask("wren-2").state is AskState.ANSWERED


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict(Outcome.SENT_BACK), "at least one point"),
        (Verdict(Outcome.SENT_BACK, (Point("", "", "You failed to say how many."),)), "sounds like blame"),
        (Verdict(Outcome.SENT_BACK, POINTS, decision="non-compliant"), "sounds like blame"),
        (Verdict(Outcome.SENT_BACK, POINTS, rating=5), "from 0 to 4"),
    ],
)
async def test_a_verdict_without_sense_changes_nothing(
    database: Database, verdict: Verdict, said: str
) -> None:
    story = await answered(database)
    told = story.write(lambda s: judging.send_back(s, find(s, "wren-1"), verdict, story.now, WHO, ZONE))
    assert isinstance(told, Refusal)
    assert said in told.reason
    assert story.ask("wren-1").state is AskState.ANSWERED
    assert "leaves no day" in str(send_back(story, due=date(2026, 10, 12)))


async def test_a_scenario_can_send_back_and_accept(database: Database) -> None:
    story = await answered(database)

    def play(what: str, **values: str) -> str:
        event = scenario.Event(2, story.now, "wren-1", what, values)
        return story.write(lambda s: scenario.perform(s, event, story.now, ZONE))

    assert play("sent back", point="how many volunteers?", due="soon") == "due=soon is no date"
    assert play("sent back", point="how many volunteers?") == ""
    assert story.ask("wren-1").state is AskState.ASKED
    assert "say --again" in play("accepted")
    story.now += timedelta(minutes=1)
    story.answer("wren-1", {"staff": ["45"]}, "Rowan A")
    assert play("accepted") == ""
