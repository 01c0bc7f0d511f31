"""Wishes to be contacted are shown to those on duty and the office, and forgotten once dealt with."""

from uuid import uuid4

from bot.clock import real_now
from store.asking.campaign import Campaign
from store.chore import Chore, waiting
from store.database import Session
from store.decision import Decision
from store.people.board import Board
from store.rows import TABLES
from surveys.open.wishes import Wish, keep_wish
from tests import make
from tests.bot.cli.terminal import OPERATOR, Terminal, found_with_campaign
from tests.make import ZONE

ROWAN = "rowan.a@agencya.example"
TODAY = real_now().astimezone(ZONE).date()


def wish(session: Session, name: str = "Kit", language: str = "pl") -> None:
    board, asked = session.query(Board).one(), session.query(Campaign).one()
    said = Wish(language, name, "the school office", "after lunch", may_leave_message=False)
    keep_wish(session, board.id, asked.id, uuid4(), said, TODAY, ZONE)


def prepare(session: Session) -> None:
    found_with_campaign(session)
    wish(session)


def dump(session: Session) -> str:
    return "".join(repr(row) for table in TABLES for row in session.execute(table.select()))


def test_those_in_the_office_see_who_waits(terminal: Terminal) -> None:
    terminal.keep(prepare)
    [one] = terminal.told("wishes")
    assert one.pop("wish")
    assert one == {
        "day": str(TODAY),
        "campaign": "wren",
        "language": "pl",
        "first_name": "Kit",
        "safe_way": "the school office",
        "safe_time": "after lunch",
        "may_leave_message": False,
    }
    [read] = terminal.look(lambda session: session.query(Decision).filter_by(what="wishes read").all())
    assert (read.reason, read.by) == ("1 wish", OPERATOR)
    listed = terminal.done("wishes", "list")
    assert "school" in listed
    assert "leave none" in " ".join(listed.split())


def test_a_language_is_told_where_they_said_one(terminal: Terminal) -> None:
    terminal.keep(found_with_campaign)
    terminal.keep(lambda session: wish(session, language=""))
    assert [one["language"] for one in terminal.told("wishes")] == [None]
    listed = terminal.done("wishes")
    assert "not said" in listed
    assert "English" not in listed


def test_somebody_else_sees_nothing_until_they_are_on_duty_today(terminal: Terminal) -> None:
    terminal.keep(prepare)
    refused = terminal.run("wishes", "--as", ROWAN)
    assert refused.exit_code == 1
    assert "Kit" not in refused.output
    terminal.done("duty", ROWAN, "--from", str(TODAY), "--every-day")
    assert [one["first_name"] for one in terminal.told("wishes", "--as", ROWAN)] == ["Kit"]
    terminal.done("duty", ROWAN, "--from", str(TODAY), "--end")
    terminal.refused("wishes", "--as", ROWAN)


def test_nobody_else_closes_a_wish(terminal: Terminal) -> None:
    terminal.keep(prepare)
    [one] = terminal.told("wishes")
    terminal.refused("wishes", "done", one["wish"], "--outcome", "reached", "--as", ROWAN)
    assert len(terminal.told("wishes")) == 1


def test_once_it_is_dealt_with_the_words_are_gone_and_day_campaign_and_who_stay(terminal: Terminal) -> None:
    terminal.keep(prepare)
    [one] = terminal.told("wishes")
    told = terminal.told("wishes", "done", one["wish"].upper(), "--outcome", "passed_on")
    assert told == {"wish": one["wish"], "outcome": "passed_on", "by": OPERATOR}
    assert terminal.told("wishes") == []
    assert "Nobody waits" in terminal.done("wishes")
    everything = terminal.look(dump)
    assert not any(word in everything for word in ("Kit", "school office", "after lunch"))
    [decided] = terminal.look(lambda session: session.query(Decision).filter_by(what="wish closed").all())
    assert (decided.reason, decided.by) == (f"wish {one['wish']}: passed on", OPERATOR)
    assert "no wish" in terminal.refused("wishes", "done", one["wish"], "--outcome", "reached")


def test_the_chore_says_how_many_wait_and_is_ticked_off_with_the_last(terminal: Terminal) -> None:
    terminal.keep(prepare)
    terminal.keep(lambda session: wish(session, "Alex"))
    assert "2 wishes to be contacted wait: cascade wishes" in terminal.done("status", "wren")
    first, second = terminal.told("wishes")
    terminal.done("wishes", "done", first["wish"], "--outcome", "reached")
    assert [one.text for one in terminal.look(waiting)] == ["1 wish to be contacted waits: cascade wishes"]
    terminal.done("wishes", "done", second["wish"], "--outcome", "not_reached")
    assert terminal.look(waiting) == []
    [chore] = terminal.look(lambda session: session.query(Chore).all())
    assert chore.done_by == OPERATOR


def test_wishes_of_another_board_are_not_shown(terminal: Terminal) -> None:
    def two_boards(session: Session) -> None:
        prepare(session)
        make.board(session, "reading", "Reading Safeguarding Children Board")

    terminal.keep(two_boards)
    assert "Which board" in terminal.refused("wishes")
    assert len(terminal.told("wishes", "--board", "west")) == 1
    terminal.refused("wishes", "--board", "reading")
