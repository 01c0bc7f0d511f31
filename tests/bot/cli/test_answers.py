"""`cascade answers`: what was answered leaves whole where it has a name, and as totals where it has none."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from openpyxl import load_workbook

from store.answers.inbound import Source
from store.answers.response import Response
from store.asking import campaign, form
from store.asking.ask import Ask
from store.asking.campaign import CampaignState
from store.database import Session
from store.decision import Decision
from store.people import board
from store.surveying import anonymous
from store.surveying.anonymous import AnonymousAnswer
from store.surveying.box import Given
from surveys.answering.answers import read_stored
from surveys.answering.flat import gather, unguard
from surveys.answering.intake import Arrival, Receipt, receive
from surveys.figures.release import TOGETHER
from surveys.forms.form import Form
from surveys.open.anonymous import rewrite
from tests import make
from tests.bot.cli.terminal import Terminal, found_with_launch
from tests.story import campaign_of

FORMULA = '=HYPERLINK("http://evil.example","read me")'
QUIET: dict[str, Any] = {
    "key": "quiet",
    "version": 1,
    "title": "Quiet",
    "purpose": "Tests.",
    "minutes": 1,
    "privacy": "anonymous",
    "notice": "Please name nobody.",
    "sections": [
        {
            "name": "main",
            "title": "Main",
            "questions": [
                {"kind": "yes_no", "name": "heard", "label": "Had you heard?"},
                {"kind": "long_text", "name": "more", "label": "Anything else?"},
            ],
        }
    ],
}


def answered(session: Session) -> None:
    found_with_launch(session)
    live = [one for one in session.query(Ask).order_by(Ask.number) if one.state.is_live]
    for number, one in enumerate(live):
        raw = {"staff": [str(40 + number)], "teams": [FORMULA]}
        arrival = Arrival(Source.TELEPHONE, f"told {number}", raw, None, "morgan.ellery@west.example.org")
        assert isinstance(receive(session, one.id, arrival, make.START, make.START.date()), Receipt)


def given(session: Session, count: int) -> None:
    """An anonymous step with so many answers, as a night leaves them."""
    found_with_launch(session)
    of = board.every(session)[0]
    version = form.keep(session, "quiet", 1, QUIET)
    made = make.campaign(session, of, "quiet", book="bulletin")
    [step] = campaign.steps(session, made.id)
    step.form_version_id = version.id
    answers = [
        (
            uuid4(),
            Given(
                of.id,
                made.id,
                step.id,
                None,
                version.id,
                "en",
                {"heard": "yes" if number % 2 else "no", "more": f"words {number}"},
                {},
            ),
        )
        for number in range(count)
    ]
    anonymous.write(session, answers, date(2026, 10, 12))


def close(session: Session) -> None:
    """The survey ends, and a night passes."""
    asking = campaign_of(session, "quiet")
    asking.state = CampaignState.CLOSED
    rewrite(session, asking.id, date(2026, 10, 13), make.ZONE)


def test_a_csv_gives_back_every_answer_and_no_formula(terminal: Terminal, tmp_path: Path) -> None:
    terminal.keep(answered)
    out = tmp_path / "answers.csv"
    terminal.done("answers", "wren", "--out", str(out))
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["agency"] for row in rows] == ["Agency A", "Agency B"]
    assert all(not row["teams"].startswith("=") for row in rows)
    assert [unguard(row["teams"]) for row in rows] == [FORMULA, FORMULA]
    version = terminal.look(
        lambda session: session.query(form.FormVersion).filter_by(key="acknowledge").one()
    )
    read = Form.from_json(version.body)
    back = gather(read, {name: unguard(cell) for name, cell in rows[0].items()})
    assert back == read_stored(read, {"staff": 40, "teams": FORMULA})


def test_a_workbook_gives_back_every_answer_and_no_formula(terminal: Terminal, tmp_path: Path) -> None:
    terminal.keep(answered)
    out = tmp_path / "answers.xlsx"
    terminal.done("answers", "wren", "--out", str(out))
    sheet = load_workbook(out)["acknowledge"]
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [one["teams"] for one in told] == [FORMULA, FORMULA]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


def test_a_file_of_another_kind_is_refused_and_nothing_is_written(terminal: Terminal, tmp_path: Path) -> None:
    terminal.keep(answered)
    out = tmp_path / "answers.pdf"
    assert ".csv" in terminal.refused("answers", "wren", "--out", str(out))
    assert not out.exists()


def test_anonymous_answers_are_told_as_totals_of_ten_or_more(terminal: Terminal) -> None:
    terminal.keep(lambda session: given(session, 10))
    [told] = terminal.told("answers", "quiet")
    assert (told["totals"], "latest night" in told["why"]) == (None, True)
    terminal.keep(close)
    [told] = terminal.told("answers", "quiet")
    assert [(one["field"], one["answered"], one["counts"]) for one in told["totals"]] == [
        ("heard", 10, {"Yes": 5, "No": 5})
    ]
    assert told["answers"] == 10
    assert "words" not in json.dumps(told)
    assert "As at 10 answers." in terminal.done("answers", "quiet")


def test_a_csv_takes_the_totals_of_one_survey(terminal: Terminal, tmp_path: Path) -> None:
    terminal.keep(lambda session: given(session, 10))
    out = tmp_path / "totals.csv"
    assert "0 steps have answers or totals" in terminal.refused("answers", "quiet", "--out", str(out))
    terminal.keep(close)
    terminal.done("answers", "quiet", "--out", str(out))
    lines = out.read_text("utf-8-sig").splitlines()
    assert lines[0] == "field,question,answered,answer,given"
    assert [line.split(",")[2:] for line in lines[1:3]] == [["10", "Yes", "5"], ["10", "No", "5"]]


def test_below_ten_anonymous_answers_are_not_told(terminal: Terminal) -> None:
    terminal.keep(lambda session: given(session, 9))
    [told] = terminal.told("answers", "quiet")
    assert told["totals"] is None
    assert "fewer than 10" in terminal.done("answers", "quiet")


def test_what_staff_wrote_is_told_with_the_totals_and_that_is_written_down(terminal: Terminal) -> None:
    terminal.keep(lambda session: given(session, 12))
    [told] = terminal.told("answers", "quiet", "--words")
    assert (told["totals"], told["words"]) == (None, [])
    assert "words are told with the totals" in terminal.done("answers", "quiet", "--words")
    terminal.keep(close)
    [told] = terminal.told("answers", "quiet", "--words")
    [written] = told["words"]
    assert (written["title"], written["language"]) == ("Anything else?", None)
    assert sorted(written["texts"]) == sorted(f"words {number}" for number in range(12))
    assert "words 3" in terminal.done("answers", "quiet", "--words")
    noted = terminal.look(lambda session: session.query(Decision).filter_by(what="words read").count())
    assert noted == 4


def test_words_of_fewer_than_ten_staff_are_never_told(terminal: Terminal) -> None:
    def write(session: Session) -> None:
        given(session, TOGETHER)
        # One came the night after, so that the other nine would be told if they were enough.
        session.query(AnonymousAnswer).limit(1).one().day = date(2026, 10, 13)

    terminal.keep(write)
    [told] = terminal.told("answers", "quiet", "--words")
    assert (told["totals"], told["words"]) == (None, [])


def test_a_step_that_nobody_has_answered_has_no_empty_table(terminal: Terminal) -> None:
    terminal.keep(found_with_launch)
    for words in ((), ("--totals",)):
        shown = terminal.done("answers", "wren", *words)
        assert "obody has answered yet" in shown
        assert "Given" not in shown


def test_versions_are_told_apart_under_headings_and_on_sheets_of_their_own(
    terminal: Terminal, tmp_path: Path
) -> None:
    def change(session: Session) -> None:
        answered(session)
        old = session.query(form.FormVersion).filter_by(key="acknowledge").one()
        newer = form.keep(session, "acknowledge", 2, {**old.body, "version": 2})
        session.query(Response).limit(1).one().form_version_id = newer.id

    terminal.keep(change)
    shown = terminal.done("answers", "wren", "--totals")
    assert "(version 1, since 12 October 2026)" in shown
    assert "(version 2, since 12 October 2026)" in shown
    one, other, _ = terminal.told("answers", "wren", "--totals")
    assert [each["version"][:9] for each in (one, other)] == ["version 1", "version 2"]
    assert (one["answers"], other["answers"]) == (1, 1)
    out = tmp_path / "totals.xlsx"
    terminal.done("answers", "wren", "--totals", "--out", str(out))
    assert load_workbook(out).sheetnames[:2] == ["acknowledge", "acknowledge 2"]


def test_names_of_people_leave_only_when_asked_for_and_that_is_written_down(terminal: Terminal) -> None:
    terminal.keep(answered)
    [plain, _] = terminal.told("answers", "wren")
    assert "entered_by" not in plain["rows"][0]
    [named, _] = terminal.told("answers", "wren", "--names")
    assert named["rows"][0]["entered_by"] == "morgan.ellery@west.example.org"
    noted = terminal.look(lambda session: session.query(Decision).filter_by(what="names read").count())
    assert noted == 1


def test_totals_can_be_told_of_what_agencies_answered(terminal: Terminal) -> None:
    terminal.keep(answered)
    [told, _] = terminal.told("answers", "wren", "--totals")
    assert "rows" not in told and told["totals"] is not None
