"""Letters of the upper rungs are read by a person, and go only when that person says so."""

from datetime import timedelta

from messages.chasing.climb import climb_due
from store.asking.ask import Ask, AskState
from store.database import Session
from store.installation import row
from store.letters.touch import Touch, TouchState
from tests import make
from tests.bot.cli.terminal import MANAGER, Terminal, found_with_launch

AS_MANAGER = ("--as", MANAGER)


def _drafted(session: Session) -> None:
    """Every first step answered late, so that the board members' letters are drafted."""
    found_with_launch(session)
    second = session.query(Ask).filter_by(state=AskState.PENDING).all()
    for first in session.query(Ask).filter_by(state=AskState.ASKED):
        first.state, first.next_touch_at = AskState.ANSWERED, None
    for ask in second:
        ask.state, ask.asked_at, ask.round_began_at = AskState.ASKED, make.START, make.START
        ask.next_touch_at = make.START
    session.flush()
    moment = make.START
    while not session.query(Touch).filter_by(state=TouchState.DRAFTED).count():
        moment += timedelta(days=1)
        for ask in second:
            ask.next_touch_at = moment
        session.flush()
        climb_due(session, moment, make.ZONE)
    row(session).virtual_now = moment


def _states(terminal: Terminal) -> list[TouchState]:
    states: list[TouchState] = terminal.look(
        lambda session: [
            one.state for one in session.query(Touch).filter_by(rung="board_member").order_by(Touch.id)
        ]
    )
    return states


def test_drafted_letters_are_shown_as_their_readers_would_get_them(terminal: Terminal) -> None:
    terminal.keep(_drafted)
    told = terminal.told("approve", "wren")
    assert {one["to"] for one in told["letters"]} == {"Bose A", "Bose B"}
    one, other = told["letters"]
    assert "Dear Bose" in one["text"]
    assert one["agency"] in one["text"]
    assert one["agency"] not in other["text"]
    assert _states(terminal) == [TouchState.DRAFTED] * 2


def test_only_the_letters_named_go(terminal: Terminal) -> None:
    terminal.keep(_drafted)
    number = terminal.told("approve", "wren")["letters"][1]["number"]
    assert terminal.told("approve", "wren", str(number), *AS_MANAGER)["approved"] == 1
    assert sorted(_states(terminal)) == [TouchState.DRAFTED, TouchState.TO_SEND]
    assert [one["number"] == number for one in terminal.told("approve", "wren")["letters"]] == [False]
    assert terminal.told("approve", "wren", "--all", *AS_MANAGER)["approved"] == 1
    assert _states(terminal) == [TouchState.TO_SEND] * 2
    by = terminal.look(lambda session: {one.approved_by for one in session.query(Touch)} - {None})
    assert by == {MANAGER}


def test_a_coordinator_says_yes_only_where_there_is_no_manager(terminal: Terminal) -> None:
    terminal.keep(_drafted)
    assert "is not a manager" in terminal.refused("approve", "wren", "--all")
    assert _states(terminal) == [TouchState.DRAFTED] * 2
    terminal.done("office", "manager", MANAGER, "--end", *AS_MANAGER)
    assert terminal.told("approve", "wren", "--all")["approved"] == 2


def test_a_number_that_is_not_listed_and_a_stranger_are_refused(terminal: Terminal) -> None:
    terminal.keep(_drafted)
    assert "lists the 2 that do" in terminal.refused("approve", "wren", "99")
    assert "not theirs" in terminal.refused("approve", "wren", "--all", "--as", "bose.a@agencya.example")
    assert _states(terminal) == [TouchState.DRAFTED] * 2
