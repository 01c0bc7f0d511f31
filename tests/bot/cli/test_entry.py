"""Where staff type in what came on paper or by telephone is told to them, and stands on no poster."""

from pathlib import Path

from store.answers.inbound import Inbound
from store.database import Session
from tests.bot.cli.terminal import Terminal, found_with_launch
from tests.bot.cli.test_code import ADDRESS, found_with_survey


def test_the_pages_for_typing_in_an_answer_are_told_to_the_office(terminal: Terminal) -> None:
    terminal.keep(found_with_launch)
    told = terminal.told("record", "entry", "wren-1", "--from", "paper")
    assert told["address"].startswith("http://127.0.0.1:8000/a/")
    assert len(told["digits"]) == 2
    assert "rowan" in terminal.refused("record", "entry", "wren-1", "--as", "rowan.a@agencya.example")


def test_what_was_given_on_paper_is_recorded_as_such(terminal: Terminal) -> None:
    terminal.keep(found_with_launch)
    words = ("record", "told", "wren-1", "--because", "Rowan handed it in", "--answer", "staff=45")
    assert "on paper" in terminal.done(*words, "--from", "paper")

    def came(session: Session) -> list[str]:
        return [one.source.value for one in session.query(Inbound)]

    assert terminal.look(came) == ["paper"]


def test_staff_learn_where_to_type_in_a_paper_and_the_poster_does_not_say(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.keep(found_with_survey)
    told = terminal.told("code", "make", "survey", "--setting", "Willow")
    assert told["entered"] == {
        how: f"{ADDRESS}{told['code']}?entered={how}" for how in ("paper", "telephone")
    }
    assert "?entered=paper" in terminal.done("code", "list", "survey")
    poster = tmp_path / "poster.html"
    terminal.done("code", "poster", told["code"], "--out", str(poster))
    assert "entered" not in poster.read_text("utf-8")
