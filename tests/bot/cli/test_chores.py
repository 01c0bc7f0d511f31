"""What waits for a person is numbered where it is told, and ticked off by that number."""

from messages import recording
from messages.climb import climb_due
from store import chore, person
from store.database import Session
from store.touch import Touch, TouchState
from tests import make
from tests.bot.cli.terminal import OPERATOR, Terminal, found_with_launch


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
