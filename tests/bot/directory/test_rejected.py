import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from bot.directory.crosscheck import Known
from bot.directory.headings import REASON
from bot.directory.reading import read
from bot.directory.rejected import write_rejected
from bot.directory.rows import Directory, RejectedRow
from tests.bot.directory.make import AGENCIES, SEATS, TERMS, Cell, read_text, workbook

BAD_SEATS = (
    SEATS + "Hill School,chief,=1+1,nobody\n"
    "Hill School,deputy,Ann\x07 \u202eLee,ann@hill.example\n"
    "Hill School,deputy,_x0041_ Lee,ann hill\n"
    "Hill School,deputy,\ufffe,ann@hill.example\n"
    "Hill School,line manager,2026-03-01,ann@hill.example\n"
    "Hill School,board member," + "Ann " * 20_000 + ",ann@hill.example\n"
    "Hill School,report author,Lee, Ann,ann@hill.example,en,practitioner\n"
    "Hill School,rep,Ann Lee,ann@hill.example\n"
    "Hill School,rep,Bob Ray,bob@hill.example\n"
    "Nowhere,rep,Bob Ray,bob@hill.example\n"
    '"\t=1",rep,Bob Ray,bob@hill.example\n'
    "Vale Police,rep,Good Row,good@vale.example\n"
)


def reasons(rejected: tuple[RejectedRow, ...]) -> list[tuple[str, ...]]:
    return [(row.reason, *(cell[:30_000] for cell in row.cells)) for row in rejected]


def round_trip(directory: Directory, path: Path, known: Known) -> Directory:
    write_rejected(directory.rejected, path)
    again = read(path, known)
    assert isinstance(again, Directory), again
    return again


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (BAD_SEATS, 11),
        (AGENCIES + "Mill,shipping,weekends,x y,Ann,@,soon\nDale,police,school: Moon\n", 2),
        (TERMS + "Vale,Spring,25/03/2027,04/01/2027\nVale,A,1/9/26,2/9/26\nVale,A,1/9/26,3/9/26\n", 3),
        ("Agency,Deputy,Deputy email\nMill,Ann,\nDale,,bob@dale.example\n", 2),
        ("Agency,Sector,Role,Name,Email\nMill,police,rep,A,a@m.example\nMill,gp,deputy,B,b@m.example\n", 2),
    ],
)
def test_the_rows_given_back_read_the_same_again(text: str, count: int, tmp_path: Path) -> None:
    known = Known(agencies=("Hill School", "Vale Police"), term_sets=("Vale",))
    directory = read_text(text, known)
    assert len(directory.rejected) == count
    again = round_trip(directory, tmp_path / "rejected.xlsx", known)
    assert reasons(again.rejected) == reasons(directory.rejected)
    assert not again.seats and not again.agencies and not again.terms and not again.warnings
    once_more = round_trip(again, tmp_path / "again.xlsx", known)
    assert reasons(once_more.rejected) == reasons(directory.rejected)


def test_a_row_put_right_in_the_workbook_enters(tmp_path: Path) -> None:
    path = tmp_path / "rejected.xlsx"
    directory = read_text(f"{SEATS}Hill School,deputy,Ann Lee,ann.hill.example\n")
    write_rejected(directory.rejected, path)
    book = openpyxl.load_workbook(path)
    book.active["D2"] = "ann@hill.example"
    book.save(path)
    again = read(path, Known(agencies=("Hill School",)))
    assert isinstance(again, Directory)
    assert not again.rejected and again.seats[0].email == "ann@hill.example"


def test_each_sheet_of_origin_has_its_own_with_a_frozen_heading(tmp_path: Path) -> None:
    heads: list[list[Cell]] = [["Agency", "Role", "Name", "Email"], ["Hill School", "x", "y", "z"]]
    (tmp_path / "one.xlsx").write_bytes(workbook(Seats=heads, **{"A [long] name"[:2] + "x" * 29: heads}))
    (tmp_path / "seats.csv").write_text(f"{SEATS}Hill School,x,y,z\n")
    directory = read(tmp_path)
    assert isinstance(directory, Directory)
    path = tmp_path / "rejected.xlsx"
    write_rejected(directory.rejected, path)
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == 3 and len({name.casefold() for name in book.sheetnames}) == 3
    assert all(page.freeze_panes == "A2" for page in book)
    assert [cell.value for cell in book["Seats"][1]][4] == REASON
    assert book["Seats"]["F2"].value == "one.xlsx, sheet Seats, row 2"


def test_nothing_in_the_workbook_can_run(tmp_path: Path) -> None:
    directory = read_text(f'{SEATS}"=HYPERLINK(""http://x.example"")",rep,@SUM(1),http://x.example\n')
    path = tmp_path / "rejected.xlsx"
    write_rejected(directory.rejected, path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parts:
        page = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in page and b"hyperlink" not in page


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="cannot be written"):
        write_rejected((), tmp_path / "missing" / "rejected.xlsx")
