"""A coordinator adds a language from a spreadsheet, and a named person signs it off."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from store.database import Session
from store.decision import Decision
from store.surveying.signed_translation import SignedTranslation, TranslationState
from surveys import library
from surveys.translation import texts_of
from tests.bot.cli.terminal import Terminal, found

FORM = "acknowledge"


def _sheet(terminal: Terminal, language: str = "ro") -> Path:
    path = terminal.folder / "texts.xlsx"
    terminal.done("form", "texts", FORM, "--language", language, "--out", str(path))
    return path


def _fill(path: Path, start: int = 2, **cells: str) -> None:
    """Translate every row by putting its language in front; `cells` change some."""
    book = load_workbook(path)
    page = book["Texts"]
    for number in range(start, page.max_row + 1):
        page.cell(number, 2, f"RO {page.cell(number, 1).value}")
    for place, text in cells.items():
        page[place] = text
    book.save(path)


def _kept(session: Session) -> list[Any]:
    return [
        (one.language, one.state, one.reviewed_by, len(one.texts)) for one in session.query(SignedTranslation)
    ]


def test_the_spreadsheet_has_every_text_once_and_where_it_stands(terminal: Terminal) -> None:
    page = load_workbook(_sheet(terminal))["Texts"]
    rows = list(page.iter_rows(values_only=True))
    assert rows[0] == ("Text", "Translation", "Where")
    texts = texts_of(library.load(FORM))
    assert [one[0] for one in rows[1:]] == texts
    assert all(one[1] is None for one in rows[1:])
    assert all(one[2] for one in rows[1:])


def test_a_language_that_is_there_already_is_filled_in(terminal: Terminal) -> None:
    path = terminal.folder / "s6.xlsx"
    told = terminal.done("form", "texts", "s6", "--language", "pl", "--out", str(path))
    assert "0 still to translate" in told
    assert load_workbook(path)["Texts"]["B2"].value


def test_a_filled_sheet_becomes_a_draft_that_can_be_seen(terminal: Terminal) -> None:
    terminal.keep(found)
    path = _sheet(terminal)
    _fill(path)
    told = terminal.told("form", "translate", str(path), "--language", "ro")
    count = len(texts_of(library.load(FORM)))
    assert (told["form"], told["language"], told["texts"], told["missing"]) == (FORM, "ro", count, [])
    assert terminal.look(_kept) == [("ro", TranslationState.DRAFT, None, count)]
    assert "RO " in terminal.done("form", "preview", FORM, "--as", "email", "--language", "ro")


def test_a_half_filled_sheet_is_kept_and_says_what_is_missing(terminal: Terminal) -> None:
    terminal.keep(found)
    path = _sheet(terminal)
    _fill(path, start=4)
    shown = terminal.done("form", "translate", str(path), "--language", "ro")
    assert "still in English" in shown
    line = terminal.refused("form", "sign-off", FORM, "--language", "ro", "--yes")
    assert "2 texts are still in English" in line


def test_a_sign_off_names_the_person_and_ends_with_any_change(terminal: Terminal) -> None:
    terminal.keep(found)
    path = _sheet(terminal)
    _fill(path)
    terminal.done("form", "translate", str(path), "--language", "ro")
    assert terminal.run("form", "sign-off", FORM, "--language", "ro").exit_code == 1
    terminal.done("form", "sign-off", FORM, "--language", "ro", "--as", "pat.lane@west.example.org", "--yes")
    [(_, state, by, _)] = terminal.look(_kept)
    assert (state, by) == (TranslationState.REVIEWED, "pat.lane@west.example.org")
    _fill(path, B2="Altceva")
    terminal.done("form", "translate", str(path), "--language", "ro")
    [(_, state, by, _)] = terminal.look(_kept)
    assert (state, by) == (TranslationState.DRAFT, None)
    assert terminal.look(lambda session: session.query(Decision).filter_by(what="translation").count()) == 3


def test_somebody_without_an_office_signs_nothing(terminal: Terminal) -> None:
    terminal.keep(found)
    line = terminal.refused(
        "form", "sign-off", "s6", "--language", "pl", "--yes", "--as", "rowan.a@agencya.example"
    )
    assert "not theirs to do" in line
    assert terminal.look(_kept) == []


def test_a_shipped_translation_is_signed_off_as_it_stands(terminal: Terminal) -> None:
    terminal.keep(found)
    told = terminal.told("form", "sign-off", "s6", "--language", "pl", "--yes")
    assert (told["form"], told["language"]) == ("s6", "pl")
    page = terminal.done("form", "preview", "s6", "--as", "web", "--language", "pl")
    assert "nobody has signed it off" not in page


def test_what_cannot_be_kept_is_told_by_row(terminal: Terminal) -> None:
    terminal.keep(found)
    path = _sheet(terminal)
    _fill(path, A2="Changed by hand", B3="Salut {nobody}")
    result = terminal.run("form", "translate", str(path), "--language", "ro")
    assert result.exit_code == 1
    assert "row 2, column B (Translation): the form has no such text" in result.stderr
    assert "row 3, column B (Translation): the same words in braces" in result.stderr
    assert terminal.look(_kept) == []


def test_a_formula_in_a_translation_is_no_text(terminal: Terminal) -> None:
    terminal.keep(found)
    path = _sheet(terminal)
    _fill(path, B2='=HYPERLINK("https://evil.example")')
    told = terminal.told("form", "translate", str(path), "--language", "ro")
    assert len(told["missing"]) == 1


def test_a_sheet_for_another_language_or_of_another_kind_is_refused(terminal: Terminal) -> None:
    terminal.keep(found)
    path = _sheet(terminal)
    assert "was written for ro" in terminal.refused("form", "translate", str(path), "--language", "pl")
    other = terminal.write("other.xlsx", "no workbook")
    assert "no Excel workbook" in terminal.refused("form", "translate", str(other), "--language", "pl")
    assert "ends in .xlsx" in terminal.refused("form", "texts", FORM, "--language", "pl", "--out", "x.csv")
