"""A coordinator turns the year on, sees it as a calendar, moves its days, and is told why not."""

from datetime import UTC, datetime

import pytest

from messages.catalogue.return_kind import catalogue
from store.asking import year
from store.asking.year import EntryState, YearEntry
from store.database import Session
from store.decision import Decision
from store.installation import row
from store.people.board import Board
from tests import make
from tests.bot.cli.terminal import Terminal, found

SEPTEMBER = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def town(session: Session) -> None:
    """Agencies, a school, and the first of September."""
    found(session)
    board = session.query(Board).one()
    school = make.agency(session, board, "Kennet School", "primary school", make.terms(session))
    make.line(session, board, school, "K")
    row(session).virtual_now = SEPTEMBER


def _count(session: Session) -> int:
    return session.query(YearEntry).count()


def test_the_catalogue_is_a_table_and_tells_all_about_one(terminal: Terminal) -> None:
    assert "Training needs analysis" in terminal.done("catalogue")
    assert len(terminal.told("catalogue")) == len(catalogue())
    told = terminal.told("catalogue", "R25")
    assert (told["key"], told["small_form"], told["can_be_turned_on"]) == ("tna", "tna_short", True)
    assert told["minutes"] > 0
    child = terminal.done("catalogue", "r05")
    assert "Out of scope: It is about one child" in child
    assert "year on" not in child
    assert "did you mean tna?" in terminal.refused("catalogue", "tnaa")


def test_a_year_without_returns_says_how_to_turn_some_on(terminal: Terminal) -> None:
    terminal.keep(town)
    shown = terminal.done("year")
    assert "2026/27" in shown
    assert "cascade catalogue" in shown
    assert "cascade year on 2026/27" in shown
    assert terminal.told("year")["entries"] == []


def test_what_is_turned_on_is_seen_month_by_month_and_twice_adds_nothing(terminal: Terminal) -> None:
    terminal.keep(town)
    told = terminal.told("year", "on", "2026/27", "tna", "R11", "--agency", "Agency A")
    assert (told["returns"], told["entries"]) == (["tna", "iro"], 3)
    assert terminal.told("year", "on", "2026-27", "R25", "iro")["entries"] == 0
    shown = terminal.done("year", "2026/27")
    assert shown.index("September 2026") < shown.index("January 2027") < shown.index("May 2027")
    [schools] = [one for one in terminal.told("year")["entries"] if one["entry"] == "tna-2026-schools"]
    assert (schools["opens"], schools["due"], schools["state"]) == ("2026-09-14", "2026-10-23", "planned")


def test_all_leaves_off_what_the_board_has_to_name(terminal: Terminal) -> None:
    terminal.keep(town)
    told = terminal.told("year", "on", "2026/27", "--all")
    assert "mappa" in told["left"]
    assert "tna" in told["returns"]
    assert {one["campaign"] for one in terminal.told("year")["entries"]} == {None}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["on", "2026/27", "R05"], "out of scope"),
        (["on", "2026/27", "R27"], "cascade new management_report"),
        (["on", "2026/27", "R13"], "--agency NAME"),
        (["on", "2025/26", "tna"], "is over"),
        (["on", "2026/27", "dashboard", "--set", "want=figures"], "--set want: no form asked here"),
        (["on", "2026/27", "tnaa"], "did you mean tna?"),
        (["on", "2026/27", "tna", "--as", "stranger@else.example"], "is not a coordinator or manager"),
        (["off", "2026/27", "tna"], "is not turned on"),
        (["off", "2026/27", "section11", "dashboard"], "dashboard is not turned on"),
        (["move", "section11-2026", "--opens", "2026-10-17"], "it would open on Mon 19/10/2026"),
        (["move", "section11-2026", "--opens", "2026-08-20"], "is past"),
        (["move", "section11-2026", "--due", "2026-12-25"], "it would be due on Tue 29/12/2026"),
        (["move", "section12-2026", "--opens", "2026-10-19"], "did you mean section11-2026?"),
        (
            ["move", "section11-2026", "--opens", "2026-10-19", "--as", "a@else.example"],
            "is not a coordinator",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    terminal: Terminal, words: list[str], said: str
) -> None:
    terminal.keep(town)
    terminal.done("year", "on", "2026/27", "section11")
    before = terminal.told("year", "show", "2026/27")
    assert said in terminal.refused("year", *words)
    assert terminal.told("year", "show", "2026/27") == before


def test_a_move_takes_the_due_day_along_and_is_noted(terminal: Terminal) -> None:
    terminal.keep(town)
    terminal.done("year", "on", "2026/27", "section11")
    told = terminal.told("year", "move", "section11-2026", "--opens", "2026-10-19")
    assert told == {"entry": "section11-2026", "opens": "2026-10-19", "due": "2026-12-14", "due_days": 40}
    told = terminal.told("year", "move", "section11-2026", "--due", "2026-12-18")
    assert (told["due"], told["due_days"]) == ("2026-12-18", None)
    whats = terminal.look(lambda session: [one.what for one in session.query(Decision)])
    assert whats == ["year on", "year moved", "year moved"]


def test_what_was_launched_moves_no_more_and_points_to_more_time(terminal: Terminal) -> None:
    def launch(session: Session) -> None:
        entry = year.by_slug(session, "section11-2026")
        assert entry is not None
        entry.state, entry.wakes_on = EntryState.LAUNCHED, None

    terminal.keep(town)
    terminal.done("year", "on", "2026/27", "section11")
    terminal.keep(launch)
    assert "cascade extend" in terminal.refused("year", "move", "section11-2026", "--opens", "2026-10-19")
    assert "launched already" in terminal.refused("year", "off", "2026/27", "section11-2026")
    assert terminal.told("year", "off", "2026/27", "section11")["off"] == []


def test_off_lets_entries_be_and_on_brings_them_back(terminal: Terminal) -> None:
    terminal.keep(town)
    terminal.done("year", "on", "2026/27", "tna")
    assert terminal.told("year", "off", "2026/27", "tna-2026-others")["off"] == ["tna-2026-others"]
    assert terminal.told("year", "off", "2026/27", "tna")["off"] == ["tna-2026-schools"]
    assert {one["state"] for one in terminal.told("year")["entries"]} == {"off"}
    terminal.done("year", "on", "2026/27", "tna")
    assert {one["state"] for one in terminal.told("year")["entries"]} == {"planned"}


def test_a_day_that_is_past_stays_off_until_it_is_moved(terminal: Terminal) -> None:
    def late(session: Session) -> None:
        town(session)
        row(session).virtual_now = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)

    terminal.keep(late)
    terminal.done("year", "on", "2026/27", "tna")
    assert "its day was past when it was laid down" in terminal.done("year")
    terminal.done("year", "move", "tna-2026-schools", "--opens", "2026-10-05")
    states = {one["entry"]: one["state"] for one in terminal.told("year")["entries"]}
    assert states == {"tna-2026-schools": "planned", "tna-2026-others": "planned"}
