"""A coordinator puts the whole form, or the short one, to one agency before it answers."""

from store.asking import ask
from store.asking.ask import Ask, AskState
from store.database import Session
from store.decision import Decision
from surveys.answering.intake import form_of
from tests.bot.cli.conftest import terminal
from tests.bot.cli.terminal import OPERATOR, Terminal, found
from tests.bot.test_small_form import NEW, found_with_staff

__all__ = ["terminal"]


def launched(terminal: Terminal) -> None:
    terminal.keep(found_with_staff)
    terminal.done(*NEW)
    terminal.done("launch", "tna-2026", "--yes")


def form_of_ask(terminal: Terminal, reference: str) -> tuple[str, int | None]:
    def read(session: Session) -> tuple[str, int | None]:
        asked = ask.by_reference(session, reference)
        assert asked is not None
        return form_of(session, asked).key, asked.minutes

    return terminal.look(read)  # type: ignore[no-any-return]  # a terminal gives what the function does


def test_one_agency_gets_the_whole_form_and_the_short_one_back(terminal: Terminal) -> None:
    launched(terminal)
    words = ("record", "form", "tna-2026-1")
    told = terminal.told(*words, "--whole", "--because", "they have sixty staff")
    assert (told["ask"], told["form"], told["minutes"]) == ("tna-2026-1", "tna", 40)
    assert (told["carried"], told["left"]) == ([], [])
    assert form_of_ask(terminal, "tna-2026-1") == ("tna", None)
    said = terminal.done(*words, "--short", "--because", "a slip")
    assert "Training needs analysis, short form" in said
    assert form_of_ask(terminal, "tna-2026-1") == ("tna_short", 12)
    made = terminal.look(lambda session: session.query(Decision).filter(Decision.what.like("% form")).all())
    assert [(one.what, one.reason, one.by) for one in made] == [
        ("whole form", "they have sixty staff", OPERATOR),
        ("short form", "a slip", OPERATOR),
    ]


def test_an_agency_that_was_taken_for_large_can_have_the_short_form(terminal: Terminal) -> None:
    launched(terminal)
    terminal.done("record", "form", "tna-2026-2", "--short", "--because", "twelve since the merger")
    assert form_of_ask(terminal, "tna-2026-2") == ("tna_short", 12)


def test_what_cannot_be_exchanged_is_refused_with_one_line(terminal: Terminal) -> None:
    launched(terminal)
    words = ("record", "form", "tna-2026-1")
    assert "the short form already" in terminal.refused(*words, "--short", "--because", "why not")
    assert terminal.run(*words, "--because", "why not").exit_code == 2
    assert terminal.run(*words, "--whole").exit_code == 2

    def answer(session: Session) -> None:
        session.query(Ask).filter_by(number=1).one().state = AskState.ANSWERED

    terminal.keep(answer)
    assert "is answered already" in terminal.refused(*words, "--whole", "--because", "late")


def test_the_plan_names_who_gets_the_short_form_and_why(terminal: Terminal) -> None:
    terminal.keep(found_with_staff)
    terminal.done(*NEW)
    planned = terminal.done("plan", "tna-2026")
    assert "Asked the short form" in planned
    assert "the directory says 49 staff" in planned
    assert terminal.told("plan", "tna-2026")["short"] == [
        {"agency": "Agency A", "reason": "the directory says 49 staff"}
    ]


def test_the_plan_of_one_form_for_all_names_nobody(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.done(*(word for word in NEW if word not in ("--small-form", "tna_short")))
    assert terminal.told("plan", "tna-2026")["short"] == []
    assert "short form" not in terminal.done("plan", "tna-2026")
