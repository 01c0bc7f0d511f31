"""A return's letters say what is true of the form at hand: its sections, and its answers of last time."""

from datetime import timedelta

import pytest

from messages.launching.plan import plan
from messages.letters.press import Press
from store.answers.inbound import Inbound, Source
from store.answers.response import Response
from store.asking import campaign
from store.asking.ask import Ask, AskState, close
from store.database import Database, Session
from store.people.board import Board
from tests import chosen, make
from tests.make import IDENTITY, START, ZONE
from tests.story import Story

pytestmark = pytest.mark.sqlite_first

MILESTONES = (
    "acknowledge", "author", "chronology", "draft", "final", "action_plan", "learning_event",
)  # fmt: skip
LAST_YEAR = START - timedelta(days=363)


def written(session: Session, key: str, slug: str = "asked") -> dict[str, str]:
    """Every letter of a return of Agency A in plain words, by rung and role, its subject first."""
    board = session.query(Board).one_or_none() or make.world(session, "A")[0]
    made = chosen.campaign(session, board, "return", slug, forms=(key,))
    planned = plan(session, made, START, ZONE, Press(IDENTITY))
    assert planned.errors == []
    return {
        f"{one.rung} {one.role}": " ".join(f"{one.subject} {one.rendered.text}".split())
        for one in planned.letters
    }


def answer_last_year(session: Session, key: str) -> None:
    """A return of the same form, launched and answered a year before."""
    board, _ = make.world(session, "A")
    made = chosen.campaign(session, board, "return", "before", forms=(key,))
    make.launched(session, made, LAST_YEAR)
    [asked] = session.query(Ask).all()
    [step] = campaign.steps(session, made.id)
    came = Inbound(source=Source.WEB, source_id="before", received_at=LAST_YEAR, raw=b"")
    session.add(came)
    session.flush()
    session.add(
        Response(
            board_id=board.id, ask_id=asked.id, form_version_id=step.form_version_id,
            inbound_id=came.id, answers={}, at=LAST_YEAR,
        )
    )  # fmt: skip
    close(session, asked.id, AskState.ANSWERED, LAST_YEAR)
    session.flush()


@pytest.mark.parametrize("milestone", MILESTONES)
def test_a_milestone_is_asked_without_sections_or_answers_of_last_time(
    database: Database, milestone: str
) -> None:
    told = Story(database).write(lambda session: written(session, f"report_{milestone}"))
    assert "asked Tell us" not in told["issue asked"]
    assert told["issue asked"].startswith("Tell us ")
    for text in told.values():
        for untrue in ("section", "last time", "in one go", "was saved", "filled in so far", "a return from"):
            assert untrue not in text


def test_a_long_form_says_that_colleagues_can_fill_its_sections(database: Database) -> None:
    told = Story(database).write(lambda session: written(session, "tna"))
    assert "Colleagues can fill the sections that they know best" in told["issue asked"]
    assert "need not be done in one go" in told["issue asked"]
    assert "what was saved is still there" in told["coming_up asked"]


def test_who_answers_for_the_first_time_is_told_of_no_answers_of_last_time(database: Database) -> None:
    told = Story(database).write(lambda session: written(session, "tna_short"))
    assert "is there already" not in told["issue asked"]


async def test_the_answers_of_last_time_are_told_of_with_their_day_in_plan_and_letter(
    database: Database,
) -> None:
    story = Story(database)
    story.write(lambda session: answer_last_year(session, "tna_short"))
    told = story.write(lambda session: written(session, "tna_short"))["issue asked"]
    said = "What was answered on Tuesday 14 October 2025 is there already, to be confirmed or changed."
    assert said in told
    assert "sections" not in told

    def launch(session: Session) -> None:
        made = campaign.by_slug(session, "asked")
        assert made is not None
        make.launched(session, made)

    story.write(launch)
    await story.until(START)
    [letter] = [one for one in story.channel.sent if "[asked-1]" in one.subject]
    assert said in " ".join(letter.text.split())
    assert said in " ".join(letter.html.split())


def test_what_starts_empty_each_time_speaks_of_no_last_time(database: Database) -> None:
    story = Story(database)
    story.write(lambda session: answer_last_year(session, "report_draft"))
    told = story.write(lambda session: written(session, "report_draft"))
    assert "is there already" not in told["issue asked"]
