"""For whom a form is, and how it is answered, is said before anybody is asked."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.cli.terminal import Terminal, found
from tests.surveys.xlsform.workbooks import form as form_of
from tests.surveys.xlsform.workbooks import row, workbook

WREN = Path("bot/demo/sample/lessons/wren.toml").resolve()
TITLE = "Children's survey: tell us"
ELSE = "For children or families write child or family under audience (on the settings sheet)."


def _write(terminal: Terminal, **settings: Any) -> str:
    path = terminal.folder / "voices.xlsx"
    path.write_bytes(workbook(row("integer", "n", "How many?"), settings={"form_title": TITLE, **settings}))
    return str(path)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, f"For staff, answered by name. {ELSE}"),
        ({"privacy": "coded"}, f"For staff, answered under a code that is linked to a booking. {ELSE}"),
        ({"privacy": "anonymous"}, f"For staff, answered without a name. {ELSE}"),
        ({"audience": "family", "consent": "You may say no."}, "For families, answered without a name."),
        (
            {"audience": "child", "consent": "You may say no.", "ages": "8-11"},
            "For children of 8 to 11, answered without a name.",
        ),
    ],
)
def test_check_and_keep_say_for_whom_a_form_is(
    terminal: Terminal, settings: dict[str, str], said: str
) -> None:
    terminal.keep(found)
    path = _write(terminal, **settings)
    assert said in terminal.done("form", "check", path).splitlines()
    assert said in terminal.done("form", "keep", path, "--yes").splitlines()
    told = terminal.told("form", "check", path)
    assert told["audience"] == settings.get("audience", "staff")
    assert told["privacy"] == ("anonymous" if "audience" in settings else settings.get("privacy", "named"))


def test_a_new_campaign_says_for_whom_the_form_it_is_given_is(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.done("form", "keep", _write(terminal, privacy="anonymous"), "--yes")
    shown = terminal.done("new", "open_survey", "voices", "--form", "voices")
    assert f"“{TITLE}”: For staff, answered without a name. {ELSE}" in shown.splitlines()
    shipped = terminal.done("new", "open_survey", "others", "--form", "s6")
    assert "For families, answered without a name." in shipped


def test_a_form_by_name_is_refused_for_open_codes_with_what_would_make_it_one(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.done("form", "keep", _write(terminal), "--yes")
    line = terminal.refused("new", "open_survey", "voices", "--form", "voices")
    assert "use the playbook return; or write anonymous under privacy on its settings sheet" in line
    terminal.done("form", "keep", _write(terminal, audience="family", consent="You may say no."), "--yes")
    terminal.done("new", "open_survey", "voices", "--form", "voices")


def test_a_shipped_form_under_a_booking_is_sent_to_the_playbook_that_asks_it(terminal: Terminal) -> None:
    terminal.keep(found)
    line = terminal.refused("new", "open_survey", "voices", "--form", "s4")
    assert line.endswith("use the playbook training.")


def test_plan_and_launch_say_that_codes_of_a_form_for_staff_are_an_agencys(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.done("form", "keep", _write(terminal, privacy="anonymous"), "--yes")
    terminal.done("new", "open_survey", "voices", "--form", "voices")
    [note] = json.loads(terminal.done("plan", "voices", "--json"))["notes"]
    assert note.startswith(f"“{TITLE}” is for staff and has no help or way out for children")
    assert note.endswith("cascade code make voices --setting NAME --agency AGENCY")
    assert f"Note: {note}." in terminal.done("launch", "voices", "--yes").splitlines()
    assert "--agency" in terminal.refused("code", "make", "voices", "--setting", "Somewhere")


def test_where_agencies_get_their_codes_with_the_launch_nothing_is_said_of_them(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.done("new", "survey", "heard", "--form", "s2", "--lesson", str(WREN))
    notes = json.loads(terminal.done("plan", "heard", "--json"))["notes"]
    assert not [note for note in notes if "is for staff" in note]


def test_a_form_in_json_loses_marks_that_turn_its_texts_with_a_note_at_the_place(terminal: Terminal) -> None:
    body = form_of(row("integer", "n", "How many?")).to_json() | {"title": "How \u202ewas it?"}
    path = str(terminal.write("turned.json", json.dumps(body)))
    shown = terminal.done("form", "check", path)
    assert "  note  form > title: characters that turn the direction of the text are taken out" in shown
    assert "How was it?" in shown
    assert "\u202e" not in shown
    terminal.keep(found)
    kept = terminal.done("form", "keep", path, "--yes")
    assert "  note  form > title: characters that turn" in kept
