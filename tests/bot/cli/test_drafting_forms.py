"""A campaign asks any form that fits its playbook; what does not fit is refused in one line."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.clock import real_now
from store.asking import campaign
from store.asking import form as forms
from store.asking.campaign import Campaign, Step
from store.asking.form import FormVersion
from store.database import Session
from store.people.board import Board
from surveys import library
from tests import make
from tests.bot.cli.terminal import Terminal, found
from tests.bot.make_ready import check_helplines, sign_translations, staff_rota

WREN = Path("bot/demo/sample/lessons/wren.toml").resolve()
MESSAGES = [
    word
    for name in ("message_right", "message_wrong_1", "message_wrong_2", "message_wrong_3")
    for word in ("--set", f"{name}=What {name} says")
]


def look_up(session: Session, slug: str) -> tuple[Campaign, list[tuple[Step, FormVersion]]]:
    made = campaign.by_slug(session, slug)
    assert made is not None
    steps = campaign.steps(session, made.id)
    return made, [(step, session.get_one(FormVersion, step.form_version_id)) for step in steps]


def keep_own(session: Session, version: int = 1, **changed: Any) -> None:
    """A form of the board's own under the key of a shipped one."""
    owner = session.query(Board).one()
    body = {**library.load("tna_short").to_json(), "version": version, **changed}
    forms.keep(session, str(body["key"]), version, body, owner.id)


def test_a_return_asks_the_form_it_is_given_and_is_called_after_it(terminal: Terminal) -> None:
    terminal.keep(found)
    told = terminal.told("new", "return", "tna-2026", "--form", "tna")
    assert (told["title"], told["steps"]) == ("Training needs analysis", ["return"])
    _, [(step, version)] = terminal.look(lambda session: look_up(session, "tna-2026"))
    assert (version.key, version.board_id, step.minutes) == ("tna", None, library.load("tna").minutes)
    terminal.done("new", "return", "tna-other", "--form", "tna", "--title", "Our yearly return")
    made, _ = terminal.look(lambda session: look_up(session, "tna-other"))
    assert made.title == "Our yearly return"


def test_a_boards_own_form_comes_before_the_shipped_one_in_its_newest_version(terminal: Terminal) -> None:
    def build(session: Session) -> None:
        found(session)
        keep_own(session)
        keep_own(session, 2, title="Our own questions", minutes=7)

    terminal.keep(build)
    told = terminal.told("new", "return", "ours", "--form", "tna_short")
    assert told["title"] == "Our own questions"
    _, [(step, version)] = terminal.look(lambda session: look_up(session, "ours"))
    assert (version.version, version.board_id is not None, step.minutes) == (2, True, 7)


def test_an_open_survey_asks_nobody_by_name_and_takes_several_versions(terminal: Terminal) -> None:
    terminal.keep(found)
    keys = ["s5_younger", "s5_middle", "s5_older"]
    told = terminal.told("new", "open_survey", "voices", *(word for key in keys for word in ("--form", key)))
    assert told["steps"] == keys
    _, steps = terminal.look(lambda session: look_up(session, "voices"))
    assert all(step.is_open for step, _ in steps)


def test_a_survey_about_a_lesson_takes_its_words_from_the_command(terminal: Terminal) -> None:
    terminal.keep(found)
    told = terminal.told("new", "survey", "heard", "--form", "s1", "--lesson", str(WREN), *MESSAGES)
    assert told["steps"] == ["share", "answer"]
    made, _ = terminal.look(lambda session: look_up(session, "heard"))
    assert made.values["message_wrong_2"] == "What message_wrong_2 says"
    assert json.loads(terminal.done("plan", "heard", "--json"))["errors"] == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("return", "--form", "nonsense"), "There is no form 'nonsense'; there are: acknowledge, "),
        (("lesson", "--lesson", str(WREN), "--form", "tna"), "has its own forms"),
        (("return",), "say which with --form KEY"),
        (("return", "--form", "tna", "--form", "tna_short"), "one form at a time"),
        (("return", "--form", "s2"), "answered without a name"),
        (("open_survey", "--form", "tna"), "under a name or a booking"),
        (("open_survey", "--form", "s4"), "under a name or a booking"),
        (("survey", "--form", "s6"), "not for staff"),
        (("survey", "--form", "s2"), "nobody fills: {lesson}"),
        (("survey", "--form", "s1", "--lesson", str(WREN)), "nobody fills: {message_right}, "),
        (("return", "--form", "tna", "--set", "course=Neglect"), "there is none to give"),
        (("survey", "--form", "s1", "--set", "mesage=x"), "lesson, message_right, message_wrong_1"),
        (("survey", "--form", "s1", "--set", "agency=x"), "{agency} comes of itself"),
        (("survey", "--form", "s1", "--set", "message_right"), "is not NAME=TEXT"),
        (("return", "--form", "tna", "--language", "pl"), "children and families"),
        (("open_survey", "--form", "s6", "--language", "xx"), "there are: en, en-x-easy, pl, ur"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line_and_nothing_is_kept(
    terminal: Terminal, words: tuple[str, ...], why: str
) -> None:
    terminal.keep(found)
    book, *rest = words
    assert why in terminal.refused("new", book, "asked", *rest)
    assert terminal.look(lambda session: session.query(Campaign).count()) == 0


def test_words_that_are_too_long_for_their_place_are_refused(terminal: Terminal) -> None:
    def build(session: Session) -> None:
        found(session)
        sections = [
            {
                "name": "only",
                "title": "Only",
                "questions": [{"kind": "yes_no", "name": "well", "label": f"{'Well? ' * 320}{{course}}"}],
            }
        ]
        keep_own(session, key="own", sections=sections)

    terminal.keep(build)
    own = ("new", "return", "own", "--form", "own", "--set")
    assert "cannot take what was given with --set" in terminal.refused(*own, f"course={'x' * 200}")
    assert "at most 600" in terminal.refused(*own, f"course={'x' * 700}")
    terminal.done(*own, "course=Neglect")


def test_a_survey_of_families_is_launched_only_by_a_board_that_is_ready(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.done("new", "open_survey", "families", "--form", "s6")
    reasons = json.loads(terminal.run("plan", "families", "--json").stdout)["errors"]
    assert len(reasons) == 4
    refused = terminal.run("launch", "families", "--yes")
    assert refused.exit_code == 1
    assert "nobody is on duty" in refused.stderr
    assert "cascade helplines check" in refused.stderr
    made, _ = terminal.look(lambda session: look_up(session, "families"))
    assert made.state.value == "draft"

    def get_ready(session: Session) -> None:
        # By the real clock: the demonstration's own would let everything through.
        owner, today = session.query(Board).one(), real_now().astimezone(make.ZONE).date()
        staff_rota(session, owner, today, days=12)
        check_helplines(session, owner, today)
        sign_translations(session, owner)

    terminal.keep(get_ready)
    assert terminal.told("launch", "families", "--yes") == {"campaign": "families", "asked": 0, "members": 0}
    made, _ = terminal.look(lambda session: look_up(session, "families"))
    assert made.state.value == "live"
