"""A management report from the request to the action plan: dates, the author, copies, and what comes back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from messages.changes import handing_over
from messages.launching.compose import copy_playbook
from messages.letters import returning
from messages.playbooks import dated, playbook
from store.asking import round as rounds
from store.asking.ask import AskState
from store.chore import ChoreKind
from store.database import Database, Session
from store.people.board import Board
from surveys.answering.intake import Receipt
from tests import make
from tests.make import START, ZONE
from tests.story import WHO, Story, by_name, find

pytestmark = pytest.mark.sqlite_first

SAID = {
    "review": "LLR-2026-03",
    "period": "January to June 2026",
    "lines": "E1 to E4",
    "author_rules": "a senior colleague with no part in the work",
    "template": "https://board.example.org/template",
    "route": "the secure case store",
    "support": "the employee helpline",
}
SAFE = {"received": ["yes"], "secured": ["yes"], "secured_on": ["12/10/2026"]}
AUTHOR = {
    "author_name": ["Ada A"],
    "author_role": ["Head of practice"],
    "author_email": ["ada.a@agencya.example"],
    "senior": ["yes"],
    "independent": ["yes"],
    "briefing": ["no"],
}
SENT = {"sent_on": ["12/10/2026"]}
ROWAN, ADA, DEVI = "rowan.a@agencya.example", "ada.a@agencya.example", "devi.a@agencya.example"


def begin(database: Database, book: str = "management_report", on: date | None = None) -> Story:
    """One agency that is asked for a report on Monday 12 October."""
    story = Story(database)

    def build(session: Session) -> Board:
        board, _ = make.world(session, "A")
        shipped = playbook.load(book)
        assert shipped is not None
        forms = make.kept_forms(session, shipped)
        made = copy_playbook(session, board.id, shipped, "llr", START, WHO, forms=forms, values=SAID, on=on)
        make.launched(session, made, START)
        return board

    story.write(build)
    return story


def answer(story: Story, number: int, raw: dict[str, list[str]], who: str = "Rowan A") -> None:
    assert isinstance(story.answer(f"llr-{number}", raw, who), Receipt)


async def to_the_author(story: Story, author: dict[str, list[str]] = AUTHOR) -> None:
    """Answer the first two questions, and let a day pass."""
    await story.until(START + timedelta(hours=1))
    answer(story, 1, SAFE)
    answer(story, 2, author)
    await story.until(START + timedelta(days=1))


def sent_to(story: Story, address: str) -> list[str]:
    return [letter.text for letter in story.channel.sent if letter.address == address]


async def test_every_day_is_counted_from_the_request_and_the_request_says_them(database: Database) -> None:
    story = begin(database)
    days = [story.ask(f"llr-{number}").due_on for number in range(1, 7)]
    calendar = [2, 5, 15, 30, 40, 50]
    assert days == [make_day(count) for count in calendar]
    await story.until(START + timedelta(hours=1))
    [letter] = sent_to(story, ROWAN)
    assert "acknowledge, Wednesday 14 October 2026; author, Monday 19 October 2026;" in letter
    for said in SAID.values():
        assert said in letter


def make_day(working_days: int) -> date:
    day = START.date()
    for _ in range(working_days):
        day += timedelta(days=3 if day.weekday() == 4 else 1)
    return day


async def test_who_is_named_is_asked_what_follows_and_the_representative_has_copies(
    database: Database,
) -> None:
    story = begin(database)
    await to_the_author(story)
    [welcome] = sent_to(story, ADA)
    assert "You were named at Agency A" in welcome
    assert story.ask("llr-3").state is AskState.ASKED
    # The debt stays with the seat of the representative.
    assert story.ask("llr-3").seat_id == story.ask("llr-1").seat_id
    await story.until(datetime(2026, 11, 6, 12, tzinfo=UTC))
    chasers = [(rung, role) for rung, role, state in story.rungs("llr-3") if state == "sent"]
    for rung in ("soon", "today", "deputy"):
        assert {("asked"), ("representative")} <= {role for name, role in chasers if name == rung}
    assert ("deputy", "deputy") in chasers
    phone = [one.text for one in story.chores() if one.kind is ChoreKind.PHONE]
    assert any("ask the author how the report is coming on" in text for text in phone)
    answer(story, 3, SENT, "Ada A")
    assert story.ask("llr-4").delegate_id == story.ask("llr-3").delegate_id is not None


async def test_a_representative_who_writes_it_has_one_letter_and_no_copy(database: Database) -> None:
    story = begin(database)
    await to_the_author(story, {**AUTHOR, "author_name": ["Rowan A"], "author_email": [ROWAN]})
    await story.until(datetime(2026, 11, 3, 12, tzinfo=UTC))
    assert story.ask("llr-3").delegate_id is None
    assert [one.reason for one in story.decisions("named elsewhere")] == [f"{ROWAN} has it already."]
    copies = {state for _, role, state in story.rungs("llr-3") if role == "representative"}
    assert copies == {"skipped"}


async def test_an_author_from_elsewhere_waits_for_a_coordinator_and_hears_nothing(database: Database) -> None:
    story = begin(database)
    await to_the_author(story, {**AUTHOR, "author_email": ["ada@elsewhere.example"]})
    await story.until(START + timedelta(days=3))
    assert story.ask("llr-3").delegate_id is None
    assert sent_to(story, "ada@elsewhere.example") == []
    [chore] = [one for one in story.chores() if one.kind is ChoreKind.DECIDE_HANDOVER]
    assert "--to ada@elsewhere.example" in chore.text


async def test_a_later_choice_of_people_is_not_undone_by_the_answer(database: Database) -> None:
    story = begin(database)
    await to_the_author(story)
    answer(story, 2, {**AUTHOR, "briefing": ["yes"]})

    def back(session: Session) -> None:
        asked = find(session, "llr-3")
        assert asked.delegate_id is not None
        rounds.take_back(session, asked.delegate_id, "has left", story.now, WHO)

    story.write(back)
    await story.until(START + timedelta(days=4))
    assert story.ask("llr-3").delegate_id is None


@pytest.mark.parametrize("done", [(), (3,)])
async def test_a_corrected_answer_moves_what_is_open_to_the_new_author(
    database: Database, done: tuple[int, ...]
) -> None:
    story = begin(database)
    await to_the_author(story)
    for number in done:
        answer(story, number, SENT, "Ada A")
    answer(story, 2, {**AUTHOR, "author_name": ["Noor A"], "author_email": ["noor.a@agencya.example"]})
    await story.until(START + timedelta(days=2))
    assert len(sent_to(story, "noor.a@agencya.example")) == 1
    taker = story.read(lambda session: by_name(session, "Noor A").id)
    assert story.ask(f"llr-{3 + len(done)}").delegate_id == taker


async def test_a_corrected_answer_leaves_what_the_author_handed_on(database: Database) -> None:
    story = begin(database)
    await to_the_author(story)
    story.write(
        lambda session: handing_over.hand_over(
            session, find(session, "llr-3"), None, "Kim A", "kim.a@agencya.example", story.now, WHO
        )
    )
    answer(story, 2, {**AUTHOR, "author_name": ["Noor A"], "author_email": ["noor.a@agencya.example"]})
    await story.until(START + timedelta(days=2))
    taker = story.read(lambda session: by_name(session, "Kim A").id)
    assert story.ask("llr-3").delegate_id == taker


async def test_a_late_chronology_gives_the_draft_five_working_days_and_is_itself_still_welcome(
    database: Database,
) -> None:
    story = begin(database)
    await to_the_author(story)
    late = datetime(2026, 11, 25, 10, tzinfo=UTC)  # a Wednesday; the draft was due on Monday 23 November
    await story.until(late)
    assert story.ask("llr-4").state is AskState.PENDING
    answer(story, 3, SENT, "Ada A")
    await story.until(late + timedelta(days=1))
    draft = story.ask("llr-4")
    assert (draft.original_due_on, draft.due_on) == (date(2026, 11, 23), date(2026, 12, 2))
    assert len(story.decisions("due later")) >= 1


async def test_a_draft_that_comes_back_keeps_the_final_waiting_with_the_same_author(
    database: Database,
) -> None:
    story = begin(database)
    await to_the_author(story)
    answer(story, 3, SENT, "Ada A")
    answer(story, 4, SENT, "Ada A")
    assert story.ask("llr-5").state is AskState.ASKED

    def send_back(session: Session) -> None:
        draft = find(session, "llr-4")
        due = returning.due_again(session, draft, story.now, ZONE, None)
        rounds.reopen(session, draft, due, story.now, "sent back")
        rounds.wait_again(session, draft, "the draft was sent back", story.now, WHO)

    story.write(send_back)
    assert (story.ask("llr-4").state, story.ask("llr-5").state) == (AskState.ASKED, AskState.PENDING)
    await story.until(story.now + timedelta(days=1))
    answer(story, 4, SENT, "Ada A")
    final = story.ask("llr-5")
    assert final.state is AskState.ASKED
    assert final.delegate_id == story.ask("llr-4").delegate_id is not None


async def test_a_request_that_nobody_acknowledges_stops_at_the_deputy_and_asks_for_the_author(
    database: Database,
) -> None:
    story = begin(database)
    await story.until(START + timedelta(days=9))
    assert story.ask("llr-1").state is AskState.LAPSED
    assert {role for _, role, _ in story.rungs("llr-1")} == {"asked", "representative", "deputy"}
    assert story.ask("llr-2").state is AskState.ASKED


@pytest.mark.parametrize(
    ("on", "keys"),
    [
        (None, ["final", "action_plan"]),
        (date(2026, 12, 10), ["final", "learning_event", "action_plan"]),
        (date(2027, 3, 10), ["final", "action_plan", "learning_event"]),
    ],
)
def test_the_learning_event_is_asked_about_where_its_day_belongs(on: date | None, keys: list[str]) -> None:
    shipped = playbook.load("management_report")
    assert shipped is not None
    steps = [step.key for step in dated.settle(shipped, on, START.date()).steps]
    assert steps == ["acknowledge", "author", "chronology", "draft", *keys]


async def test_a_rapid_review_is_one_summary_in_ten_working_days(database: Database) -> None:
    story = begin(database, "rapid_review")
    assert story.ask("llr-1").due_on == make_day(10)
    await story.until(START + timedelta(hours=1))
    [letter] = sent_to(story, ROWAN)
    assert "a short summary for rapid review LLR-2026-03" in " ".join(letter.split())
