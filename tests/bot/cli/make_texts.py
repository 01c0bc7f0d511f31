"""Builders: a form's texts given out in a spreadsheet, filled by a translator and kept."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from store.database import Session
from store.surveying.signed_translation import SignedTranslation
from tests.bot.cli.terminal import Terminal

FORM = "acknowledge"
PAT = "pat.lane@west.example.org"


def sheet(terminal: Terminal, language: str = "ro", form: str = FORM) -> Path:
    """The spreadsheet of a form's texts."""
    path = terminal.folder / f"{form}.xlsx"
    terminal.done("form", "texts", form, "--language", language, "--out", str(path))
    return path


def fill(path: Path, start: int = 2, **cells: str) -> None:
    """Translate every row by putting RO in front; `cells` change some."""
    book = load_workbook(path)
    page = book["Texts"]
    for number in range(start, page.max_row + 1):
        page.cell(number, 2, f"RO {page.cell(number, 1).value}")
    for place, text in cells.items():
        page[place] = text
    book.save(path)


def draft(terminal: Terminal, form: str = FORM, **cells: str) -> str:
    """Keep a filled spreadsheet; gives what somebody who has read it says to sign it off."""
    path = sheet(terminal, form=form)
    fill(path, 2, **cells)
    return str(terminal.told("form", "translate", str(path), "--language", "ro")["mark"])


def kept(session: Session) -> list[Any]:
    """Every translation: its language, state, who stands for it, and how many texts it has."""
    rows = session.query(SignedTranslation).order_by(SignedTranslation.form_key, SignedTranslation.id)
    return [(one.language, one.state, one.reviewed_by, len(one.texts)) for one in rows]
