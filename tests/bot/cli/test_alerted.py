"""`cascade status` tells how many letters said that something waits, by the day and never nearer."""

import json
from uuid import UUID

from messages.sending.alerts import alert_those_on_duty
from store.database import Session
from store.letters.alert import Alert, AlertKind
from store.letters.delivery import Delivery, DeliveryState
from store.people.board import Board
from tests import make
from tests.bot.cli.terminal import Terminal, found
from tests.bot.make_ready import TODAY, staff_rota
from tests.make import START

TOLD = {"day": str(TODAY), "waiting": 0, "sent": 0, "refused": 0, "dropped": 0, "doubtful": 0}


def tell_two(session: Session) -> UUID:
    """Two on duty are told that words wait: one letter is just going, one has gone."""
    board = session.query(Board).one()
    staff_rota(session, board, TODAY, 2)
    alert_those_on_duty(session, AlertKind.WORDS, board.id, TODAY, START)
    first, second = session.query(Delivery).join(Alert, Alert.delivery_id == Delivery.id)
    first.state, second.state = DeliveryState.SENDING, DeliveryState.SENT
    second.sent_at = START
    return board.id


def test_status_counts_alerts_by_the_day_in_both_its_forms(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.keep(tell_two)
    told = terminal.told("status")
    assert told["alerts"] == [{**TOLD, "board": "west", "kind": "words", "waiting": 1, "sent": 1}]
    assert "T" not in json.dumps(told["alerts"])  # as a moment would have
    text = " ".join(terminal.done("status").split())
    assert f"letters that words wait to be read, on {TODAY}: 1 sent, 1 waiting." in text


def test_the_status_of_a_campaign_counts_the_alerts_of_its_own_board(terminal: Terminal) -> None:
    terminal.keep(found)

    def launch_elsewhere(session: Session) -> None:
        other = make.board(session, "east")
        make.campaign(session, other, slug="elsewhere")

    terminal.keep(tell_two)
    terminal.keep(launch_elsewhere)
    assert terminal.told("status", "elsewhere")["alerts"] == []
    assert len(terminal.told("status")["alerts"]) == 1
