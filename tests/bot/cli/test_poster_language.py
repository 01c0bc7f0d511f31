"""A poster hangs in the language of those who pass it, where the survey speaks it."""

from store.database import Session
from store.people.board import Board
from store.surveying.code import OpenCode
from surveys.forms.form import Form
from surveys.phrases import say
from tests.bot.cli.terminal import Terminal, found
from tests.bot.web.open.make_open import FAMILY, POLISH, open_survey, sign


def found_in_polish(session: Session) -> None:
    """A board with an open survey in English and Polish."""
    found(session)
    open_survey(session, session.query(Board).one(), "survey", [Form.from_json(FAMILY)])
    sign(session, "family", "pl", POLISH)


def test_a_poster_is_printed_in_a_language_of_the_survey(terminal: Terminal) -> None:
    terminal.keep(found_in_polish)
    code = terminal.look(lambda session: session.query(OpenCode).one().code)
    out = terminal.folder / "poster.html"
    told = terminal.told("code", "poster", code, "--language", "pl", "--out", str(out))
    assert told["language"] == "pl"
    page = out.read_text("utf-8")
    assert '<html lang="pl" dir="ltr">' in page
    assert say("pl", "Tell us what you think") in page


def test_a_language_the_survey_does_not_speak_gets_no_poster(terminal: Terminal) -> None:
    terminal.keep(found_in_polish)
    code = terminal.look(lambda session: session.query(OpenCode).one().code)
    out = terminal.folder / "poster.html"
    said = terminal.refused("code", "poster", code, "--language", "ur", "--out", str(out))
    assert "the survey is in en, pl" in said
    assert not out.exists()
