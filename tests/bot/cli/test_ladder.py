"""The rungs of a campaign are shown, and kept anew while asks climb them, or refused line by line."""

import pytest

from store.decision import Decision
from store.letters.alarm import next_alarm
from tests.bot.cli.terminal import Terminal, found_with_launch

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
def running(terminal: Terminal) -> Terminal:
    """A terminal with a campaign under way."""
    terminal.keep(found_with_launch)
    return terminal


def test_a_ladder_is_shown_with_its_days_readers_and_words(running: Terminal) -> None:
    shown = running.done("ladder", "wren", "cascade")
    assert "+15" in shown
    assert "At a school: its chair of governors for the board member" in shown
    assert "no assurance" in shown
    [step] = running.told("ladder", "wren", "cascade")["steps"]
    assert [rung["days"] for rung in step["rungs"]] == [-10, -3, 0, 2, 5, 10, 15, 20]
    assert all(rung["words"] for rung in step["rungs"])
    assert step["rungs"][4]["phone"]


def test_a_ladder_saved_while_it_is_climbed_is_the_next_version(running: Terminal) -> None:
    text = running.done("ladder", "wren", "acknowledge", "--toml")
    unchanged = running.write("same.toml", text)
    assert "Nothing to change" in running.done("ladder", "wren", "acknowledge", "--save", str(unchanged))
    before = running.look(next_alarm)
    later = running.write("later.toml", text.replace("days = 2", "days = 3"))
    done = running.done("ladder", "wren", "acknowledge", "--save", str(later), "--because", "an inspection")
    assert "version 2 is kept" in done
    assert "“deputy” moves from +2 (due) to +3 (due)" in done
    assert running.told("ladder", "wren", "acknowledge")["steps"][0]["version"] == 2
    reasons = running.look(
        lambda session: [one.reason for one in session.query(Decision) if one.what == "ladder changed"]
    )
    assert len(reasons) == 1
    assert reasons[0].endswith("an inspection")
    assert running.look(next_alarm) > before


def test_a_new_rung_has_its_words_first(running: Terminal) -> None:
    text = running.done("ladder", "wren", "acknowledge", "--toml")
    more = '\n[[rungs]]\nname = "line_manager"\nfrom = "due"\ndays = 4\nto = ["line_manager"]\n'
    wanted = running.write("more.toml", text + more)
    save = ("ladder", "wren", "acknowledge", "--save", str(wanted))
    assert "no words are saved for the line manager" in running.refused(*save)
    words = running.write("words.md", "Subject: One thing [{{ reference }}]\n\nCould you help?\n")
    place = ("--step", "acknowledge", "--rung", "line_manager", "--role", "line_manager")
    assert "version 1 is kept" in running.done("words", "wren", *place, "--file", str(words))
    assert "“line_manager” is new" in running.done(*save)


def test_what_cannot_be_kept_says_the_line_and_changes_nothing(running: Terminal) -> None:
    text = running.done("ladder", "wren", "cascade", "--toml")
    bold = running.write("bold.toml", text.replace("approval = true\n", "", 1))
    line = running.refused("ladder", "wren", "cascade", "--save", str(bold))
    assert "line 34: rung “board_member”: a letter to the board member is read by a person" in line
    assert line.endswith("Nothing was changed.")
    save = ("ladder", "wren", "cascade", "--save", str(running.write("same.toml", text)))
    assert "not theirs" in running.refused(*save, "--as", "rowan.a@agencya.example")
    assert "cannot be opened" in running.refused("ladder", "wren", "cascade", "--save", "nowhere.toml")
    assert "Which step?" in running.refused("ladder", "wren", "--save", str(bold))
    assert "its steps are acknowledge, cascade" in running.refused("ladder", "wren", "sing")
    assert running.told("ladder", "wren", "cascade")["steps"][0]["version"] == 1
