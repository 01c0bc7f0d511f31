"""What families wrote is read by those on duty at once, as words alone; nobody else reads anything."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from bot.clock import real_now
from store.chore import Chore, ChoreKind, waiting
from store.database import Session
from store.decision import Decision
from store.people.board import Board
from store.surveying.code import OpenCode
from surveys.answering.answers import Answers
from surveys.figures.release import TOGETHER
from surveys.forms.form import Form
from surveys.open.anonymous import rewrite, take_for_code
from tests.bot.cli.terminal import OPERATOR, Terminal, found_with_campaign
from tests.bot.web.open.make_open import FAMILY, open_survey
from tests.make import ZONE
from tests.story import campaign_of

ROWAN = "rowan.a@agencya.example"
TODAY = real_now().astimezone(ZONE).date()
FORMULA = '=HYPERLINK("http://evil.example","read me")'


@pytest.fixture
def families(terminal: Terminal) -> Terminal:
    """A live survey of families, and somebody of an agency on duty today."""

    def fill(session: Session) -> None:
        found_with_campaign(session)
        open_survey(session, session.query(Board).one(), "families", [Form.from_json(FAMILY)])

    terminal.keep(fill)
    terminal.done("duty", ROWAN, "--from", str(TODAY), "--every-day")
    return terminal


def write(terminal: Terminal, *texts: str, language: str = "en") -> None:
    """Somebody answers with each text."""

    def take(session: Session) -> None:
        code = session.query(OpenCode).one().code
        for text in texts:
            given = Answers("family", 1, {"listened": "no", "why": text})
            take_for_code(session, code, uuid4().hex, given, language, {}, TODAY, ZONE)

    terminal.keep(take)


def unread(terminal: Terminal) -> int:
    """How many chores say that words wait."""
    return sum(one.kind is ChoreKind.WORDS for one in terminal.look(waiting))


def test_a_single_text_is_read_by_whoever_is_on_duty_before_any_night(families: Terminal) -> None:
    write(families, "He shouted at me")
    assert "Words were written" in families.done("status", "families")
    [told] = families.told("answers", "families", "--words", "--as", ROWAN)
    assert told == {
        "step": "family",
        "form": "family",
        "privacy": "anonymous",
        "words": [{"title": "What should change?", "language": "en", "texts": ["He shouted at me"]}],
    }
    [chore] = families.look(lambda session: session.query(Chore).filter_by(kind=ChoreKind.WORDS).all())
    assert chore.done_by == ROWAN
    assert "Words were written" not in families.done("status", "families")
    [noted] = families.look(lambda session: session.query(Decision).filter_by(what="words read").all())
    assert noted.by == ROWAN


def test_those_on_duty_get_neither_totals_nor_rows_nor_names(families: Terminal) -> None:
    write(families, "He shouted at me")
    for words in ((), ("--totals",), ("--words", "--totals"), ("--words", "--names"), ("--names",)):
        assert "is not a coordinator" in families.refused("answers", "families", *words, "--as", ROWAN)
    shown = families.done("answers", "families", "--words", "--as", ROWAN)
    assert "He shouted at me" in shown
    assert "listen" not in shown
    assert unread(families) == 0


def test_whoever_is_not_on_duty_today_reads_nothing(families: Terminal) -> None:
    write(families, "He shouted at me")
    families.done("duty", ROWAN, "--from", str(TODAY), "--end")
    families.done("duty", ROWAN, "--from", str(TODAY + timedelta(days=1)), "--every-day")
    refused = families.run("answers", "families", "--words", "--as", ROWAN)
    assert (refused.exit_code, "shouted" in refused.output) == (1, False)
    assert unread(families) == 1


def test_what_staff_wrote_is_not_for_those_on_duty(families: Terminal) -> None:
    assert "is not a coordinator" in families.refused("answers", "wren", "--words", "--as", ROWAN)


def test_words_are_read_before_the_night_and_after_it_in_no_order(families: Terminal) -> None:
    texts = [f"text {number:02}" for number in range(TOGETHER)]
    write(families, *texts)
    families.keep(lambda session: rewrite(session, campaign_of(session, "families").id, TODAY, ZONE))
    write(families, "Nikt nie słuchał", language="pl")
    orders = set()
    for _ in range(3):
        [told] = families.told("answers", "families", "--words", "--as", OPERATOR)
        assert told["totals"] is None
        english, polish = told["words"]
        assert (english["language"], sorted(english["texts"])) == ("en", texts)
        assert (polish["language"], polish["texts"]) == ("pl", ["Nikt nie słuchał"])
        orders.add(tuple(english["texts"]))
    assert len(orders) > 1
    assert "(Polski)" in families.done("answers", "families", "--words")


def test_easy_read_is_read_among_other_english(families: Terminal) -> None:
    write(families, "He shouted at me")
    write(families, "She did not listen", language="en-x-easy")
    [told] = families.told("answers", "families", "--words", "--as", ROWAN)
    assert [(one["language"], len(one["texts"])) for one in told["words"]] == [("en", 2)]


def test_words_leave_as_a_sheet_of_their_own_and_as_json(families: Terminal, tmp_path: Path) -> None:
    write(families, FORMULA, "He shouted at me")
    out = tmp_path / "words.xlsx"
    families.done("answers", "families", "--words", "--out", str(out), "--as", ROWAN)
    book = load_workbook(out)
    assert book.sheetnames == ["Words family"]
    sheet = book["Words family"]
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert head == ["question", "language", "words"]
    assert {row[2] for row in rows} == {FORMULA, "He shouted at me"}
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    plain = tmp_path / "words.json"
    families.done("answers", "families", "--words", "--out", str(plain))
    assert "He shouted at me" in plain.read_text("utf-8")
    families.done("answers", "families", "--words", "--out", str(out))
    assert load_workbook(out).sheetnames == ["family", "Words family"]


def test_a_csv_file_takes_no_words_and_the_chore_stays(families: Terminal, tmp_path: Path) -> None:
    write(families, "He shouted at me")
    out = tmp_path / "words.csv"
    assert "holds one table and no words" in families.refused(
        "answers", "families", "--words", "--out", str(out)
    )
    assert not out.exists()
    assert unread(families) == 1


def test_words_that_could_not_be_written_to_a_file_stay_unread(families: Terminal, tmp_path: Path) -> None:
    write(families, "He shouted at me")
    out = tmp_path / "missing" / "words.json"
    assert "cannot be written" in families.refused("answers", "families", "--words", "--out", str(out))
    assert unread(families) == 1
    assert families.look(lambda session: session.query(Decision).filter_by(what="words read").all()) == []


def test_a_file_that_cannot_be_replaced_stays_as_it_was(families: Terminal, tmp_path: Path) -> None:
    write(families, "He shouted at me")
    out = tmp_path / "words.json"
    out.write_text("of last week", "utf-8")
    (tmp_path / ".words.json.part").mkdir()
    families.refused("answers", "families", "--words", "--out", str(out))
    assert out.read_text("utf-8") == "of last week"
    assert unread(families) == 1


@pytest.mark.sqlite_first
@pytest.mark.drill
def test_words_that_could_not_be_shown_are_listed_again(families: Terminal) -> None:
    write(families, "He shouted at me")
    environ = {"PATH": "/usr/bin:/bin"} | {name: text for name, text in families.env.items() if text}
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "bot", "answers", "families", "--words"]
        ended = subprocess.run(command, env=environ, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode != 0
    assert unread(families) == 1
