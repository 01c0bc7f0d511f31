"""CSV files, in the encodings that spreadsheets save them in."""

import csv
import io
import re
from collections.abc import Iterator

from bot.directory.sheets.sheet import UNHEADED, Line, Refusal, Sheet, gather_lines

#: What `--encoding` may name when a file is not in UTF-8.
ENCODINGS = ("utf-8", "utf-16", "windows-1252")

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FOUND = ("utf-8-sig", "utf-16-le", "utf-16-be")
_SEPARATORS = ",;\t"
_SAVE_AS = "in Excel, save it as 'CSV UTF-8 (Comma delimited)'"
_SAMPLE_LINES = 20
_SAMPLE_BYTES = 1_000


def read_delimited(file: str, content: bytes, encoding: str | None = None) -> Sheet | Refusal:
    """Read a CSV file: UTF-8, UTF-16 with its mark, or `encoding` (of `ENCODINGS`) where it has none."""
    text = _decode(file, content, encoding)
    if isinstance(text, Refusal):
        return text
    if "\0" in text:
        return Refusal(file, f"it is neither CSV nor an Excel workbook; {_SAVE_AS}")
    records: list[tuple[str, ...]] = []
    try:
        for record in _parse(text):
            records.append(record)  # kept one by one: their number says where the parser stopped
    except csv.Error as error:
        return Refusal(
            file,
            f"row {len(records) + 1}: a quotation mark is not closed, or followed by stray text ({error}); "
            f"put it right there, or {_SAVE_AS}",
        )
    sheet = gather_lines(file, "", records)
    if isinstance(sheet, Refusal) or not sheet.lines:
        return sheet
    return _head_stray_cells(sheet, len(records[sheet.lines[0].row - 1]))


def _decode(file: str, content: bytes, encoding: str | None) -> str | Refusal:
    named = next((codec for mark, codec in _MARKS if content.startswith(mark)), None)
    unmarked = "" if named else _find_unmarked(content)
    if unmarked and encoding is None:
        return Refusal(
            file, f"it looks like UTF-16 without the mark that says so; add --encoding utf-16, or {_SAVE_AS}"
        )
    codec = named or encoding or "utf-8"
    if codec.lower() == "utf-16":
        codec = named or unmarked or codec
    if codec.lower() not in (*ENCODINGS, *_FOUND):
        return Refusal(file, f"the encoding {codec!r} is not known; use one of {', '.join(ENCODINGS)}")
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(codec, errors="replace")
        row = 1 + len(re.findall(r"\r\n|\r|\n", before))
        hint = "" if named or encoding else ", or add --encoding windows-1252 if an older Excel saved it"
        return Refusal(file, f"row {row} is not in {_shown(codec)}; {_SAVE_AS}{hint}")


def _find_unmarked(content: bytes) -> str:
    """Which UTF-16 this is, by a zero in every second byte of its plain letters; empty where it is none."""
    start = content[:_SAMPLE_BYTES]
    for codec, zeros, letters in (
        ("utf-16-le", start[1::2], start[::2]),
        ("utf-16-be", start[::2], start[1::2]),
    ):
        if letters and 0 not in letters and zeros.count(0) * 2 > len(letters):
            return codec
    return ""


def _shown(codec: str) -> str:
    return (
        codec.removesuffix("-sig").removesuffix("-le").removesuffix("-be").upper()
        if codec.startswith("utf")
        else codec
    )


def _parse(text: str) -> Iterator[tuple[str, ...]]:
    told = re.match(r"sep=(.)\r?\n", text)
    separator = told[1] if told else _guess_separator(text)
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        yield tuple(record)


def _guess_separator(text: str) -> str:
    start = "\n".join(text[:20_000].splitlines()[:_SAMPLE_LINES])
    unquoted = re.sub(r'"[^"]*"', "", start)
    return max(_SEPARATORS, key=unquoted.count)


def _head_stray_cells(sheet: Sheet, width: int) -> Sheet:
    """Head the cells that stand beyond the first record's `width`, so that they can be pointed at."""
    widest = max((len(line.cells) for line in sheet.lines), default=0)
    if width < 2 or widest <= width:
        return sheet
    head = sheet.lines[0]
    cells = head.cells + ("",) * (width - len(head.cells)) + (UNHEADED,) * (widest - width)
    return Sheet(sheet.file, sheet.name, (Line(head.row, cells), *sheet.lines[1:]))
