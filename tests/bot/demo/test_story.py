"""The demonstration: eight weeks through real mail and real pages, and two tellings that agree."""

import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.demo.people.cast import Players
from bot.demo.people.script import TURNS
from bot.demo.scenery.lesson import set_scene
from bot.demo.stage import START, Stage
from bot.demo.story import SILENT, UNSIGNED, play
from bot.web.app import build_app

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def ending() -> dict[str, Any]:
    command = [sys.executable, "-m", "bot", "demo", "--exit", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def to(ending: dict[str, Any], start: str) -> list[tuple[str, str]]:
    return [(one["at"], one["subject"]) for one in ending["sent"] if one["to"].startswith(start)]


@pytest.mark.drill
def test_the_rows_and_the_mailboxes_tell_the_same(ending: dict[str, Any]) -> None:
    assert ending["agrees"]
    assert ending["faults"] == []
    assert ending["rows"] == ending["seen"]
    assert ending["rows"]["letters"] == len(ending["sent"])
    assert (ending["asked"], ending["rows"]["confirmed"], ending["rows"]["declined"]) == (24, 22, 1)


@pytest.mark.drill
def test_who_answers_in_time_is_never_reminded(ending: dict[str, Any]) -> None:
    assert len(to(ending, "trevor.oakes-lyle")) == 1
    assert [at for at, _ in to(ending, "amara.whitcombe")] == ["2026-10-12 10:00", "2026-10-26 10:00"]


@pytest.mark.drill
def test_silence_goes_to_the_deputy_then_the_line_manager_then_waits_for_a_yes(
    ending: dict[str, Any],
) -> None:
    silent = [at[:10] for at, _ in to(ending, SILENT.partition("@")[0])]
    days = ["10-12", "10-15", "10-21", "10-28", "11-04", "11-09", "11-11", "11-18"]
    assert silent == [f"2026-{day}" for day in days]
    assert to(ending, "farida.longstaff")[0][0] == "2026-10-21 09:00"
    assert to(ending, "colin.maybrook")[0][0] == "2026-11-16 10:00"
    # Drafted on 23 November; sent only after the manager's yes a day later.
    assert to(ending, "sergei.applegarth")[0][0] == "2026-11-24 10:00"
    assert ending["rows"]["still_owed"] == [SILENT, UNSIGNED]


@pytest.mark.drill
def test_a_deputy_stands_in_for_who_is_away_or_cannot_be_reached(ending: dict[str, Any]) -> None:
    assert to(ending, "patricia.vane")[0][0] == "2026-10-12 11:30"
    assert to(ending, "basil.yarrow")[0][0] == "2026-10-12 12:00"
    assert len(to(ending, "callum.dunmore")) == 1
    assert len(to(ending, "annika.steadfast")) == 1


@pytest.mark.drill
def test_a_return_that_is_shared_and_signed_is_chased_no_more(ending: dict[str, Any]) -> None:
    about = [at[:10] for at, subject in to(ending, "samuel.okonedo") if "[tna-2026-" in subject]
    assert about == ["2026-10-05", "2026-11-02"]
    [(at, subject)] = to(ending, "ingrid.wetherall")
    assert (at, "“Your workforce by training group”" in subject) == ("2026-10-14 14:40", True)
    assert ending["rows"]["returned"] == 1


@pytest.mark.drill
def test_the_return_that_is_left_to_a_visitor_climbs_its_ladder(ending: dict[str, Any]) -> None:
    about = [at[5:10] for at, subject in to(ending, "stefan.rudge") if "[tna-2026-" in subject]
    assert about == ["10-05", "11-02", "11-12", "11-16", "11-18", "11-25"]
    assert [at[5:10] for at, _ in to(ending, "hilary.tamworth")] == ["11-18", "11-25"]
    assert [at[5:10] for at, _ in to(ending, "joseph.addo-lane")] == ["11-23"]
    # Drafted on 30 November; sent only after the manager's yes a day later.
    assert [at for at, _ in to(ending, "maureen.swift-payne")] == ["2026-12-01 10:00"]


@pytest.mark.drill
def test_a_course_is_asked_about_before_it_on_the_day_and_three_months_on(ending: dict[str, Any]) -> None:
    held = [at[:10] for at, _ in to(ending, "hana.lisle")]
    assert held == ["2026-07-01", "2026-07-09", "2026-10-07", "2026-10-14", "2026-10-21"]
    coming = [at[:10] for at, _ in to(ending, "leon.farrant")]
    assert coming == ["2026-10-05", "2026-10-20", "2026-10-22", "2026-10-23"]
    assert ending["rows"]["about_courses"] == 10


@pytest.mark.drill
def test_a_school_is_left_alone_at_half_term(ending: dict[str, Any]) -> None:
    schools = ("hazelcopse", "brackendown", "skylarkhill", "thornbeckhall")
    written = [one["at"] for one in ending["sent"] if one["to"].partition("@")[2].startswith(schools)]
    assert written
    assert not [at for at in written if "2026-10-24" <= at < "2026-11-02"]


@pytest.mark.drill
def test_nobody_gets_two_chasing_letters_in_a_day(ending: dict[str, Any]) -> None:
    days = defaultdict(list)
    for one in ending["sent"]:
        days[one["to"], one["at"][:10]].append(one["subject"])
    assert {place: subjects for place, subjects in days.items() if len(subjects) > 1} == {}


@pytest.mark.drill
def test_letters_keep_office_hours_on_both_sides_of_the_clock_change(ending: dict[str, Any]) -> None:
    moments = [datetime.strptime(one["at"], "%Y-%m-%d %H:%M") for one in ending["sent"]]  # noqa: DTZ007 - local, as told
    assert any(moment.month == 11 for moment in moments)
    assert all(moment.weekday() < 5 and 9 <= moment.hour <= 16 for moment in moments)


async def test_tellings_that_differ_are_found_out(tmp_path: Path) -> None:
    stage = await Stage.open(tmp_path, "127.0.0.1", 8000)
    try:
        asked = await set_scene(stage, START)
        players = Players.of(build_app(stage.house), TURNS[:3])
        ended = await play(stage, players, asked, days=2)
    finally:
        await stage.close()
    assert ended.rows.letters == ended.seen.letters
    assert not replace(ended, seen=replace(ended.seen, letters=ended.seen.letters + 1)).agrees
    assert not replace(ended, seen=ended.rows, faults=["two letters in a day"]).agrees
