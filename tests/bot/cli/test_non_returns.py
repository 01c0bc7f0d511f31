"""The list for the board is previewed, published once a day, shown again as it was, and written as a file."""

import json
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from store.database import Session
from store.installation import row
from tests.bot.cli.terminal import Terminal
from tests.messages.test_non_returns import LATE, town

pytestmark = pytest.mark.sqlite_first


def late_town(session: Session) -> None:
    town(session)
    row(session).virtual_now = LATE


def next_day(session: Session) -> None:
    row(session).virtual_now = LATE + timedelta(days=1)


def test_a_list_is_published_once_a_day_and_shown_as_it_was(terminal: Terminal) -> None:
    terminal.keep(late_town)
    preview = terminal.told("owed", "--for-board")
    assert (preview["missing"], preview["due"], preview["published_at"]) == (3, 4, None)
    assert "3 of 4 that were due" in terminal.done("owed", "--for-board")
    assert "not theirs" in terminal.refused("non-returns", "publish", "--as", "rowan.a@agencya.example")
    assert "makes one" in terminal.refused("non-returns", "show")
    told = terminal.told("non-returns", "publish", "--tell")
    assert told["lines"] == preview["lines"]
    assert "published already" in terminal.refused("non-returns", "publish")
    terminal.keep(next_day)
    assert terminal.told("non-returns", "show") == told
    assert "Agency C" in terminal.done("non-returns", "show", str(LATE.date()))
    assert "there are lists as at" in terminal.refused("non-returns", "show", "2026-01-01")
    assert terminal.told("non-returns", "list")[0]["missing"] == 3
    assert terminal.told("non-returns", "publish")["as_at"] == str(LATE.date() + timedelta(days=1))


def test_a_list_is_written_in_each_kind_of_file(terminal: Terminal) -> None:
    terminal.keep(late_town)
    told = terminal.told("non-returns", "publish")
    files = {kind: terminal.folder / f"list{kind}" for kind in (".csv", ".xlsx", ".json")}
    for path in files.values():
        terminal.done("non-returns", "show", "--out", str(path))
    assert json.loads(files[".json"].read_text("utf-8")) == told
    assert files[".csv"].read_text("utf-8-sig").count("\n") == 5
    sheet = load_workbook(files[".xlsx"]).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][:2] == ["Agency A", told["lines"][0]["ask"]]
    assert "has to end in" in terminal.refused("non-returns", "show", "--out", "list.pdf")


def test_an_agencys_page_says_all_that_a_call_needs(terminal: Terminal) -> None:
    terminal.keep(late_town)
    page = terminal.done("owed", "--agency", "Agency C")
    assert "1 thing still needed" in page
    assert "training representative: Rowan C, rowan.c@agencyc.example" in page
    assert "board member, chief officer" in page
    assert "on hold until" in page
    assert "inspection" in page
    assert "Agency A" not in page
    terminal.done("record", "working", terminal.told("owed", "--agency", "Agency A")["owed"][0]["ask"])
    [debt] = terminal.told("owed", "--agency", "Agency A")["owed"]
    assert "working on it" in debt["hold"]["reason"]
    assert debt["days"] == 20
    assert "rests already" in terminal.refused("record", "working", debt["ask"])
    whole = terminal.done("owed", "--by-agency")
    assert [name for name in ("Agency A", "Agency B", "Agency C") if name in whole] == [
        "Agency A",
        "Agency B",
        "Agency C",
    ]
