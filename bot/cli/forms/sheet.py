"""Texts as a spreadsheet: written for a translator, and read back with what they wrote."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from bot.cli.forms.body import Body
from surveys.xlsform.fault import Fault
from surveys.xlsform.sheets import Sheet
from surveys.xlsform.workbook import read_workbook

TEXTS, ABOUT = "Texts", "About"
HEADINGS = ("Text", "Translation", "Where")
_LONGEST_CELL = 32_000  # Excel holds 32,767 characters in a cell


@dataclass(frozen=True, slots=True)
class TextSheet:
    """A spreadsheet that came back: of what and which language, and each translation by its English text."""

    form: str
    version: int
    language: str
    texts: Mapping[str, str]
    rows: Mapping[str, int]


def write_sheet(body: Body, language: str, known: Mapping[str, str], path: Path) -> int:
    """Write an .xlsx with every text of a body, filled where `known`; gives how many are still to translate.

    Every cell is text, so that nothing in it can run. Raises OSError where `path` cannot be written.
    """
    texts, places = body.texts, body.places
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
            for row, told in enumerate(
                (("Form", "Version", "Language"), (body.key, str(body.version), language))
            ):
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


def _translations(texts: Sheet) -> Iterator[tuple[str, str]]:
    for line in texts.lines:
        text, words = texts.cell(line, "text"), texts.cell(line, "translation")
        if text and words:
            yield text, words
