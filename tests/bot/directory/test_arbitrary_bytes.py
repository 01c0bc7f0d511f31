import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.reading import read_bytes
from bot.directory.rows import Directory
from bot.directory.sheets.delimited import ENCODINGS
from bot.directory.sheets.sheet import Refusal
from tests.bot.directory.make import AGENCIES, KNOWN, SEATS, TERMS, workbook

BOOK = workbook(Seats=[SEATS.split(","), ["Hill School", "deputy", "Ann", "ann@hill.example"]])
HEADS = [b"", AGENCIES.encode(), SEATS.encode(), TERMS.encode(), b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
few = settings(max_examples=200, deadline=None)


def judged(content: bytes, encoding: str | None = None) -> Directory | Refusal:
    found = read_bytes("x", content, KNOWN, encoding)
    assert isinstance(found, Directory | Refusal)
    return found


@few
@given(st.sampled_from(HEADS), st.binary(max_size=400), st.sampled_from([None, *ENCODINGS]))
def test_any_bytes_are_read_or_refused(head: bytes, rest: bytes, encoding: str | None) -> None:
    judged(head + rest, encoding)


@few
@given(st.sampled_from([AGENCIES, SEATS, TERMS]), st.lists(st.lists(CELLS, max_size=8), max_size=6))
def test_any_text_in_any_cell_is_taken_or_given_back(head: str, rows: list[list[str]]) -> None:
    quoted = (
        "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    ).encode()
    judged(head.encode() + quoted)


@few
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=4))
def test_a_workbook_damaged_anywhere_is_read_or_refused(place: int, damage: bytes) -> None:
    judged(BOOK[:place] + damage + BOOK[place + len(damage) :])


@few
@given(st.data())
def test_a_workbook_damaged_inside_its_parts_is_read_or_refused(data: st.DataObject) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as made, zipfile.ZipFile(content, "w") as opened:
        spoilt = data.draw(st.sampled_from(made.namelist()))
        for name in made.namelist():
            part = made.read(name)
            if name == spoilt:
                place = data.draw(st.integers(0, len(part)))
                part = (
                    part[:place]
                    + data.draw(st.binary(max_size=6))
                    + part[place + data.draw(st.integers(0, 9)) :]
                )
            opened.writestr(name, part)
    judged(content.getvalue())
