"""A form's texts as a spreadsheet: written for a translator, and read back with what they wrote."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from surveys.form import Form
from surveys.translation import texts_of
from surveys.xlsform.fault import Fault
from surveys.xlsform.sheets import Sheet
from surveys.xlsform.workbook import read_workbook

TEXTS, ABOUT = "Texts", "About"
HEADINGS = ("Text", "Translation", "Where")
_LONGEST_CELL = 32_000  # Excel holds 32,767 characters in a cell


@dataclass(frozen=True, slots=True)
class TextSheet:
    """A spreadsheet that came back: of which form and language, and each translation by its English text."""

    form: str
    version: int
    language: str
    texts: Mapping[str, str]
    rows: Mapping[str, int]


def write_sheet(form: Form, language: str, known: Mapping[str, str], path: Path) -> int:
    """Write an .xlsx with every text of a form, filled where `known`; gives how many are still to translate.

    Every cell is text, so that nothing in it can run. Raises OSError where `path` cannot be written.
    """
    texts, places = texts_of(form), _places(form)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with xlsxwriter.Workbook(str(path), options) as book:
            bold = book.add_format({"bold": True, "bottom": 1})
            wrap = book.add_format({"text_wrap": True, "num_format": "@", "valign": "top"})
            empty = book.add_format({"text_wrap": True, "num_format": "@", "bg_color": "#FFF7BF"})
            sheet = book.add_worksheet(TEXTS)
            for column, heading in enumerate(HEADINGS):
                sheet.write_string(0, column, heading, bold)
            for row, text in enumerate(texts, 1):
                words = known.get(text, "")
                sheet.write_string(row, 0, text[:_LONGEST_CELL], wrap)
                sheet.write_string(row, 1, words, wrap) if words else sheet.write_blank(row, 1, None, empty)
                sheet.write_string(row, 2, places.get(text, ""), wrap)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 1, 60)
            sheet.set_column(2, 2, 30)
            about = book.add_worksheet(ABOUT)
            for row, told in enumerate((("Form", "Version", "Language"), _about(form, language))):
                for column, text in enumerate(told):
                    about.write_string(row, column, text)
    except FileCreateError as error:
        raise OSError(
            f"{path} cannot be written: {error}; close it in Excel, or choose another name"
        ) from error
    return sum(not known.get(text) for text in texts)


def read_sheet(content: bytes) -> TextSheet | list[Fault]:
    """Read a spreadsheet that `write_sheet` wrote and somebody filled, or say what is wrong with it."""
    book = read_workbook(content, (TEXTS.lower(), ABOUT.lower()))
    if isinstance(book, list):
        return book
    texts, about = book.sheet(TEXTS.lower()), book.sheet(ABOUT.lower())
    said = about.lines[0] if about.lines else None
    version = about.cell(said, "version") if said else ""
    if said is None or not version.isdecimal() or not {"text", "translation"} <= set(texts.headings):
        what = (
            f"this is no sheet of texts: the sheets {TEXTS} and {ABOUT} of `cascade form texts` are not in it"
        )
        return [Fault("", 0, "", what)]
    told = dict(_translations(texts))
    rows = {texts.cell(line, "text"): line.row for line in texts.lines}
    return TextSheet(about.cell(said, "form"), int(version), about.cell(said, "language"), told, rows)


def _about(form: Form, language: str) -> tuple[str, str, str]:
    return form.key, str(form.version), language


def _translations(texts: Sheet) -> Iterator[tuple[str, str]]:
    for line in texts.lines:
        text, words = texts.cell(line, "text"), texts.cell(line, "translation")
        if text and words:
            yield text, words


def _places(form: Form) -> dict[str, str]:
    """Where each text first stands, by the question's name."""
    found = {text: f"the form, {setting}" for setting, text in vars(form).items() if isinstance(text, str)}
    for section in form.sections:
        for question in section.questions:
            for cell in (
                question,
                *(form.tables[n].by_name[n] for n in form.tables if form.tables[n] is question),
            ):
                for text in _texts_at(cell):
                    found.setdefault(text, f"{section.name}, {cell.name}")
        for text in (section.title, section.intro):
            found.setdefault(text, f"{section.name}, heading")
    return found


def _texts_at(question: object) -> Iterator[str]:
    for setting, value in vars(question).items():
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from (text for text in value.values() if isinstance(text, str))
        elif isinstance(value, tuple) and setting in ("choices", "lines"):
            for each in value:
                yield from (text for text in vars(each).values() if isinstance(text, str))
