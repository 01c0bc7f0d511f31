"""Campaigns are drafted from playbooks, and their words are kept only when they pass the checks."""

import json
import shutil
from pathlib import Path

from store.asking import campaign
from store.asking.campaign import Campaign, WordsVersion
from store.asking.lesson import Lesson
from store.database import Session
from tests.bot.cli.terminal import MANAGER, Terminal, found, found_with_campaign, found_with_launch

WREN = Path("bot/demo/sample/lessons/wren.toml").resolve()


def test_a_campaign_is_drafted_from_a_playbook_and_a_lesson(terminal: Terminal) -> None:
    terminal.keep(found)
    told = terminal.told(
        "new", "lesson", "wren", "--lesson", str(WREN), "--sector", "nhs", "--agency", "agency a"
    )
    assert (told["campaign"], told["steps"]) == ("wren", ["acknowledge", "cascade"])
    kept = terminal.look(lambda session: campaign.by_slug(session, "wren"))
    assert kept.audience == {"sectors": ["health"], "agencies": ["agency a"]}
    assert terminal.look(lambda session: session.query(Lesson).one()).code == "LSN-001"


def test_a_short_name_is_used_once(terminal: Terminal) -> None:
    terminal.keep(found_with_campaign)
    assert "already" in terminal.refused("new", "bulletin", "wren")
    assert terminal.look(lambda session: session.query(Campaign).count()) == 1


def test_only_a_manager_calls_a_lesson_urgent_and_says_why(terminal: Terminal) -> None:
    terminal.keep(found)
    urgent = ("new", "lesson", "wren", "--lesson", str(WREN), "--priority", "urgent")
    assert "--urgent-because" in terminal.refused(*urgent)
    line = terminal.refused(*urgent, "--urgent-because", "a child may be at risk")
    assert "not a manager" in line
    assert MANAGER in line
    terminal.done(*urgent, "--urgent-because", "a child may be at risk", "--as", MANAGER)


def test_a_lesson_that_has_gone_out_is_not_edited(terminal: Terminal) -> None:
    terminal.keep(found_with_launch)
    line = terminal.refused("new", "lesson", "wren-2", "--lesson", str(WREN))
    assert "a code of its own" in line


def test_an_unknown_playbook_sector_or_agency_is_named_in_one_line(terminal: Terminal) -> None:
    terminal.keep(found)
    assert "bulletin, lesson" in terminal.refused("new", "nonsense", "x")
    assert "known sector" in terminal.refused("new", "bulletin", "x", "--sector", "spaceships")
    assert "Agency A" in terminal.refused("new", "bulletin", "x", "--agency", "Agensy A")
    assert terminal.look(lambda session: session.query(Campaign).count()) == 0


def test_new_words_become_a_new_version_and_the_old_one_stays(terminal: Terminal) -> None:
    terminal.keep(found_with_campaign)
    path = terminal.write(
        "words.md", "Subject: News for {{ agency }} [{{ reference }}]\n\nPlease look at this.\n"
    )
    where = ("words", "wren", "--step", "acknowledge", "--rung", "issue", "--role", "asked")
    terminal.done(*where, "--file", str(path))
    [kept] = json.loads(terminal.done(*where, "--json"))
    assert (kept["version"], kept["body"]) == (2, "Please look at this.")

    def count(session: Session) -> int:
        return session.query(WordsVersion).filter_by(rung="issue", role="asked").count()

    assert terminal.look(count) == 2
    assert "Nothing to change" in terminal.done(*where, "--file", str(path))


def test_words_of_blame_and_unknown_variables_are_refused(terminal: Terminal) -> None:
    terminal.keep(found_with_campaign)
    where = ("words", "wren", "--step", "acknowledge", "--rung", "issue", "--role", "asked", "--file")
    blame = terminal.write("blame.md", "Subject: Hello\n\nYou have failed to answer.\n")
    assert "failed" in terminal.refused(*where, str(blame))
    unknown = terminal.write("unknown.md", "Subject: Hello\n\n{{ shoe_size }}\n")
    assert "shoe_size" in terminal.refused(*where, str(unknown))
    shutil.copy(WREN, terminal.folder / "no-subject.md")
    assert "Subject:" in terminal.refused(*where, str(terminal.folder / "no-subject.md"))
