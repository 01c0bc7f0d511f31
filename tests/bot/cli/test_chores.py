"""What waits for a person is numbered where it is told, and ticked off by that number."""

from messages.changes import recording
from messages.chasing.climb import climb_due
from store import chore
from store.chore import ChoreKind
from store.database import Session
from store.letters.touch import Touch, TouchState
from store.people import person
from store.people.board import Board
from tests import chosen, make
from tests.bot.cli.terminal import OPERATOR, Terminal, found, found_with_campaign, found_with_launch


def leave(session: Session) -> None:
    """Let the representative of Agency A have left."""
    found_with_launch(session)
    gone = person.by_address(session, "rowan.a@agencya.example")
    assert gone is not None
    recording.left(session, gone, make.START, OPERATOR)


def test_a_chore_is_ticked_off_by_the_number_that_status_tells(terminal: Terminal) -> None:
    terminal.keep(leave)
    [one] = terminal.told("status", "wren")["campaigns"][0]["chores"]
    assert f"[{one['chore']}] Agency A needs a training representative" in terminal.done("status", "wren")
    assert "Rowan A has left" in terminal.done("record", "done", one["chore"].upper())
    assert terminal.told("status", "wren")["campaigns"][0]["chores"] == []
    [done] = terminal.look(lambda session: session.query(chore.Chore).all())
    assert done.done_by == OPERATOR
    assert "no chore" in terminal.refused("record", "done", one["chore"])


def test_somebody_without_an_office_ticks_nothing_off(terminal: Terminal) -> None:
    terminal.keep(leave)
    [one] = terminal.look(chore.waiting)
    terminal.refused("record", "done", one.reference, "--as", "stranger@else.example")
    assert len(terminal.look(chore.waiting)) == 1


def test_refused_first_letters_of_a_live_campaign_go_once_more_when_resumed(terminal: Terminal) -> None:
    terminal.keep(found_with_launch)
    assert "none of its first letters" in terminal.refused("resume", "wren")

    def refuse(session: Session) -> None:
        climb_due(session, make.START, make.ZONE)
        for one in session.query(Touch):
            one.state = TouchState.REFUSED

    terminal.keep(refuse)
    assert terminal.told("resume", "wren")["sent_again"] == 2
    waiting = terminal.look(lambda session: session.query(Touch).filter_by(state=TouchState.TO_SEND).count())
    assert waiting == 2


def test_what_waits_for_the_board_is_told_once_and_not_under_every_campaign(terminal: Terminal) -> None:
    def open_one(session: Session) -> None:
        found_with_campaign(session)
        board = session.query(Board).one()
        make.campaign(session, board, "second", book="bulletin")
        chore.open_once(
            session, ChoreKind.STAND_BY, "a", "Ring the front door", make.START, board_id=board.id
        )

    terminal.keep(open_one)
    assert terminal.done("status").count("Ring the front door") == 1
    assert "For the board, to do by a person: 1" in terminal.done("status", "wren")


def test_the_versions_of_one_survey_are_told_apart(terminal: Terminal) -> None:
    def open_three(session: Session) -> None:
        found(session)
        keys = ("s5_younger", "s5_middle", "s5_older")
        chosen.campaign(session, session.query(Board).one(), "open_survey", forms=keys)

    terminal.keep(open_three)
    lines = [line for line in terminal.done("status").splitlines() if "answered by code" in line]
    assert len(lines) == len(set(lines)) == 3
    assert "(s5_middle)" in lines[1]
