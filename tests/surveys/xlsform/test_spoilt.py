"""A workbook spoilt anywhere is read, or refused with the place of every fault; it never ends in an error."""

import random
from collections.abc import Callable
from copy import deepcopy

import pytest

from surveys.forms.form import Form
from surveys.xlsform.reading import read_book
from surveys.xlsform.sheets import Book, Line, Sheet
from tests.surveys.xlsform.workbooks import YES_NO, Cells, choice, end, row

Sheets = dict[str, list[Cells]]

_VISITS: Sheets = {
    "survey": [
        row("start", "begun"),
        row("audit", "audit"),
        row("begin_group", "about"),
        row("select_one yn", "met", parameters="randomize=true") | {"label::Polski (pl)": "Czy?"},
        row("text", "why", relevant="${met} = 'no'", required="yes", hint="About ${met}"),
        row("begin_repeat", "courses", repeat_count="3"),
        row("text", "title", constraint="string-length(.) > 2", constraint_message="Longer"),
        row("integer", "places", constraint=". < 30"),
        end("repeat"),
        end("group"),
        row("calculate", "twice", calculation="sum(${places}) * 2"),
        row("range", "worth", parameters="start=1 end=5 step=1"),
        row("note", "thanks", "Thank you: ${twice}"),
    ],
    "choices": [*YES_NO, choice("how", "well", group="a"), choice("how", "badly", group="b")],
    "settings": [
        {"form_title": "Visits", "form_id": "visits", "version": "3", "default_language": "English"}
    ],
}
_TABLE: Sheets = {
    "survey": [
        row("begin_group", "rated", appearance="table-list"),
        row("select_one how", "care", parameters="randomize=true"),
        row("select_one how", "speed", parameters="randomize=true"),
        end("group"),
        row("text", "side"),
        row("select_multiple how", "which", choice_filter="group = ${side}"),
        row("select_one how or_other", "where"),
        row("rank how", "order"),
        row("date", "seen", constraint=". <= today()", default="2027-01-01"),
        row("acknowledge", "agreed", read_only="true()"),
    ],
    "choices": _VISITS["choices"],
    "settings": [{"audience": "family", "consent": "You may say no.", "privacy": "anonymous"}],
}
_TYPES = [
    *("note", "integer", "begin_group", "end_group", "begin_repeat", "end_repeat", "end", "begin", "start"),
    *("audit", "range", "calculate", "trigger", "end_goup", "begin_grup", "txt", "select_one", "rank"),
    *("geopoint", "xml-external", "deviceid", "begin loop over yn", "end loop", "end time", "rank how"),
    *("select_multiple how", "select_one gone"),
]
_TEXTS = [
    *("${why}", "${", "=1+1", "yes", "0", "${last-saved#why}", "#REF!", "true()", "why", "label", ". > 5"),
    *("once(${why})", "${twice} + 1", "1st", "a b", "x" * 9_000, "\u202eabc", "randomize=perhaps", "rows=x"),
    "selected(${met},",
]


def _blank_a_cell(rows: list[Cells], dice: random.Random) -> None:
    cells = dice.choice(rows)
    del cells[dice.choice(list(cells))]


def _write_a_cell(rows: list[Cells], dice: random.Random) -> None:
    headings = sorted({heading for cells in rows for heading in cells})
    dice.choice(rows)[dice.choice(headings)] = dice.choice(_TEXTS)


def _double_a_row(rows: list[Cells], dice: random.Random) -> None:
    rows.insert(dice.randrange(len(rows)), dict(dice.choice(rows)))


def _lose_a_row(rows: list[Cells], dice: random.Random) -> None:
    del rows[dice.randrange(len(rows))]


def _swap_two(rows: list[Cells], dice: random.Random) -> None:
    first, second = dice.randrange(len(rows)), dice.randrange(len(rows))
    rows[first], rows[second] = rows[second], rows[first]


def _misspell_a_type(rows: list[Cells], dice: random.Random) -> None:
    dice.choice(rows)["type"] = dice.choice(_TYPES)


def _lose_a_column(rows: list[Cells], dice: random.Random) -> None:
    heading = dice.choice(sorted({heading for cells in rows for heading in cells}))
    for cells in rows:
        cells.pop(heading, None)


_SPOILT: tuple[Callable[[list[Cells], random.Random], None], ...] = (
    _blank_a_cell,
    _write_a_cell,
    _double_a_row,
    _lose_a_row,
    _swap_two,
    _misspell_a_type,
    _lose_a_column,
)


def _sheet(name: str, rows: list[Cells]) -> Sheet:
    headings = dict.fromkeys(heading for cells in rows for heading in cells)
    letters = {heading: chr(ord("A") + at) for at, heading in enumerate(headings)}
    lines = (Line(number, dict(cells)) for number, cells in enumerate(rows, 2) if cells)
    return Sheet(name, letters, tuple(lines))


def _spoil(dice: random.Random) -> Book:
    sheets = deepcopy(dice.choice((_VISITS, _TABLE)))
    for _ in range(dice.randint(1, 4)):
        rows = [cells for cells in sheets[dice.choice(("survey", "survey", "choices", "settings"))] if cells]
        if rows:
            kept = sheets[next(name for name, each in sheets.items() if rows[0] in each)]
            dice.choice(_SPOILT)(kept if all(kept) else rows, dice)
    return Book({name: _sheet(name, rows) for name, rows in sheets.items()}, tuple(sheets))


def _read(seed: int) -> None:
    found = read_book(_spoil(random.Random(seed)), "visits")
    if not isinstance(found, list):
        assert Form.from_json(found.form)
        return
    assert found
    for fault in found:
        assert fault.sheet, fault
        assert fault.row or fault.what in ("there is no question in it",), fault
        assert "\n" not in str(fault)


def test_the_examples_are_read_as_they_are() -> None:
    for sheets in (_VISITS, _TABLE):
        book = Book({name: _sheet(name, rows) for name, rows in sheets.items()}, tuple(sheets))
        assert not isinstance(read_book(book, "visits"), list)


@pytest.mark.parametrize("seed", range(0, 100, 25))
def test_a_workbook_spoilt_anywhere_is_read_or_refused_with_places(seed: int) -> None:
    for each in range(seed, seed + 25):
        _read(each)


@pytest.mark.drill
@pytest.mark.parametrize("seed", range(1_000, 4_000, 250))
def test_many_workbooks_spoilt_anywhere_are_read_or_refused_with_places(seed: int) -> None:
    for each in range(seed, seed + 250):
        _read(each)
