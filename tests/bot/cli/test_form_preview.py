"""A form is seen as people would see it, every page of it, before anybody is asked."""

import html
import re

import pytest

from bot.cli.forms.pages import every_page
from bot.cli.forms.rules import state_rules
from bot.cli.forms.text import draw_text
from surveys import library
from tests.bot.cli.terminal import Terminal
from tests.surveys.xlsform.workbooks import YES_NO, end, row, workbook


@pytest.fixture
def visits(terminal: Terminal) -> str:
    path = terminal.folder / "visits.xlsx"
    rows = (
        row("select_one yn", "seen_it", "Have you seen it?", required="yes"),
        row("text", "why", "Why not?", relevant="${seen_it} = 'no'", hint="In a few words."),
        row("begin_repeat", "visit", "Visits", repeat_count="if(${seen_it} = 'yes', 3, 0)"),
        row("date", "day", "Which day?"),
        row("text", "note", "What happened?", relevant="${day} != ''"),
        end("repeat"),
    )
    polish = rows[0] | {"label::Polski (pl)": "Widziałeś?"}
    path.write_bytes(workbook(polish, *rows[1:], choices=YES_NO, settings={"form_title": "Visits"}))
    return str(path)


def test_a_letter_shows_every_question_and_when_it_is_asked(terminal: Terminal, visits: str) -> None:
    shown = terminal.done("form", "preview", visits, "--as", "email")
    questions = ("Have you seen it?", "Why not? (optional)", "Which day?", "What happened?")
    for words in (*questions, "( ) Yes", "In a few words."):
        assert words in shown
    assert "[Only where ${seen_it} = 'no']" in shown
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_the_web_page_stands_alone_and_sends_nothing(terminal: Terminal, visits: str) -> None:
    out = terminal.folder / "preview.html"
    terminal.done("form", "preview", visits, "--as", "web", "--out", str(out))
    page = out.read_text("utf-8")
    for words in ("Have you seen it?", "Why not?", "Which day?", "What happened?"):
        assert words in page
    assert not re.search(r"<form|<script|(?:src|href)=\"(?!#)", page)
    assert page.count('class="preview-page"') == 4


def test_every_rule_stands_beside_its_question_as_it_is_written(terminal: Terminal) -> None:
    path = terminal.folder / "rules.xlsx"
    lands = [{**one, "land": one["name"]} for one in YES_NO]
    rows = (
        row("select_one yn", "seen_it", "Have you seen it?"),
        row(
            "integer",
            "n",
            constraint=". > 2",
            constraint_message="More, please",
            required="${seen_it} = 'no'",
        ),
        row("select_one yn", "where", choice_filter="land = ${seen_it}"),
        row("begin_repeat", "visit", "Visits", repeat_count="${n}"),
        row("date", "day", "Which day?", constraint=". <= today()"),
        end("repeat"),
    )
    path.write_bytes(workbook(*rows, choices=lands))
    letter = " ".join(terminal.done("form", "preview", str(path), "--as", "email").split())
    told = (
        "[The answer must meet . > 2; else people read: More, please]",
        "[Must be answered where ${seen_it} = 'no']",
        "[Offers the choices where land = ${seen_it}]",
        "[As many entries as ${n}]",
        "[The answer must meet . <= today()]",
    )
    for words in told:
        assert words in letter
    page = html.unescape(terminal.done("form", "preview", str(path), "--as", "web"))
    for words in ("must meet <code>. > 2</code>", "where <code>land = ${seen_it}</code>", "More, please"):
        assert words in page


def test_pages_come_as_they_are_met_under_headings_of_their_own(terminal: Terminal) -> None:
    path = terminal.folder / "order.xlsx"
    rows = (
        row("text", "first"),
        row("note", "told", "Tell us of each visit"),
        row("begin_repeat", "visit", "Visits", item="visit"),
        row("date", "day", "Which day?"),
        end("repeat"),
        row("text", "last"),
    )
    path.write_bytes(workbook(*rows, settings={"form_title": "Our year"}))
    letter = terminal.done("form", "preview", str(path), "--as", "email").splitlines()
    headings = [line for line in letter if re.match(r"\d\. ", line)]
    assert headings == ["1. Our year", "2. Visits", "3. Visit 1", "4. Our year"]
    assert letter.index("Tell us of each visit") > letter.index("2. Visits")
    assert letter.index("Which day? (optional)") > letter.index("3. Visit 1")


@pytest.mark.parametrize("key", library.keys())
def test_every_question_of_a_shipped_form_is_shown(key: str) -> None:
    form = library.load(key)
    shown = every_page(form)
    fields = {field.name for page in shown for field in page.fields}
    wanted = {name for name, one in form.questions.items() if not getattr(one, "hidden", False)}
    wanted |= {
        f"{table.name}.1.{cell}"
        for cell, table in form.tables.items()
        if table.kind == "repeat" and not getattr(table.by_name[cell], "hidden", False)
    }
    # A repeat of a fixed number of entries has no list of its own.
    wanted -= {name for name, one in form.questions.items() if getattr(one, "times", "")}
    assert wanted <= fields
    letter = draw_text(form, shown, state_rules(form))
    assert all(page.title in letter for page in shown)


def test_a_translation_is_shown_in_its_direction_and_says_that_nobody_signed_it(terminal: Terminal) -> None:
    page = terminal.done("form", "preview", "s6", "--as", "web", "--language", "ur")
    assert '<html lang="ur" dir="rtl"' in page
    assert "signed off by nobody" in page
    line = terminal.refused("form", "preview", "s6", "--as", "web", "--language", "cy")
    assert "it is in: en, en-x-easy, pl, ur" in line


def test_a_form_nobody_knows_is_refused_with_those_there_are(terminal: Terminal) -> None:
    line = terminal.refused("form", "preview", "s9", "--as", "web")
    assert "acknowledge" in line
    assert "not shipped" in terminal.refused("form", "preview", "s1-99", "--as", "email")


def test_slack_comes_with_the_chat(terminal: Terminal) -> None:
    assert "come with the chat" in terminal.refused("form", "preview", "s1", "--as", "slack")


def test_a_faulty_file_is_not_previewed(terminal: Terminal) -> None:
    path = terminal.folder / "bad.xlsx"
    path.write_bytes(workbook(row("audio", "a")))
    assert "survey, row 2" in terminal.refused("form", "preview", str(path), "--as", "web")
