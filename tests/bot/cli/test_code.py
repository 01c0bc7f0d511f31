"""Codes are made, listed and closed by those who may, and their posters lead to the page."""

from typing import Any

import pytest

from bot.clock import real_now
from store.asking.campaign import Campaign, CampaignState
from store.database import Session
from store.decision import Decision
from store.people.board import Board
from store.surveying.code import OpenCode
from store.surveying.duty import Duty
from surveys.answering.answers import Answers
from surveys.figures.release import TOGETHER
from surveys.forms.form import Form
from surveys.open.anonymous import take_for_code
from tests import make
from tests.bot.cli.terminal import Terminal, found
from tests.bot.make_code import read_code
from tests.bot.make_ready import check_helplines, staff_rota
from tests.bot.web.open.make_open import FAMILY, STAFF, open_survey

ADDRESS = "http://127.0.0.1:8000/s/"


def found_with_survey(session: Session, *forms: dict[str, Any]) -> None:
    """A board with an office that stands by, and a live campaign called survey, without a code."""
    found(session)
    board = session.query(Board).one()
    today = real_now().astimezone(make.ZONE).date()
    staff_rota(session, board, today, days=14)
    check_helplines(session, board, today)
    open_survey(session, board, "survey", [Form.from_json(one) for one in forms or (FAMILY,)])
    session.query(OpenCode).delete()


def test_a_code_is_made_and_its_address_told(terminal: Terminal) -> None:
    terminal.keep(found_with_survey)
    told = terminal.told("code", "make", "survey", "--setting", "Willow Family Centre")
    assert told["address"] == ADDRESS + told["code"]
    assert (told["setting"], told["agency"], told["closed"]) == ("Willow Family Centre", None, False)
    decided = terminal.look(lambda session: session.query(Decision).order_by(Decision.id.desc()).first())
    assert (decided.what, decided.by) == ("code made", "morgan.ellery@west.example.org")


def test_no_code_leads_families_to_a_survey_that_nobody_reads(terminal: Terminal) -> None:
    terminal.keep(found_with_survey)
    terminal.keep(lambda session: session.query(Duty).delete())
    refused = terminal.run("code", "make", "survey", "--setting", "Willow")
    assert refused.exit_code == 1
    assert "nobody is on duty on the next working day" in " ".join(refused.stderr.split())
    assert any(
        line.strip().startswith("cascade duty EMAIL --name NAME --from")
        for line in refused.stderr.splitlines()
    )
    assert terminal.told("code", "list", "survey") == []


def test_a_paused_survey_of_families_goes_on_only_while_somebody_reads_it(terminal: Terminal) -> None:
    terminal.keep(found_with_survey)
    terminal.done("pause", "survey")
    terminal.keep(lambda session: session.query(Duty).delete())
    assert "cascade duty EMAIL --name NAME --from" in terminal.run("resume", "survey").stderr
    assert terminal.look(lambda session: session.query(Campaign).one().state) is CampaignState.PAUSED
    today = real_now().astimezone(make.ZONE).date()
    terminal.keep(lambda session: staff_rota(session, session.query(Board).one(), today, days=14))
    terminal.done("resume", "survey")
    assert terminal.look(lambda session: session.query(Campaign).one().state) is CampaignState.LIVE


def test_each_setting_has_one_code_until_it_is_closed(terminal: Terminal) -> None:
    terminal.keep(found_with_survey)
    made = terminal.told("code", "make", "survey", "--setting", "Willow")
    assert made["code"] in terminal.refused("code", "make", "survey", "--setting", "willow")
    assert "takes no more answers" in terminal.done("code", "close", f"{made['code'][:4]} {made['code'][4:]}")
    assert "closed already" in terminal.refused("code", "close", made["code"])
    again = terminal.told("code", "make", "survey", "--setting", "Willow")
    listed = terminal.told("code", "list", "survey")
    assert sorted((one["code"], one["closed"]) for one in listed) == sorted(
        [(made["code"], True), (again["code"], False)]
    )
    assert "Willow" in terminal.done("code", "list", "survey")


def test_only_an_office_makes_a_code(terminal: Terminal) -> None:
    terminal.keep(found_with_survey)
    words = ("code", "make", "survey", "--setting", "Willow", "--as", "stranger@else.example")
    assert "not a coordinator or manager" in terminal.refused(*words)
    assert terminal.told("code", "list", "survey") == []
    assert "has no code yet" in terminal.done("code", "list", "survey")


def test_codes_that_are_ended_take_nothing_and_no_new_one_is_made(terminal: Terminal) -> None:
    terminal.keep(found_with_survey)
    assert "has no code" in terminal.refused("code", "end", "survey", "--yes")
    terminal.told("code", "make", "survey", "--setting", "Willow")
    assert "say --yes" in terminal.refused("code", "end", "survey")
    assert [one["ended"] for one in terminal.told("code", "list", "survey")] == [None]
    ended = terminal.told("code", "end", "survey", "--yes")
    assert (ended["closed"], ended["untold"]) == (1, ["How was the help?"])
    [listed] = terminal.told("code", "list", "survey")
    assert (listed["closed"], listed["ended"]) == (True, ended["ended"])
    assert "closed for good on" in terminal.done("code", "list", "survey")
    assert "for good" in terminal.refused("code", "end", "survey", "--yes")
    assert "in a new campaign" in terminal.refused("code", "make", "survey", "--setting", "Oak")


@pytest.mark.parametrize(("count", "said"), [(9, "so none is told"), (10, "are told from tomorrow on")])
def test_the_last_answers_are_promised_only_where_they_will_be_told(
    terminal: Terminal, count: int, said: str
) -> None:
    terminal.keep(found_with_survey)
    code = terminal.told("code", "make", "survey", "--setting", "Willow")["code"]
    today = real_now().astimezone(make.ZONE).date()

    def answer(session: Session) -> None:
        for number in range(count):
            given = Answers("family", 1, {"listened": "yes"})
            take_for_code(session, code, f"page-{number}-of-ten", given, "en", {}, today, make.ZONE)

    terminal.keep(answer)
    told = terminal.done("code", "end", "survey", "--yes")
    assert said in told
    assert ("told from tomorrow" in told) == (count >= TOGETHER)


def test_versions_of_one_survey_are_told_apart_by_their_ages(terminal: Terminal) -> None:
    ages = ((4, 7), (8, 11))
    forms = [FAMILY | {"key": f"for_{low}", "ages": {"from": low, "to": high}} for low, high in ages]
    terminal.keep(lambda session: found_with_survey(session, *forms))
    terminal.told("code", "make", "survey", "--setting", "Willow")
    ended = terminal.told("code", "end", "survey", "--yes")
    assert ended["untold"] == ["How was the help? (ages 4 to 7)", "How was the help? (ages 8 to 11)"]


def test_a_form_that_is_answered_under_a_name_gets_no_open_code(terminal: Terminal) -> None:
    terminal.keep(lambda session: found_with_survey(session, STAFF | {"privacy": "coded"}))
    assert "under a name or a booking" in terminal.refused("code", "make", "survey", "--setting", "Willow")
    assert terminal.told("code", "list", "survey") == []


def test_a_staff_survey_says_whose_staff(terminal: Terminal) -> None:
    terminal.keep(lambda session: found_with_survey(session, STAFF))
    assert "--agency" in terminal.refused("code", "make", "survey", "--setting", "Ward 3")
    told = terminal.told("code", "make", "survey", "--setting", "Ward 3", "--agency", "Agency A")
    assert told["agency"] == "Agency A"


def test_the_poster_leads_to_the_page(terminal: Terminal) -> None:
    terminal.keep(found_with_survey)
    made = terminal.told("code", "make", "survey", "--setting", "Willow & Oak")
    for suffix in (".html", ".svg", ".png"):
        out = terminal.folder / f"poster{suffix}"
        told = terminal.told("code", "poster", made["address"], "--out", str(out))
        assert told == {"code": made["code"], "address": made["address"], "language": "en", "file": str(out)}
    assert read_code((terminal.folder / "poster.png").read_bytes()) == made["address"]
    sheet = (terminal.folder / "poster.html").read_text("utf-8")
    assert "Willow &amp; Oak" in sheet
    assert made["address"].removeprefix("http://") in sheet


def test_a_poster_is_refused_where_it_could_not_be_read_or_used(terminal: Terminal) -> None:
    terminal.keep(found_with_survey)
    code = terminal.told("code", "make", "survey", "--setting", "Willow")["code"]
    out = str(terminal.folder / "poster.html")
    assert "ends in .html, .svg or .png" in terminal.refused("code", "poster", code, "--out", "poster.doc")
    assert "no code" in terminal.refused("code", "poster", "zzzzzzzz", "--out", out)
    nowhere = str(terminal.folder / "no" / "poster.html")
    assert "can be written" in terminal.refused("code", "poster", code, "--out", nowhere)
    terminal.done("code", "close", code)
    assert "nobody could answer there" in terminal.refused("code", "poster", code, "--out", out)


def test_a_poster_may_be_printed_before_the_launch(terminal: Terminal) -> None:
    def draft(session: Session) -> None:
        found_with_survey(session)
        session.query(Campaign).one().state = CampaignState.DRAFT

    terminal.keep(draft)
    code = terminal.told("code", "make", "survey", "--setting", "Willow")["code"]
    terminal.done("code", "poster", code, "--out", str(terminal.folder / "poster.svg"))
