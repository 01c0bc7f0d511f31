"""Files that are not what they seem: each is told apart, with what to do about it."""

import io

import pytest
import xlsxwriter

from bot.directory.reading import read_bytes
from bot.directory.rows import Directory
from tests.bot.directory.make import KNOWN, SEATS, problems, read_text, refusal

ROW = "Hill School,deputy,Zoë Lee,zoe@hill.example\n"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_named_and_read_once_told(codec: str) -> None:
    content = f"{SEATS}{ROW}".encode(codec)
    assert "add --encoding utf-16" in refusal(content)
    found = read_bytes("rows.csv", content, KNOWN, "utf-16")
    assert isinstance(found, Directory)
    assert [seat.name for seat in found.seats] == ["Zoë Lee"]


@pytest.mark.parametrize("content", [b"\0" * 400, b"Agency\0Role\n", bytes(range(256)) * 4])
def test_other_files_with_zeros_in_them_are_not_taken_for_it(content: bytes) -> None:
    assert "utf-16" not in refusal(content).lower()


@pytest.mark.parametrize(
    "content",
    [b"Just a note that was given the wrong name\n", b"\x89\x00\xff\x00 rubbish", b'Agency,"Role\n'],
)
@pytest.mark.parametrize("file", ["seats.xlsx", "SEATS.XLSM"])
def test_a_file_that_is_a_workbook_by_its_name_alone_is_told_so(file: str, content: bytes) -> None:
    assert f"{file}: it is no Excel workbook, whatever its name says" in refusal(content, file)
    assert "no Excel workbook" not in refusal(content, "seats.csv")


def test_rows_that_lost_their_agency_to_merged_cells_are_told_of_it() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Seats")
        sheet.write_row(0, 0, ["Agency", "Role", "Name", "Email"])
        sheet.merge_range(1, 0, 2, 0, "Hill School")
        sheet.write_row(1, 1, ["deputy", "Zoë Lee", "zoe@hill.example"])
        sheet.write_row(2, 1, ["line manager", "Bo Elm", "bo@hill.example"])
    found = read_bytes("book.xlsx", content.getvalue(), KNOWN)
    assert isinstance(found, Directory)
    [(row, column, reason)] = problems(found)
    assert (row, column) == (3, "Agency")
    assert "merged cells are not read" in reason
    assert "unmerge" in reason


def test_a_csv_file_that_lacks_an_agency_is_not_told_of_merged_cells() -> None:
    [(_, column, reason)] = problems(read_text(SEATS + ",deputy,Zoë Lee,zoe@hill.example\n"))
    assert (column, reason) == ("Agency", "is missing")
