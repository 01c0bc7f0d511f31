"""A coordinator grants rest, time and hand-overs, and records what was learned elsewhere."""

from datetime import date, timedelta

from sqlalchemy import text

from messages.changes import more_time
from store.answers.response import Response
from store.asking import ask
from store.asking.ask import Ask, AskState
from store.asking.extension import Extension
from store.asking.hold import Hold
from store.database import Session
from store.decision import Decision
from store.installation import row
from store.people import person
from store.people.board import Board
from store.people.person import Address, AddressState
from tests import make
from tests.bot.cli.terminal import OPERATOR, Terminal, found_with_launch


def _launched(session: Session) -> None:
    found_with_launch(session)
    row(session).virtual_now = make.START + timedelta(hours=1)


def _ask(terminal: Terminal, reference: str = "wren-1") -> Ask:
    found: Ask = terminal.look(lambda session: ask.by_reference(session, reference))
    return found


def test_an_ask_rests_until_a_day_typed_either_way_and_the_rest_is_lifted(terminal: Terminal) -> None:
    terminal.keep(_launched)
    for typed in ("2026-12-03", "3/12/2026"):
        terminal.done("hold", "wren-1", "--until", typed, "--because", "an inspection")
    holds = terminal.look(lambda session: session.query(Hold).all())
    assert [(one.until, one.made_by) for one in holds] == [(date(2026, 12, 3), OPERATOR)] * 2
    assert terminal.told("hold", "wren-1", "--lift")["lifted"] == 2
    assert "not on hold" in terminal.refused("hold", "wren-1", "--lift")


def test_everything_an_agency_owes_rests_at_once(terminal: Terminal) -> None:
    terminal.keep(_launched)
    terminal.done("hold", "agency a", "--until", "3/12/2026", "--because", "a death in the team")
    [one] = terminal.look(lambda session: session.query(Hold).all())
    assert (one.ask_id, one.agency_id) == (None, _ask(terminal).agency_id)


def test_a_reference_that_is_no_ask_is_taken_for_one_and_not_for_an_agency(terminal: Terminal) -> None:
    terminal.keep(_launched)
    rest = ("--until", "3/12/2026", "--because", "x")
    for named in ("wren-99", "FK-99"):
        line = terminal.refused("hold", named, *rest)
        assert line == f"cascade: There is no ask {named}; `cascade owed` lists them with their references."
    assert "There is no agency 'Agency Z'" in terminal.refused("hold", "Agency Z", *rest)
    terminal.keep(lambda session: make.agency(session, session.query(Board).one(), "Team-5"))
    assert "team-5 rests until" in terminal.done("hold", "team-5", *rest)


def test_a_rest_needs_a_day_to_come_and_a_reason(terminal: Terminal) -> None:
    terminal.keep(_launched)
    assert "past" in terminal.refused("hold", "wren-1", "--until", "1/10/2026", "--because", "x")
    assert terminal.run("hold", "wren-1", "--until", "3/12/2026").exit_code == 2
    assert terminal.run("hold", "wren-1", "--until", "32/12/2026", "--because", "x").exit_code == 2


def test_more_time_moves_the_due_date_and_keeps_the_first(terminal: Terminal) -> None:
    terminal.keep(_launched)
    before = _ask(terminal).due_on
    told = terminal.told("extend", "wren-1", "--days", "5", "--because", "staff absence")
    assert (told["original_due"], told["due"]) == (str(before), str(before + timedelta(days=7)))
    assert _ask(terminal).round == 2


def test_a_request_for_more_time_can_be_declined_and_made_again(terminal: Terminal) -> None:
    terminal.keep(_launched)
    refused = terminal.refused("extend", "wren-1", "--decline", "--because", "x")
    assert "no request for more time waits" in refused

    def wish(session: Session) -> Extension | str:
        asked, now = make_find(session), make.START + timedelta(hours=1)
        return more_time.ask_for(session, asked, None, 30, "scale", now, make.ZONE)

    def make_find(session: Session) -> Ask:
        found = ask.by_reference(session, "wren-1")
        assert found is not None
        return found

    terminal.keep(wish)
    before = _ask(terminal).due_on
    told = terminal.told("extend", "wren-1", "--decline", "--because", "the board meets before")
    assert (told["granted"], told["due"]) == (False, str(before))
    assert (_ask(terminal).due_on, _ask(terminal).round) == (before, 1)
    [line] = terminal.look(lambda session: session.query(Decision).filter_by(what="no more time").all())
    assert (line.by, line.reason) == (OPERATOR, "the board meets before; asked for because: scale")
    assert isinstance(terminal.keep(wish), Extension)
    assert terminal.run("extend", "wren-1", "--because", "x").exit_code == 2
    assert terminal.run("extend", "wren-1", "--days", "3", "--decline", "--because", "x").exit_code == 2


def test_words_that_would_not_be_kept_whole_are_refused_in_one_line(terminal: Terminal) -> None:
    terminal.keep(_launched)
    long = "x" * 501
    for words in (
        ("hold", "wren-1", "--until", "3/12/2026", "--because", long),
        ("extend", "wren-1", "--days", "5", "--because", long),
        ("hand-over", "wren-1", "--to", "new@agencya.example", "--name", long),
        ("record", "bounced", "rowan.a@agencya.example", "--because", long),
        ("record", "told", "wren-1", "--because", long),
        ("withdraw", "wren", "--yes", "--because", long),
        ("office", "manager", "new@west.example.org", "--name", long),
    ):
        assert "has 501 characters, and at most" in terminal.refused(*words)
    # The longest that are taken go in, whatever is put before them.
    terminal.done("hold", "wren-1", "--until", "3/12/2026", "--because", "x" * 500)
    terminal.done("record", "told", "wren-1", "--because", "x" * 400)
    terminal.done("extend", "wren-1", "--days", "5", "--because", "x" * 500)
    terminal.done("record", "bounced", "rowan.a@agencya.example", "--because", "x" * 500)
    terminal.done("withdraw", "wren", "--yes", "--because", "x" * 500)


def test_whatever_else_the_database_says_is_one_line(terminal: Terminal) -> None:
    terminal.keep(_launched)
    terminal.keep(lambda session: session.execute(text("DROP TABLE holds")))
    line = terminal.refused("hold", "wren-1", "--until", "3/12/2026", "--because", "an inspection")
    assert "The database did not take it, and nothing of it was kept" in line
    assert "inspection" not in line


def test_a_colleague_takes_an_ask_over(terminal: Terminal) -> None:
    terminal.keep(_launched)
    assert "--name" in terminal.refused("hand-over", "wren-1", "--to", "new@agencya.example")
    assert "--to" in terminal.refused("hand-over", "wren-1", "--to", "new at agency", "--name", "Nia")
    terminal.done("hand-over", "wren-1", "--to", "New@AgencyA.example", "--name", "Nia New")
    taker = terminal.look(lambda session: person.by_address(session, "new@agencya.example"))
    assert _ask(terminal).delegate_id == taker.id
    assert "has it already" in terminal.refused("hand-over", "wren-1", "--to", "new@agencya.example")


def test_an_absence_is_recorded_by_name_or_address(terminal: Terminal) -> None:
    terminal.keep(_launched)
    terminal.done("record", "away", "rowan a", "--until", "1/12/2026")
    found = terminal.look(lambda session: person.by_address(session, "rowan.a@agencya.example"))
    assert found.away_until == date(2026, 12, 1)
    assert "past" in terminal.refused("record", "away", "rowan a", "--until", "1/10/2026")
    assert "Nobody is called" in terminal.refused("record", "away", "Nobody Here", "--until", "1/12/2026")


def test_two_people_of_one_name_are_told_apart_by_address(terminal: Terminal) -> None:
    terminal.keep(_launched)
    terminal.keep(lambda session: person.keep(session, "Rowan A", "other@agencyb.example"))
    assert "other@agencyb.example" in terminal.refused("record", "left", "Rowan A")


def test_a_bounce_marks_the_address_and_who_left_holds_no_seat(terminal: Terminal) -> None:
    terminal.keep(_launched)
    terminal.done("record", "bounced", "rowan.a@agencya.example", "--because", "550 no such user")
    found = terminal.look(
        lambda session: session.query(Address).filter_by(value="rowan.a@agencya.example").one()
    )
    assert (found.state, found.reason) == (AddressState.BOUNCED, "550 no such user")
    terminal.done("record", "left", "rowan.b@agencyb.example")
    assert terminal.look(lambda session: person.by_address(session, "rowan.b@agencyb.example")).left_at
    assert "already" in terminal.refused("record", "left", "rowan.b@agencyb.example")


def test_answers_told_by_telephone_are_checked_like_any_other(terminal: Terminal) -> None:
    terminal.keep(_launched)
    assert "staff" in terminal.refused(
        "record", "told", "wren-1", "--because", "Ed rang", "--answer", "staff=many"
    )
    assert "no question" in terminal.refused(
        "record", "told", "wren-1", "--because", "x", "--answer", "shoes=4"
    )
    assert _ask(terminal).state is AskState.ASKED
    terminal.done("record", "told", "wren-1", "--because", "Ed rang", "--answer", "staff=45")
    assert _ask(terminal).state is AskState.ANSWERED
    kept = terminal.look(lambda session: session.query(Response).one())
    assert (kept.entered_by, kept.answers["staff"]) == (OPERATOR, 45)


def test_a_call_without_answers_lets_the_ask_rest_for_five_working_days(terminal: Terminal) -> None:
    terminal.keep(_launched)
    told = terminal.told("record", "told", "wren-1", "--because", "it is in hand")
    assert (told["state"], told["rests_until"]) == ("asked", "2026-10-19")
    [one] = terminal.look(lambda session: session.query(Hold).all())
    assert one.reason == "told on the phone: it is in hand"


def test_every_act_is_refused_to_somebody_without_an_office(terminal: Terminal) -> None:
    terminal.keep(_launched)
    before = terminal.look(lambda session: session.query(Decision).count())
    for words in (
        ("hold", "wren-1", "--until", "3/12/2026", "--because", "x"),
        ("extend", "wren-1", "--days", "5", "--because", "x"),
        ("hand-over", "wren-1", "--to", "devi.a@agencya.example"),
        ("record", "away", "rowan a", "--until", "1/12/2026"),
        ("record", "bounced", "rowan.a@agencya.example", "--because", "x"),
        ("record", "left", "rowan a"),
        ("record", "told", "wren-1", "--because", "x"),
        ("pause", "wren"),
        ("office", "manager", "rowan.a@agencya.example"),
    ):
        assert "not theirs to do; may: " in terminal.refused(*words, "--as", "rowan.a@agencya.example")
    assert terminal.look(lambda session: session.query(Decision).count()) == before
