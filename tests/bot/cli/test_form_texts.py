"""A coordinator adds a language from a spreadsheet."""

from openpyxl import load_workbook

from store.surveying.signed_translation import TranslationState
from surveys import library
from surveys.tongues.translation import texts_of
from tests.bot.cli.make_texts import FORM, fill, kept, sheet
from tests.bot.cli.terminal import Terminal, found


def test_the_spreadsheet_has_every_text_once_and_where_it_stands(terminal: Terminal) -> None:
    page = load_workbook(sheet(terminal))["Texts"]
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
    path = sheet(terminal)
    fill(path)
    told = terminal.told("form", "translate", str(path), "--language", "ro")
    count = len(texts_of(library.load(FORM)))
    assert (told["form"], told["language"], told["texts"], told["missing"]) == (FORM, "ro", count, [])
    assert terminal.look(kept) == [("ro", TranslationState.DRAFT, None, count)]
    assert "RO " in terminal.done("form", "preview", FORM, "--as", "email", "--language", "ro")


def test_a_half_filled_sheet_is_kept_and_says_what_is_missing(terminal: Terminal) -> None:
    terminal.keep(found)
    path = sheet(terminal)
    fill(path, start=4)
    shown = terminal.done("form", "translate", str(path), "--language", "ro")
    assert "still in English" in shown
    assert "2 texts are still in English" in terminal.refused("form", "sign-off", FORM, "--language", "ro")


def test_what_cannot_be_kept_is_told_by_row(terminal: Terminal) -> None:
    terminal.keep(found)
    path = sheet(terminal)
    fill(path, A2="Changed by hand", B3="Salut {nobody}")
    result = terminal.run("form", "translate", str(path), "--language", "ro")
    assert result.exit_code == 1
    assert "row 2, column A (Text): the form has no such text" in result.stderr
    assert "row 3, column B (Translation): the same words in braces" in result.stderr
    assert terminal.look(kept) == []


def test_a_formula_in_a_translation_is_no_text(terminal: Terminal) -> None:
    terminal.keep(found)
    path = sheet(terminal)
    fill(path, B2='=HYPERLINK("https://evil.example")')
    told = terminal.told("form", "translate", str(path), "--language", "ro")
    assert len(told["missing"]) == 1


def test_a_sheet_for_another_language_or_of_another_kind_is_refused(terminal: Terminal) -> None:
    terminal.keep(found)
    path = sheet(terminal)
    assert "was written for ro" in terminal.refused("form", "translate", str(path), "--language", "pl")
    other = terminal.write("other.xlsx", "no workbook")
    assert "no Excel workbook" in terminal.refused("form", "translate", str(other), "--language", "pl")
    assert "ends in .xlsx" in terminal.refused("form", "texts", FORM, "--language", "pl", "--out", "x.csv")
