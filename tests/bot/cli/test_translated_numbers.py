"""A translation keeps the numbers of its English, and nothing in it turns words round unseen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from store.database import Session
from store.surveying import signed_translation
from store.surveying.signed_translation import SignedTranslation
from surveys.figures.numbers import find_numbers
from tests.bot.cli.make_texts import FORM, PAT, draft, fill, kept, sheet
from tests.bot.cli.terminal import Terminal, found

#: Joiners and plain marks of direction, which writers of Urdu need.
URDU = "\u0645\u06cc\u200c\u062e\u0648\u200d \u200e1"


def row_of(path: Path, words: str) -> int:
    """The row of the first text with these words."""
    page = load_workbook(path)["Texts"]
    return next(row for row in range(2, page.max_row + 1) if words in str(page.cell(row, 1).value))


def change(path: Path, words: str, old: str, new: str) -> int:
    """Translate everything, and say another number in one text; gives its row."""
    row = row_of(path, words)
    text = str(load_workbook(path)["Texts"].cell(row, 1).value)
    fill(path, 2, **{f"B{row}": text.replace(old, new)})
    return row


@pytest.mark.parametrize(
    ("form", "number", "wrong"),
    [("pages", "999", "**112**"), ("s5_middle", "0800 1111", "0800 1117"), ("s5_middle", "999", "99")],
)
def test_a_number_that_a_translation_changes_or_loses_is_told_by_row(
    terminal: Terminal, form: str, number: str, wrong: str
) -> None:
    terminal.keep(found)
    path = sheet(terminal, form=form)
    row = change(path, number, number, wrong)
    result = terminal.run("form", "translate", str(path), "--language", "ro")
    assert result.exit_code == 1
    told = f"row {row}, column B (Translation): the number {number} stands in the text"
    assert told in result.stderr
    assert terminal.look(kept) == []


def test_a_number_in_the_digits_of_another_script_is_the_same_number(terminal: Terminal) -> None:
    terminal.keep(found)
    path = sheet(terminal, form="pages")
    change(path, "999", "999", "۹۹۹")
    terminal.done("form", "translate", str(path), "--language", "ro")


def test_marks_that_turn_the_direction_are_taken_out_and_told_by_row(terminal: Terminal) -> None:
    terminal.keep(found)
    path = sheet(terminal)
    fill(path, 2, B2="Ring \u202e999\u202c \u2067now\u2069", B3=URDU)
    result = terminal.run("form", "translate", str(path), "--language", "ro")
    assert result.exit_code == 0
    assert "row 2, column B (Translation): characters that turn the direction" in result.stderr
    assert "row 3" not in result.stderr

    texts = terminal.look(lambda session: [*session.query(SignedTranslation).one().texts.values()])
    assert texts[:2] == ["Ring 999 now", URDU]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("999", "112"), "The number 999 is not in the translation of"),
        (lambda text: f"\u202e{text}", "holds marks that turn its direction unseen"),
    ],
)
def test_nobody_signs_for_what_was_kept_before_with_another_number_or_turned(
    terminal: Terminal, change: Callable[[str], str], told: str
) -> None:
    terminal.keep(found)
    path = sheet(terminal, form="s1")
    fill(path)
    terminal.done("form", "translate", str(path), "--language", "ro")

    def spoil(session: Session) -> None:
        row = session.query(SignedTranslation).one()
        english = next(text for text in row.texts if "999" in find_numbers(text))
        row.texts = {**row.texts, english: change(row.texts[english])}
        row.texts_hash = signed_translation.hash_of(row.texts)

    terminal.keep(spoil)
    sign = ("form", "sign-off", "s1", "--language", "ro", "--as", PAT, "--yes")
    assert told in terminal.refused(*sign, "--texts", "1-aaaaaa")


def test_a_translation_with_every_number_is_signed(terminal: Terminal) -> None:
    terminal.keep(found)
    mark = draft(terminal)
    terminal.done("form", "sign-off", FORM, "--language", "ro", "--as", PAT, "--texts", mark)
