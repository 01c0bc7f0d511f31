"""What agencies promised is brought in, asked about, rated and listed from the command line."""

import pytest

from store.database import Session
from store.people.board import Board, OfficeRole
from tests import make
from tests.bot.cli.terminal import Terminal, found

pytestmark = pytest.mark.sqlite_first

HEAD = "Reference,Agency,Review,Action,Owner,Agreed on,Due date,Baseline\n"
RING = "R-1,Agency A,Review of May,Ring the family first,Named nurse,12/01/2026,01/06/2026,11\n"
ASK = "R-2,Agency B,Review of May,Ask what the child says,Ward manager,12/01/2026,01/12/2099,\n"
BAD = "R-3,Agency Q,Review of May,Nobody's,Nobody,12/01/2026,01/06/2026,\n"
CHAIR = "celia.marsden@west.example.org"


@pytest.fixture
def desk(terminal: Terminal) -> Terminal:
    """A board with two actions of two agencies, and a sub-group's chair."""
    terminal.keep(found)

    def seat_chair(session: Session) -> None:
        make.officer(session, session.query(Board).one(), "Celia Marsden", OfficeRole.SUBGROUP_CHAIR)

    terminal.keep(seat_chair)
    told = terminal.told("import", str(terminal.write("a.csv", HEAD + RING + ASK + BAD)), "--yes")
    assert told["new"] == ["action R-1 of Agency A", "action R-2 of Agency B"]
    assert "Agency Q" in told["rejected"][0]
    return terminal


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_is_imported_and_nothing_changes(desk: Terminal, ending: str) -> None:
    out = desk.folder / f"out.{ending}"
    desk.done("actions", "--out", str(out))
    assert "Nothing to change" in desk.done("import", str(out), "--yes")


def test_the_list_says_how_each_stands_and_how_many_are_embedded(desk: Terminal) -> None:
    told = desk.told("actions")
    assert [(one["reference"], one["rag"]) for one in told["actions"]] == [("R-1", "red"), ("R-2", "grey")]
    assert told["embedded"]["3"] == {"numerator": 0, "denominator": 2}
    shown = desk.done("actions", "--agency", "Agency A")
    assert "red:" in shown
    assert "Embedded at 3 months: 0 of 1 (0%), as at" in shown
    assert "R-2" not in shown
    assert "Review of May" in desk.done("action", "r-1")
    assert "There is no action R-9" in desk.refused("action", "R-9")


def test_a_chair_rates_and_a_stranger_does_not(desk: Terminal) -> None:
    refused = desk.refused("rate", "R-1", "--rating", "2", "--decision", "close", "--as", "rowan.a@x.example")
    assert "not theirs to do" in refused
    close = ("rate", "R-1", "--decision", "close", "--as", CHAIR)
    assert "--because" in desk.refused(*close, "--rating", "1")
    assert "sounds like blame" in desk.refused(*close, "--rating", "1", "--because", "they failed")
    told = desk.told(*close, "--rating", "1", "--because", "the ward is shut")
    assert (told["state"], told["rating"]) == ("closed", 1)
    assert desk.run("rate", "R-1", "--rating", "5", "--decision", "keep").exit_code == 2
    assert "reopen it first" in desk.refused("rate", "R-1", "--rating", "2", "--decision", "keep")
    whole = desk.told("action", "R-1")
    assert [one["because"] for one in whole["ratings"]] == ["the ward is shut"]


def test_a_campaign_asks_only_agencies_with_open_actions(desk: Terminal) -> None:
    about = ("--review", "review of may", "--months", "3")
    desk.done("rate", "R-2", "--rating", "3", "--decision", "close")
    desk.done("new", "action_evidence", "may-3", *about)
    assert "1 agency is asked" in desk.done("launch", "may-3", "--yes")
    [check] = desk.told("action", "R-1")["checks"]
    assert (check["months"], check["ask"], check["said"]) == (3, "may-3-1", None)
    assert not any(one["key"].startswith("actions_of") for one in desk.told("form", "list"))
    desk.done("rate", "R-1", "--rating", "2", "--decision", "close")
    assert "no agency has an open action" in desk.refused("new", "action_evidence", "may-6", *about)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("action_evidence", "x"), "--months 3, 6 or 12"),
        (("action_evidence", "x", "--review", "A", "--lesson", "L", "--months", "3"), "either --lesson"),
        (("action_evidence", "x", "--lesson", "LSN-9", "--months", "3"), "has no lesson 'LSN-9'"),
        (("return", "x", "--form", "tna", "--months", "3"), "asks about no actions"),
    ],
)
def test_what_a_campaign_about_actions_lacks_is_said(
    desk: Terminal, words: tuple[str, ...], refusal: str
) -> None:
    assert refusal in desk.refused("new", *words)


def test_nothing_is_written_where_no_file_of_this_kind_can_be(desk: Terminal) -> None:
    assert "ends in .csv or .xlsx" in desk.refused("actions", "--out", "actions.pdf")
    assert "No action follows 'LSN-9'" in desk.refused("actions", "--lesson", "LSN-9")
