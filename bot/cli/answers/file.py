"""Files of answers: a workbook with a sheet a step, a CSV table of one, or a JSON document of all."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import xlsxwriter

from bot.cli.options import refuse
from bot.hearing.results import Table, Totals
from bot.hearing.written import Words
from surveys.answering.flat import guard
from surveys.figures.totals import FEWEST

KINDS = (".csv", ".xlsx", ".json")
#: Those of them that hold one table and nothing beside it.
WORDLESS = (".csv",)
#: The longest name that a sheet can have.
LONGEST = 31
#: What a text stays in a workbook, whatever it looks like.
PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def tell_all(found: Sequence[Table | Totals], written: Sequence[Words]) -> list[dict[str, object]]:
    """Every step, or version of its form, as JSON; what was written stands with the first of its step."""
    words = {one.step.key: one for one in written}
    told = [_tell(one, words.pop(one.step.key, None)) for one in found]
    return told + [_head(one) | _tell_words(one) for one in words.values()]


def _tell(one: Table | Totals, words: Words | None) -> dict[str, object]:
    told = _head(one) | (_tell_words(words) if words is not None else {})
    match one:
        case Table():
            return told | {"rows": list(one.rows)}
        case Totals(totals=None):
            return told | _tell_version(one) | {"totals": None, "why": one.why_none}
        case Totals():
            totals = [
                {
                    "field": each.field,
                    "title": each.title,
                    "answered": each.answered,
                    "counts": dict(each.counts),
                }
                for each in one.totals or ()
            ]
            shifts = {"change": [shift.to_json() for shift in one.shifts]} if one.shifts else {}
            return told | _tell_version(one) | {"answers": one.answers, "totals": totals} | shifts


def _head(one: Table | Totals | Words) -> dict[str, object]:
    return {"step": one.step.key, "form": one.form.key, "privacy": one.form.privacy}


def _tell_version(one: Totals) -> dict[str, object]:
    return {"version": one.version} if one.version else {}


def _tell_words(words: Words) -> dict[str, object]:
    """What was written to one step; the language is null where it is not told."""
    written = [
        {"title": one.title, "language": one.language or None, "texts": list(one.texts)}
        for one in words.written
    ]
    return {"words": written}


def write_file(out: Path, found: Sequence[Table | Totals], written: Sequence[Words]) -> None:
    """Write a file of the kind that its name says; ends the command where it cannot be.

    It takes the place of one of that name only once it is whole.
    """
    match out.suffix.lower():
        case ".json":
            content = json.dumps(tell_all(found, written), ensure_ascii=False, indent=2).encode()
        case ".xlsx":
            content = as_workbook([*map(_sheet_of, found), *map(_sheet_of_words, written)])
        case _:
            content = as_csv(_lines(_only_table(found)))
    put_whole(out, content)


def put_whole(out: Path, content: bytes) -> None:
    """Put a file in its place once it is whole; ends the command where it cannot be."""
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes(content)
        part.replace(out)
    except OSError as error:
        if part.is_file():
            part.unlink()
        refuse(f"{out} cannot be written: {error.strerror}.")


def _only_table(found: Sequence[Table | Totals]) -> Table | Totals:
    """The one step that has something to write."""
    filled = [one for one in found if (one.rows if isinstance(one, Table) else one.totals is not None)]
    if len(filled) != 1:
        refuse(
            f"{len(filled)} steps have answers or totals to write, and a CSV file holds one: "
            "write an .xlsx or .json file."
        )
    return filled[0]


def as_csv(lines: Iterable[Sequence[str]]) -> bytes:
    """Lines as a CSV file that spreadsheet programs read, and in which nothing runs."""
    text = io.StringIO()
    csv.writer(text).writerows([guard(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(sheets: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> bytes:
    """Lines as a workbook, each list of them a sheet under its name; every cell is text."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, PLAIN) as book:
        for name, (_, lines) in zip(_names([wanted for wanted, _ in sheets]), sheets, strict=True):
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                for place, text in enumerate(line):
                    sheet.write_string(number, place, text)
    return content.getvalue()


def _names(wanted: Sequence[str]) -> Iterator[str]:
    """Names that sheets can have, each another: to spreadsheet programs capitals make no difference."""
    used: set[str] = set()
    for name in wanted:
        number, found = 1, name[:LONGEST]
        while found.lower() in used:
            number += 1
            ending = f" {number}"
            found = f"{name[: LONGEST - len(ending)]}{ending}"
        used.add(found.lower())
        yield found


def _sheet_of(one: Table | Totals) -> tuple[str, list[list[str]]]:
    return one.step.key, list(_lines(one))


def _sheet_of_words(words: Words) -> tuple[str, list[list[str]]]:
    rows = [[one.title, one.language, text] for one in words.written for text in one.texts]
    return f"Words {words.step.key}", [["question", "language", "words"], *rows]


def _lines(one: Table | Totals) -> Iterator[list[str]]:
    match one:
        case Table():
            yield list(one.columns)
            yield from ([row.get(name, "") for name in one.columns] for row in one.rows)
        case Totals(totals=None):
            yield ["Not told", one.why_none]
        case Totals():
            yield ["field", "question", "answered", "answer", "given"]
            for each in one.totals or ():
                if each.answered is None:
                    yield [each.field, each.title, f"fewer than {FEWEST}", "", ""]
                for words, count in each.counts:
                    yield [each.field, each.title, str(each.answered), words, str(count)]
            for shift in one.shifts:
                yield ["", f"Since “{shift.since}”: {shift}, as at {shift.as_at}"]
            yield ["", ", ".join(filter(None, [one.version, f"as at {one.answers} answers"]))]
