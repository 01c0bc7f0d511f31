"""A request for a report is drafted whole or not at all, and its extensions are the chairs' to decide."""

import pytest

from bot.clock import real_now
from messages.changes import more_time
from store.asking import ask, campaign
from store.database import Session
from store.decision import Decision
from tests import make
from tests.bot.cli.terminal import Terminal, found

SAID = {
    "review": "LLR-2026-03",
    "period": "January to June 2026",
    "lines": "E1 to E4",
    "author_rules": "a senior colleague",
    "template": "https://board.example.org/template",
    "route": "the secure case store",
    "support": "the employee helpline",
}


def said(**other: str) -> list[str]:
    return [word for name, text in {**SAID, **other}.items() if text for word in ("--set", f"{name}={text}")]


def test_all_that_is_missing_is_named_at_once_with_what_it_is(terminal: Terminal) -> None:
    terminal.keep(found)
    line = terminal.refused(
        "new", "management_report", "llr", "--agency", "Agency A", *said(period="", route="")
    )
    assert "--set period=TEXT (the time that it looks at" in line
    assert "--set route=TEXT (the secure route" in line
    assert "lines" not in line


def test_a_name_in_the_reference_and_a_request_to_everybody_are_refused(terminal: Terminal) -> None:
    terminal.keep(found)
    line = terminal.refused(
        "new", "management_report", "llr", "--agency", "Agency A", *said(review="Child J")
    )
    assert "“Child” says whom it is about" in line
    assert "--agency" in terminal.refused("new", "management_report", "llr", *said())


@pytest.mark.parametrize(("day", "count"), [((), 6), (("--on", "10/12/2026"), 7)])
def test_a_request_is_drafted_with_its_milestones(
    terminal: Terminal, day: tuple[str, ...], count: int
) -> None:
    terminal.keep(found)
    told = terminal.told("new", "management_report", "llr", "--agency", "Agency A", *said(), *day)
    assert told["title"] == "Management report for review LLR-2026-03"
    assert len(told["steps"]) == count
    assert ("learning_event" in told["steps"]) is bool(day)


def test_more_time_for_a_report_is_kept_under_the_name_of_the_chair_and_told_when_late(
    terminal: Terminal,
) -> None:
    terminal.keep(found)
    both = ("--agency", "Agency A", "--agency", "Agency B")
    terminal.done("new", "rapid_review", "rr", *both, *said())

    def launch(session: Session) -> None:
        wanted = campaign.by_slug(session, "rr")
        assert wanted is not None
        make.launched(session, wanted)
        for reference, moment in (("rr-1", make.START), ("rr-2", real_now())):
            asked = ask.by_reference(session, reference)
            assert asked is not None
            more_time.ask_for(session, asked, None, 3, "volume", moment, make.ZONE)

    terminal.keep(launch)
    [progress] = terminal.told("status", "rr")["campaigns"]
    wishes = [one for one in progress["chores"] if one["kind"] == "decide_extension"]
    assert [(one["by"] == "2026-10-14", one["late"]) for one in wishes] == [(True, True), (False, False)]
    assert terminal.done("status", "rr").count("LATE, the day to decide has passed: Agency A asks") == 1
    line = terminal.refused("extend", "rr-1", "--days", "3", "--because", "agreed")
    assert "the Independent Chair decides about more time here" in line
    terminal.done("extend", "rr-1", "--days", "3", "--because", "agreed", "--decided-by", "Noor Hadley")
    [by] = terminal.look(
        lambda session: [one.by for one in session.query(Decision).filter_by(what="more time")]
    )
    assert by.startswith("Noor Hadley, the Independent Chair (kept by ")
