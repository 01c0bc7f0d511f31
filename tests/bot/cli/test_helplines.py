"""`cascade helplines` and `cascade readers`: who is shown to families, and who reads what they write."""

from datetime import date
from typing import Any

from store.database import Session
from store.people.board import Board
from tests.bot.cli.terminal import Terminal, found
from tests.bot.make_ready import sign_words

TAGS = ("en-x-easy", "pl", "ur")


def test_the_numbers_that_come_with_cascade_are_listed_as_never_checked(terminal: Terminal) -> None:
    terminal.keep(found)
    told = terminal.told("helplines", "list")
    assert {one["number"] for one in told} >= {"999", "0800 1111"}
    assert all(one["last_checked"] is None and one["is_due"] for one in told)
    assert "never, due" in terminal.done("helplines", "list")


def test_a_check_is_dated_and_holds_for_ninety_days(terminal: Terminal) -> None:
    terminal.keep(found)
    key = terminal.told("helplines", "list")[0]["key"]
    checked = terminal.told("helplines", "check", key)
    [one] = [one for one in terminal.told("helplines", "list") if one["key"] == key]
    assert one["last_checked"] == checked["on"]
    assert date.fromisoformat(checked["on"])
    assert not one["is_due"]


def test_a_number_that_is_not_there_checks_none(terminal: Terminal) -> None:
    terminal.keep(found)
    key = terminal.told("helplines", "list")[0]["key"]
    assert "There is no number 'nonsense'" in terminal.refused("helplines", "check", key, "nonsense")
    assert all(one["last_checked"] is None for one in terminal.told("helplines", "list"))


def test_a_number_of_the_boards_own_has_to_be_checked_before_it_counts(terminal: Terminal) -> None:
    terminal.keep(found)
    words = ("helplines", "set", "front_door", "--name", "Front door", "--number")
    terminal.done(*words, "01632 960 100")
    terminal.done("helplines", "check", "front_door")
    terminal.done(*words, "01632 960 101")
    [one] = [one for one in terminal.told("helplines", "list") if one["key"] == "front_door"]
    assert (one["number"], one["last_checked"]) == ("01632 960 101", None)


def shown(terminal: Terminal, key: str) -> dict[str, Any]:
    [one] = [one for one in terminal.told("helplines", "list") if one["key"] == key]
    return dict(one)


def test_hours_are_set_beside_a_number_that_stays_as_it_is(terminal: Terminal) -> None:
    terminal.keep(found)
    before = shown(terminal, "nspcc")
    assert before["hours"] == ""
    told = terminal.run("helplines", "check", "nspcc").stderr
    assert "No hours are shown for nspcc (see nspcc.org.uk)" in told
    terminal.done("helplines", "set", "nspcc", "--hours", "Monday to Friday, 10am to 4pm")
    after = shown(terminal, "nspcc")
    assert after["hours"] == "Monday to Friday, 10am to 4pm"
    assert all(after[name] == before[name] for name in ("name", "number", "audience", "source"))
    assert not after["is_due"]
    assert terminal.run("helplines", "check", "nspcc").stderr == ""


def test_a_new_number_needs_a_number_and_a_name(terminal: Terminal) -> None:
    terminal.keep(found)
    assert "say its --number" in terminal.refused("helplines", "set", "front_door", "--hours", "Always")


def test_new_words_of_a_number_say_what_is_to_be_translated_and_signed(terminal: Terminal) -> None:
    terminal.keep(found)

    def sign(session: Session) -> None:
        for tag in TAGS:
            sign_words(session, session.query(Board).one(), tag)

    terminal.keep(sign)
    told = terminal.told(
        "helplines", "set", "front_door", "--number", "01632 960 100", "--name", "Front door"
    )
    assert told["commands"] == [
        command
        for tag in TAGS
        for command in (
            f"cascade form texts pages --language {tag} --out pages-{tag}.xlsx",
            f"cascade form translate pages-{tag}.xlsx --language {tag}",
            f"cascade form sign-off pages --language {tag} --texts MARK",
        )
    ]
    again = terminal.told("helplines", "set", "front_door", "--number", "01632 960 101")
    assert again["commands"] == []
    printed = terminal.done("helplines", "set", "front_door", "--note", "At any time of the day")
    assert "families are not offered" in printed
    assert "cascade form translate pages-ur.xlsx --language ur" in printed


def test_a_number_for_staff_alone_is_translated_by_nobody(terminal: Terminal) -> None:
    terminal.keep(found)
    words = ("--number", "01632 960 102", "--name", "The duty desk", "--for", "staff")
    assert terminal.told("helplines", "set", "desk", *words)["commands"] == []


def test_readers_are_named_listed_and_let_go(terminal: Terminal) -> None:
    terminal.keep(found)
    assert "leave out their boxes" in terminal.done("readers")
    named = terminal.told("readers", "pl", "jo.nowak@council.example", "--name", "Jo Nowak")
    assert named == [{"language": "pl", "name": "Jo Nowak", "email": "jo.nowak@council.example"}]
    assert terminal.told("readers", "pl", "jo.nowak@council.example", "--end") == []
    assert "is not named" in terminal.refused("readers", "pl", "jo.nowak@council.example", "--end")
    assert "--name" in terminal.refused("readers", "ur", "jo.nowak@council.example")
    assert "is no language" in terminal.refused("readers", "12", "jo@council.example", "--name", "Jo")
