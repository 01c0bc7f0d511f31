"""Where an installation has several boards, what is printed to be copied says whose it is."""

import json
import re

import pytest

from bot.asking.gate import find_shut
from bot.asking.standby import watch
from messages.sending.alerts import alert_those_on_duty
from store import chore
from store.asking.campaign import Campaign
from store.chore import ChoreKind
from store.database import Session
from store.letters.alert import AlertKind, still_owed
from store.letters.delivery import Delivery
from store.people.board import Board
from surveys import library
from tests import make
from tests.bot.cli.make_texts import FORM, draft
from tests.bot.cli.terminal import Terminal, found
from tests.bot.make_ready import TODAY, staff_rota
from tests.bot.web.open.make_open import open_survey
from tests.make import START, ZONE

WHOSE = " --board west"


def found_two(session: Session) -> None:
    """A board with agencies and an office, and another beside it."""
    found(session)
    make.board(session, "east", "East of Example Safeguarding Children Board")


def open_families(session: Session) -> Campaign:
    west = session.query(Board).filter_by(slug="west").one()
    open_survey(session, west, "families", [library.load("s6")])
    return session.query(Campaign).filter_by(slug="families").one()


@pytest.mark.parametrize(("kept", "whose"), [(found, ""), (found_two, WHOSE)])
def test_what_keeps_families_out_names_the_board(terminal: Terminal, kept: object, whose: str) -> None:
    terminal.keep(kept)

    def shut(session: Session) -> list[str]:
        return find_shut(session, open_families(session), START, ZONE)

    commands = [line for told in terminal.keep(shut) for line in told.splitlines()[1:]]
    assert any(line.startswith("cascade form sign-off") for line in commands)
    assert any(line.startswith("cascade helplines set") for line in commands)
    assert all((WHOSE in line) is bool(whose) for line in commands)


@pytest.mark.parametrize(("kept", "whose"), [(found, ""), (found_two, WHOSE)])
def test_chores_name_the_board(terminal: Terminal, kept: object, whose: str) -> None:
    terminal.keep(kept)

    def listed(session: Session) -> dict[ChoreKind, str]:
        open_families(session)
        watch(session, START, ZONE)
        return {one.kind: one.text for one in chore.waiting(session)}

    texts = terminal.keep(listed)
    assert f"cascade helplines set{whose} front_door" in texts[ChoreKind.STAND_BY]
    assert f"cascade duty{whose} EMAIL --name NAME --from 2026-" in texts[ChoreKind.ROTA]


@pytest.mark.parametrize(("kept", "slug"), [(found, ""), (found_two, "west")])
def test_a_letter_that_something_waits_knows_the_board(terminal: Terminal, kept: object, slug: str) -> None:
    terminal.keep(kept)

    def told(session: Session) -> str:
        west = session.query(Board).filter_by(slug="west").one()
        staff_rota(session, west, TODAY)
        chore.open_once(session, ChoreKind.CONTACT, "x", "", START, board_id=west.id)
        alert_those_on_duty(session, AlertKind.WISH, west.id, TODAY, START)
        first, *_ = still_owed(session, [one.id for one in session.query(Delivery)])
        return str(first[-1].slug)

    assert terminal.keep(told) == slug


def test_the_commands_that_follow_name_the_board_that_was_named(terminal: Terminal) -> None:
    terminal.keep(found_two)
    west = ("--board", "west")
    assert "helplines check --board west nspcc" in terminal.done(
        "helplines", "set", "nspcc", "--note", "-", *west
    )
    assert "helplines set --board west KEY" in terminal.run("helplines", "check", "nspcc", *west).stderr
    sign = ("form", "sign-off", FORM, "--language", "ro", *west)
    assert "`cascade form texts --board west" in terminal.refused(*sign)
    assert "`cascade new --board BOARD PLAYBOOK SLUG`" in terminal.done("status")
    assert "`cascade wishes --board west`" in terminal.refused(
        "wishes", "done", "1", "--outcome", "passed_on", *west
    )


def test_what_a_check_prints_can_be_copied(terminal: Terminal) -> None:
    path = terminal.write("visits.json", json.dumps(library.load("acknowledge").to_json()))
    terminal.keep(found_two)
    ways = re.findall(r"cascade (.*)", terminal.done("form", "check", str(path)))
    assert all("--board BOARD" in way for way in ways)
    for way in ways:
        words = way.replace("BOARD", "west").replace("preview.html", str(terminal.folder / "p.html")).split()
        assert terminal.run(*words, *(["--yes"] if "keep" in words else [])).exit_code == 0


def test_with_one_board_alone_a_check_names_none(terminal: Terminal) -> None:
    path = terminal.write("visits.json", json.dumps(library.load("acknowledge").to_json()))
    terminal.keep(found)
    assert "--board" not in terminal.done("form", "check", str(path))
    assert draft(terminal)
