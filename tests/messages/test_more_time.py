"""More time: granted by rule when asked in time, else by a person; both due dates are kept."""

from datetime import UTC, date, datetime, timedelta

import pytest

from messages.changes import more_time
from messages.changes.extensions import GRANTED_AT_ONCE
from messages.changes.more_time import RULE
from store.asking import extension
from store.asking.extension import Extension, ExtensionState
from store.asking.lesson import Priority
from store.chore import ChoreKind
from store.database import Database, Session
from tests.make import START, ZONE
from tests.story import ACKNOWLEDGED, WHO, Story, by_name, find

pytestmark = pytest.mark.sqlite_first

DUE = date(2026, 10, 19)  # five working days from Monday 12 October


def ask_for(story: Story, days: int = 5, reference: str = "wren-1") -> Extension | str:
    def ask(session: Session) -> Extension | str:
        rowan = by_name(session, "Rowan A")
        return more_time.ask_for(
            session, find(session, reference), rowan.id, days, "staff away", story.now, ZONE
        )

    return story.write(ask)


def state(request: Extension | str) -> ExtensionState:
    assert isinstance(request, Extension), request
    return request.state


async def test_a_first_request_in_time_is_granted_by_rule(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(days=1))
    request = ask_for(story, GRANTED_AT_ONCE)
    assert state(request) is ExtensionState.GRANTED
    one = story.ask("wren-1")
    assert (one.original_due_on, one.due_on) == (DUE, date(2026, 11, 2))
    [line] = story.decisions("more time")
    assert line.by == RULE
    assert line.reason == "10 working days, from 2026-10-19 to 2026-11-02: staff away"


async def test_a_new_round_skips_what_was_asked_already_and_keeps_the_days_before_due(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(datetime(2026, 10, 15, 10, tzinfo=UTC))
    assert [rung for rung, _, _ in story.rungs("wren-1")] == ["issue", "reminder"]
    ask_for(story)
    await story.until(datetime(2026, 10, 29, 10, tzinfo=UTC))
    second = [(one.rung, one.state.value, one.reason) for one in story.touches("wren-1") if one.round == 2]
    assert second[0] == ("issue", "skipped", "they were asked in an earlier round")
    assert second[1][:2] == ("reminder", "sent")
    assert [at for at, who in story.letters() if who.startswith("rowan")] == [
        "12 Oct 10:00",
        "15 Oct 09:00",
        "22 Oct 09:00",
        "28 Oct 09:00",
    ]


@pytest.mark.parametrize(
    ("why", "days", "late", "urgent"),
    [
        ("too long", GRANTED_AT_ONCE + 1, False, False),
        ("too late", 5, True, False),
        ("urgent", 5, False, True),
    ],
)
async def test_any_other_request_waits_for_a_person(
    database: Database, why: str, days: int, late: bool, urgent: bool
) -> None:
    story = Story(database)
    story.begin("A", priority=Priority.URGENT if urgent else None)
    await story.until(START + timedelta(days=8 if late else 0, hours=1))
    due = story.ask("wren-1").due_on
    request = ask_for(story, days)
    assert state(request) is ExtensionState.ASKED, why
    assert story.ask("wren-1").due_on == due
    chores = [one for one in story.chores() if one.kind is ChoreKind.DECIDE_EXTENSION]
    assert len(chores) == 1
    assert f"{days} more working days for wren-1 (due {due}): staff away" in chores[0].text


async def test_a_second_request_waits_for_a_person_and_meanwhile_no_third_is_taken(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")
    assert state(ask_for(story)) is ExtensionState.GRANTED
    assert state(ask_for(story)) is ExtensionState.ASKED
    assert "already" in str(ask_for(story))
    assert len(story.read(lambda s: extension.of_ask(s, find(s, "wren-1").id))) == 2


@pytest.mark.parametrize("grant", [True, False])
async def test_a_person_decides_and_the_chore_is_done(database: Database, grant: bool) -> None:
    story = Story(database)
    story.begin("A")
    request = ask_for(story, 20)
    assert isinstance(request, Extension)

    def decide(session: Session) -> None:
        more_time.decide(session, session.get_one(Extension, request.id), grant=grant, now=story.now, by=WHO)

    story.write(decide)
    one = story.ask("wren-1")
    assert one.due_on == (date(2026, 11, 16) if grant else DUE)
    assert one.original_due_on == DUE
    assert one.round == (2 if grant else 1)
    assert [chore for chore in story.chores() if chore.kind is ChoreKind.DECIDE_EXTENSION] == []


async def test_a_coordinators_extension_answers_the_open_request(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    ask_for(story, 20)
    story.write(lambda s: more_time.extend(s, find(s, "wren-1"), 3, "agreed by phone", story.now, WHO, ZONE))
    [request] = story.read(lambda s: extension.of_ask(s, find(s, "wren-1").id))
    assert (request.state, request.decided_by) == (ExtensionState.GRANTED, WHO)
    assert story.ask("wren-1").due_on == date(2026, 10, 22)


@pytest.mark.parametrize("days", [0, -1, 61])
async def test_a_senseless_number_of_days_is_refused(database: Database, days: int) -> None:
    story = Story(database)
    story.begin("A")
    assert "from 1 to 60" in str(ask_for(story, days))


async def test_what_is_answered_is_not_extended(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")
    assert "nothing to extend" in str(ask_for(story))
    refused = story.write(lambda s: more_time.extend(s, find(s, "wren-1"), 3, "", story.now, WHO, ZONE))
    assert "nothing to extend" in str(refused)


async def test_time_given_after_the_due_date_counts_from_today(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(datetime(2026, 10, 21, 12, tzinfo=UTC))
    request = ask_for(story, 5)
    assert isinstance(request, Extension)
    assert (request.due_before, request.due_after) == (DUE, date(2026, 10, 28))
    story.write(lambda s: more_time.extend(s, find(s, "wren-1"), 5, "agreed", story.now, WHO, ZONE))
    assert story.ask("wren-1").due_on == date(2026, 10, 28)
    # Before it, from the due date as ever.
    story.write(lambda s: more_time.extend(s, find(s, "wren-1"), 1, "agreed", story.now, WHO, ZONE))
    assert story.ask("wren-1").due_on == date(2026, 10, 29)
