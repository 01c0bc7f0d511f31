"""The rota is listed with what it lacks, and staffed on the days on which the board works."""

from datetime import date, timedelta

from bot.asking.standby import watch
from bot.clock import real_now
from store import chore
from store.chore import Chore, ChoreKind
from store.database import Session
from store.decision import Decision
from store.people import person
from store.people.board import Board
from store.people.term import Closure
from surveys.forms.form import Form
from tests import make
from tests.bot.cli.terminal import MANAGER, OPERATOR, Terminal, found
from tests.bot.make_ready import check_helplines
from tests.bot.web.open.make_open import FAMILY, open_survey
from tests.make import START

#: A Friday, the weekend, and the Monday after.
FRIDAY, MONDAY = date(2027, 3, 5), date(2027, 3, 8)
DAYS = ("--from", str(FRIDAY), "--until", str(MONDAY))


def test_days_with_fewer_than_two_reviewers_say_what_they_need(terminal: Terminal) -> None:
    terminal.keep(found)
    assert [one["needs"] for one in terminal.told("duty", *DAYS)] == [2, 2]
    terminal.done("duty", OPERATOR, *DAYS)
    told = terminal.told("duty", MANAGER, "--from", str(MONDAY))
    assert [(one["day"], one["needs"]) for one in told] == [(str(MONDAY), 0)]
    assert [one["email"] for one in told[0]["reviewers"]] == [OPERATOR, MANAGER]
    listed = terminal.done("duty", *DAYS)
    assert "Fri 5 Mar 2027" in listed
    assert listed.count("needs 1 more") == 1


def test_a_rota_that_lacks_nobody_is_listed_without_its_last_column(terminal: Terminal) -> None:
    terminal.keep(found)
    for who in (OPERATOR, MANAGER):
        listed = terminal.done("duty", who, "--from", str(MONDAY))
    assert "needs" not in listed
    assert [len(line.split("  ")) for line in listed.splitlines() if "2027" in line] == [3]


def test_two_weeks_ahead_are_listed_unless_said_otherwise(terminal: Terminal) -> None:
    terminal.keep(found)
    days = [date.fromisoformat(one["day"]) for one in terminal.told("duty")]
    assert 7 <= len(days) <= 10
    assert days[-1] - days[0] < timedelta(days=14)


def test_nobody_is_put_on_a_weekend_unless_every_day_is_meant(terminal: Terminal) -> None:
    terminal.keep(found)
    told = terminal.told("duty", OPERATOR, *DAYS)
    assert [one["day"] for one in told] == [str(FRIDAY), str(MONDAY)]
    saturday = str(FRIDAY + timedelta(days=1))
    assert "works on none of these days" in terminal.refused("duty", OPERATOR, "--from", saturday)
    [told] = terminal.told("duty", OPERATOR, "--from", saturday, "--every-day")
    assert (told["is_working"], told["needs"], len(told["reviewers"])) == (False, 0, 1)


def test_a_day_on_which_the_board_is_closed_is_no_working_day(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.keep(lambda session: session.add(Closure(day=MONDAY, agency_id=None)))
    assert [one["day"] for one in terminal.told("duty", OPERATOR, *DAYS)] == [str(FRIDAY)]


def test_somebody_is_taken_off_again(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.done("duty", OPERATOR, *DAYS)
    assert [one["needs"] for one in terminal.told("duty", OPERATOR, *DAYS, "--end")] == [2, 2]
    assert "on none of these days" in terminal.refused("duty", OPERATOR, *DAYS, "--end")
    decided = terminal.look(
        lambda session: [one.reason for one in session.query(Decision).filter_by(what="duty")]
    )
    assert decided == [
        f"Morgan Ellery is {verb} duty on 2 days, {FRIDAY} to {MONDAY}" for verb in ("on", "off")
    ]


def test_a_new_reviewer_is_named_and_one_who_left_does_not_count(terminal: Terminal) -> None:
    terminal.keep(found)
    words = ("duty", "Ada.Reads@Council.example", "--from", str(FRIDAY))
    assert "--name" in terminal.refused(*words)
    [told] = terminal.told(*words, "--name", "Ada Reads")
    assert told["reviewers"] == [{"name": "Ada Reads", "email": "ada.reads@council.example"}]

    def leave(session: Session) -> None:
        who = person.by_address(session, "ada.reads@council.example")
        assert who is not None
        who.left_at = START

    terminal.keep(leave)
    assert terminal.told("duty", "--from", str(FRIDAY), "--until", str(FRIDAY))[0]["needs"] == 2
    assert "has left" in terminal.refused(*words)


def test_only_the_office_changes_the_rota(terminal: Terminal) -> None:
    terminal.keep(found)
    refused = terminal.refused("duty", OPERATOR, *DAYS, "--as", "stranger@else.example")
    assert "not a coordinator or manager" in refused
    assert [one["needs"] for one in terminal.told("duty", *DAYS)] == [2, 2]


def test_days_that_make_no_sense_are_refused(terminal: Terminal) -> None:
    terminal.keep(found)
    assert terminal.run("duty", OPERATOR).exit_code == 2
    assert terminal.run("duty", OPERATOR, "--from", str(MONDAY), "--until", str(FRIDAY)).exit_code == 2
    assert terminal.run("duty", OPERATOR, "--from", "2027-01-01", "--until", "2028-06-01").exit_code == 2
    assert terminal.run("duty", "--end").exit_code == 2


def shut(session: Session) -> list[Chore]:
    """What the office is told of surveys that are shut."""
    return [one for one in chore.waiting(session) if one.kind is ChoreKind.STAND_BY]


def test_what_was_shut_is_told_no_longer_once_somebody_is_on_duty(terminal: Terminal) -> None:
    today = real_now().astimezone(make.ZONE).date()

    def prepare(session: Session) -> None:
        found(session)
        board = session.query(Board).one()
        check_helplines(session, board, today)
        open_survey(session, board, "survey", [Form.from_json(FAMILY)])
        watch(session, real_now(), make.ZONE)

    terminal.keep(prepare)
    [told] = terminal.look(shut)
    assert "Nobody is on duty on the next working day" in told.text
    until = str(today + timedelta(days=14))
    terminal.done("duty", OPERATOR, "--from", str(today), "--until", until)
    assert terminal.look(shut) == []
    terminal.done("helplines", "set", "front_door", "--name", "Front door", "--number", "01632 960 002")
    assert "cascade helplines check front_door" in terminal.look(shut)[0].text
    terminal.done("helplines", "check", "front_door")
    assert terminal.look(shut) == []
