"""A coordinator accepts what came or sends it back, and every refusal says what there is."""

from datetime import timedelta

import pytest

from bot.asking.choice import choose
from bot.asking.drafting import draft
from messages.playbooks import playbook
from store.answers.inbound import Source
from store.answers.judgement import Judgement
from store.asking import ask
from store.asking.ask import Ask, AskState
from store.asking.campaign import Step
from store.database import Session
from store.installation import row
from store.people.board import Board, OfficeRole
from surveys.answering import intake
from surveys.answering.intake import Arrival, Receipt
from surveys.judging import quality
from tests import make
from tests.bot.cli.terminal import OPERATOR, Terminal, found

LATER = make.START + timedelta(days=2)
ANSWERS = {"affected": ["yes"], "updated": ["done"], "changed": ["slides"], "declared_by": ["Rowan A, lead"]}
OTHERWISE = {"change": ["lesson"], **ANSWERS, "changed": ["handout"]}
pytestmark = pytest.mark.sqlite_first


def asked_for_assurance(session: Session) -> None:
    """Assurance about a lesson, asked of two agencies; A has answered."""
    ask_form(session, "assurance", "wren", lesson="Wren", change="lesson")
    answer(session, "wren-1", change=["lesson"], **ANSWERS)


def asked_for_a_report(session: Session) -> None:
    """The draft of a report; A says that it has been sent."""
    ask_form(session, "report_draft", "report")
    sent = {"sent_on-day": ["14"], "sent_on-month": ["10"], "sent_on-year": ["2026"]}
    answer(session, "report-1", **sent)


def ask_form(session: Session, key: str, slug: str, **values: str) -> None:
    """A form asked of Agency A and Agency B, for a board with a coordinator, a manager and a chair."""
    found(session, "AB")
    of, book = session.query(Board).one(), playbook.load("return")
    make.officer(session, of, "Chi Chair", OfficeRole.SUBGROUP_CHAIR)
    assert book is not None
    chosen = choose(session, of.id, book, [key], values, "")
    assert not isinstance(chosen, str), chosen
    made = draft(
        session, of.id, chosen.book, slug, make.START, OPERATOR, forms=chosen.versions, values=values
    )
    make.launched(session, made)
    row(session).virtual_now = LATER


def answer(session: Session, reference: str, **raw: list[str]) -> None:
    """Somebody tells the office what their agency answers."""
    asked = find(session, reference)
    arrival = Arrival(Source.TELEPHONE, f"{reference}-{sorted(raw.items())}", raw, None, OPERATOR)
    taken = intake.receive(session, asked.id, arrival, LATER, LATER.date())
    assert isinstance(taken, Receipt), taken


def find(session: Session, reference: str = "wren-1") -> Ask:
    known = ask.by_reference(session, reference)
    assert known is not None
    return known


def test_what_came_waits_is_sent_back_comes_again_and_is_accepted(terminal: Terminal) -> None:
    terminal.keep(asked_for_assurance)
    [one] = terminal.told("returns", "--state", "waiting")["returns"]
    assert (one["ask"], one["waited"], one["rag"]) == ("wren-1", 0, "green")
    assert terminal.told("status", "wren")["campaigns"][0]["to_judge"] == {
        "waiting": 1,
        "since": "2026-10-14",
    }
    told = terminal.told("send-back", "wren-1", "--point", "changed: which slides?", "--point", "And when?")
    assert (told["outcome"], told["due"], told["waits"]) == ("sent_back", "2026-11-23", None)
    assert [point["about"] for point in told["points"]] == ["changed", ""]
    owed = {each["ask"]: each for each in terminal.told("owed")["owed"]}
    assert owed["wren-1"]["reason"].startswith("sent back on 2026-10-14; due in ")
    terminal.keep(lambda session: answer(session, "wren-1", **OTHERWISE))
    whole = terminal.told("returns", "wren-1")
    assert [each["changes"][0]["before"] for each in whole["earlier"]] == ["Slides"]
    assert "Rowan A, lead" not in str(whole)
    assert "Rowan A, lead" in str(terminal.told("returns", "wren-1", "--names"))
    terminal.done(
        "accept", "wren-1", "--rating", "3", "--decision", "close", "--as", "chi.chair@west.example.org"
    )
    [one] = terminal.told("returns", "--state", "accepted")["returns"]
    assert (one["rag"], one["rating"], one["decision"]) == ("blue", 3, "close")
    assert "sent back, by" in terminal.done("why", "rowan a")


def test_the_boards_score_stands_beside_theirs_in_the_export(terminal: Terminal) -> None:
    terminal.keep(asked_for_assurance)
    score = ("--score", "updated=in_progress", "--because", "two teams are to follow")
    terminal.done("accept", "wren-1", *score, "--point", "Thank you: please add the date.")
    [row] = terminal.told("answers", "wren")[0]["rows"]
    assert (row["updated"], row["moderated:updated"]) == ("done", "in_progress")
    assert (row["judged:outcome"], row["judged:points"]) == (
        "accepted_with_point",
        "Thank you: please add the date.",
    )
    assert "= Updated: they say Yes, done; the Board: In progress" in terminal.done("returns", "wren-1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("send-back", "wren-1"), "say at least one point"),
        (("send-back", "wren-1", "--point", "chnged: which?"), "did you mean change"),
        (("send-back", "wren-1", "--point", "you failed to say"), "sounds like blame"),
        (("send-back", "wren-1", "--point", "x", "--due", "12/10/2026"), "leaves no day"),
        (("send-back", "wren-2", "--point", "x"), "nothing was answered yet"),
        (("accept", "wren-1", "--score", "updated=perhaps", "--because", "x"), "it is one of done"),
        (("accept", "wren-1", "--score", "size=3", "--because", "x"), "has no question"),
        (("accept", "wren-1", "--check", "child_visible=yes"), "has no quality check"),
        (("accept", "wren-1", "--seen", "ffffff"), "a newer answer has come"),
        (("accept", "wren-9"), "There is no ask wren-9"),
        (("returns", "wren-9"), "There is no ask wren-9"),
        (("accept", "wren-1", "--as", "rowan.a@agencya.example"), "not theirs to do"),
        (("returns", "wren-1", "--as", "rowan.a@agencya.example"), "not theirs to do"),
    ],
)
def test_what_cannot_be_judged_so_is_refused_and_nothing_changes(
    terminal: Terminal, words: tuple[str, ...], said: str
) -> None:
    terminal.keep(asked_for_assurance)
    assert said in terminal.refused(*words)
    assert terminal.look(lambda session: session.query(Judgement).count()) == 0
    assert terminal.look(find).state is AskState.ANSWERED


def test_some_of_what_was_accepted_is_drawn_once_to_show_its_evidence(terminal: Terminal) -> None:
    terminal.keep(asked_for_assurance)
    assert "no answer that could show any is accepted" in terminal.refused(
        "returns", "wren", "--sample", "15%"
    )
    terminal.done("accept", "wren-1")
    drawn = terminal.told("returns", "wren", "--sample", "15%")
    assert (drawn["of"], drawn["seed"], drawn["drawn"]) == (1, "wren", [{"ask": "wren-1", "is_asked": False}])
    assert "say --yes" in terminal.refused("send-back", "wren", "--sample", "15%")
    [told] = terminal.told("send-back", "wren", "--sample", "15", "--yes")
    assert (told["outcome"], told["decision"]) == ("sampled", "1 of 1 accepted answers (15 %, seed wren)")
    terminal.keep(lambda session: answer(session, "wren-1", **OTHERWISE))
    assert terminal.told("send-back", "wren", "--sample", "15%", "--yes") == []
    terminal.keep(lambda session: answer(session, "wren-2", **OTHERWISE))
    terminal.done("accept", "wren-2")
    drawn = terminal.told("send-back", "wren", "--sample", "100%", "--yes")
    assert [one["ask"] for one in drawn] == ["wren-2"]
    assert terminal.run("send-back", "wren", "--sample", "many").exit_code == 2


def test_a_report_is_checked_for_quality_with_what_is_made_of_it(terminal: Terminal) -> None:
    terminal.keep(asked_for_a_report)
    assert "child_visible" in terminal.refused("accept", "report-1", "--check", "visible=yes")
    assert "why_answered" in terminal.refused("accept", "report-1", "--check", "child_visible=yes")
    checks = [word for name in quality.names() for word in ("--check", f"{name}=partly")]
    terminal.done("send-back", "report-1", *checks, "--point", "Please say who was asked, by role.")
    kept = terminal.look(lambda session: session.query(Judgement).one()).quality
    assert (kept["child_visible"], kept["outcome"]) == ("partly", "return_points")
    assert "child_visible: partly" in terminal.done("returns", "report-1")


def test_steps_that_are_for_nobody_to_judge_say_so(terminal: Terminal) -> None:
    terminal.keep(asked_for_assurance)

    def unmark(session: Session) -> None:
        session.query(Step).one().is_judged = None

    terminal.keep(unmark)
    assert "kept and not judged" in terminal.refused("accept", "wren-1")
    assert terminal.told("returns")["returns"] == []
