"""What the board knows is said once, where a campaign is made, and held against the form there."""

import pytest

from store.asking.campaign import Campaign
from tests.bot.cli.terminal import Terminal, found

ACTION = ("new", "return", "audit", "--form", "action_evidence")


def test_a_campaign_answers_for_everybody_what_it_was_told(terminal: Terminal) -> None:
    terminal.keep(found)
    words = ("--set", "action_reference=A-12", "--set", "months=6", "--set", "action_due=2026-09-30")
    terminal.done(*ACTION, *words)
    values = terminal.look(lambda session: session.query(Campaign).one().values)
    assert values == {"action_reference": "A-12", "months": "6", "action_due": "2026-09-30"}


def test_evidence_is_asked_for_from_the_command_line(terminal: Terminal) -> None:
    terminal.keep(found)
    words = ("--set", "lesson=The new duty", "--set", "evidence_requested=yes", "--set", "change=law")
    terminal.done("new", "return", "update", "--form", "assurance", *words)


@pytest.mark.parametrize(
    "words", ["months=twelve", "action_due=soon", f"action_reference={'x' * 61}", "status=complete"]
)
def test_what_is_no_answer_to_the_question_is_refused(terminal: Terminal, words: str) -> None:
    terminal.keep(found)
    assert words.partition("=")[0] in terminal.refused(*ACTION, "--set", words)
    assert terminal.look(lambda session: session.query(Campaign).count()) == 0
