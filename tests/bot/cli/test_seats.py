"""Where a letter meant for one seat goes to another, the commands name whose it is."""

from datetime import timedelta

import pytest

from messages.chasing.climb import climb_due
from messages.sending import heartbeat
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign
from store.database import Session
from store.installation import row
from store.people.board import Board, OfficeRole
from store.people.seat import SeatRole
from tests import make
from tests.bot.cli.terminal import Terminal, found

IN_PLACE = "board member (in the sub-group chair's place)"
LEAD = "education lead (in the sub-group chair's place)"


def town(session: Session) -> None:
    """An office and a school with their whole lines, and a draft campaign, on a day of the autumn term."""
    found(session, "A")
    board = session.query(Board).one()
    make.officer(session, board, "Ines Ward", OfficeRole.EDUCATION_LEAD)
    school = make.agency(session, board, "Kennet School", "education", make.terms(session))
    make.line(session, board, school, "K")
    make.holder(session, board, school, "Gale K", SeatRole.CHAIR_OF_GOVERNORS)
    make.campaign(session, board)
    row(session).virtual_now = make.START


def launched(session: Session) -> None:
    town(session)
    make.launched(session, session.query(Campaign).one())


def words(text: str) -> str:
    """A table's text without the wrapping of its columns."""
    return " ".join(text.split())


def test_a_plan_says_whose_seat_each_upper_letter_goes_to(terminal: Terminal) -> None:
    terminal.keep(town)
    told = terminal.told("plan", "wren")
    seats = {(one["person"], one["role"], one["seat"]) for one in told["letters"] if one["needs_yes"]}
    assert ("Bose A", "subgroup_chair", "board_member") in seats
    assert ("Gale K", "board_member", "chair_of_governors") in seats
    assert ("Ines Ward", "subgroup_chair", "education_lead") in seats
    for shown in (terminal.done("plan", "wren"), terminal.done("plan", "wren", "--all")):
        assert "board member (in the" in shown
        assert "subgroup chair" not in words(shown)


@pytest.mark.drill
def test_a_simulation_says_whose_seat_the_letters_that_wait_are_for(terminal: Terminal) -> None:
    terminal.keep(launched)
    last = str((make.START + timedelta(weeks=11)).date())
    told = terminal.told("simulate", "--until", last)
    seats = {(one["person"], one["role"], one["seat"]) for one in told["awaiting_yes"]}
    assert ("Bose A", "subgroup_chair", "board_member") in seats
    assert ("Ines Ward", "subgroup_chair", "education_lead") in seats
    assert {part["seat"] for one in told["letters"] for part in one["carries"]} >= {"asked", "deputy"}
    shown = terminal.done("simulate", "--until", last)
    assert "board member (in the" in shown
    assert "subgroup chair" not in words(shown)


def asked_for(session: Session, days: int) -> None:
    """Both steps asked on the first day, and climbed as far as so many days later."""
    launched(session)
    for asked in session.query(Ask).filter_by(state=AskState.PENDING):
        asked.state, asked.asked_at, asked.round_began_at = AskState.ASKED, make.START, make.START
        asked.next_touch_at = make.START
    for day in range(days):
        climb_due(session, make.START + timedelta(days=day), make.ZONE)
    row(session).virtual_now = make.START + timedelta(days=days)


def test_what_is_owed_next_names_the_readers_own_seat(terminal: Terminal) -> None:
    terminal.keep(lambda session: asked_for(session, 45))
    following = {one["ask"]: one["next"]["text"] for one in terminal.told("owed")["owed"]}
    assert "to Bose A (board member)" in following["wren-3"]
    assert "to Gale K (chair of governors)" in following["wren-4"]


def test_what_would_go_after_a_long_stop_names_it_too(terminal: Terminal) -> None:
    def stop(session: Session) -> None:
        asked_for(session, 45)
        heartbeat.beat(session, make.START + timedelta(days=45), make.ZONE)
        heartbeat.beat(session, make.START + timedelta(days=60), make.ZONE)
        row(session).virtual_now = make.START + timedelta(days=60)

    terminal.keep(stop)
    assert f"“subgroup_chair” to Bose A, {IN_PLACE}, Agency A" in terminal.run("resume").stdout


def test_whoever_approves_reads_whose_seat_a_letter_goes_to(terminal: Terminal) -> None:
    terminal.keep(lambda session: asked_for(session, 77))
    listed = terminal.done("approve", "wren")
    roles = {one["role"]: one["seat"] for one in terminal.told("approve", "wren")["letters"]}
    assert "subgroup_chair" in roles
    assert f"to Bose A, {IN_PLACE} of Agency A" in listed
    assert f"to Ines Ward, {LEAD} of Kennet School" in listed
