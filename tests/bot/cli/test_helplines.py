"""`cascade helplines` and `cascade readers`: who is shown to families, and who reads what they write."""

from datetime import date

from tests.bot.cli.terminal import Terminal, found


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


def test_readers_are_named_listed_and_let_go(terminal: Terminal) -> None:
    terminal.keep(found)
    assert "leave out their boxes" in terminal.done("readers")
    named = terminal.told("readers", "pl", "jo.nowak@council.example", "--name", "Jo Nowak")
    assert named == [{"language": "pl", "name": "Jo Nowak", "email": "jo.nowak@council.example"}]
    assert terminal.told("readers", "pl", "jo.nowak@council.example", "--end") == []
    assert "is not named" in terminal.refused("readers", "pl", "jo.nowak@council.example", "--end")
    assert "--name" in terminal.refused("readers", "ur", "jo.nowak@council.example")
    assert "is no language" in terminal.refused("readers", "12", "jo@council.example", "--name", "Jo")
