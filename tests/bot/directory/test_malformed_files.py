import io
import zipfile
from pathlib import Path

import pytest

from bot.directory.reading import read, read_bytes
from bot.directory.rows import Directory
from bot.directory.sheets import delimited, sheet
from bot.directory.sheets.file import MAX_BYTES
from bot.directory.sheets.sheet import Refusal
from tests.bot.directory.make import SEATS, problems, refusal, workbook

ROW = "Hill School,deputy,Zoë Lee,zoe@hill.example\n"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def archive(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, part in parts.items():
            opened.writestr(name.replace("__", "/"), part)
    return content.getvalue()


def rewritten(part: str, before: bytes, after: bytes) -> bytes:
    """A sound workbook with one of its parts changed."""
    made, content = (
        zipfile.ZipFile(io.BytesIO(workbook(Seats=[["Agency", "Role", "Name", "Email"]]))),
        io.BytesIO(),
    )
    with zipfile.ZipFile(content, "w") as opened:
        for name in made.namelist():
            text = made.read(name)
            if name == part:
                assert before in text
            opened.writestr(name, text.replace(before, after) if name == part else text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf \n", "it is empty"),
        (b"%PDF-1.7\n", "it is a PDF"),
        (b"<html><table>", "it is a web page"),
        (b"{\\rtf1}", "word-processor"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (OLE + b"\0" * 600, "before 2007 (.xls)"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"PK\x03\x04 and then nothing", "it is damaged"),
        (workbook(Seats=[["Agency"]])[:-40], "it is damaged"),
        (
            archive(**{"word__document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
            "neither CSV nor an Excel",
        ),
        (archive(**{"xl__workbook.bin": b"x"}), "binary workbook"),
        (
            archive(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": b"<workbook/>"}),
            "it is damaged",
        ),
        (archive(**{f"xl__{n}": b"" for n in range(2_001)}), "unpacked, it is larger"),
        (archive(xl__bomb=b"\0" * 160_000_000), "unpacked, it is larger"),
        (rewritten("xl/worksheets/sheet1.xml", b'r="1"', b'r="999999999999"'), "it is damaged"),
        (b"Agency\0Role\n", "neither CSV nor an Excel"),
        (b"colour,shape\nred,round\n", "no heading row is known"),
        (b"Agency,Role,Name\n", "no heading row is known"),
        (
            b"Agency,Role,Name,Email,E-mail address\n",
            "row 1 heads two columns alike: 'Email' and 'E-mail address'",
        ),
        (b'Agency,Role,Name,Email\nHill,"deputy,Ann\n', "row 2: a quotation mark"),
        (b'Agency,Role,Name,Email\nHill,"dep"uty,Ann,a\n', "row 2: a quotation mark"),
        (f"{SEATS}{ROW}".encode("windows-1252"), "row 2 is not in UTF-8; in Excel, save it as 'CSV UTF-8"),
        (b"\xff\xfe" + f"{SEATS}".encode("utf-16-le") + b"\x00\xd8", "row 2 is not in UTF-16"),
        (SEATS.encode() + b"," * 201 + b"x\n", "row 2 is wider than 200 columns"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value[:30],
)
def test_a_file_that_cannot_be_read_gives_one_clear_line(content: bytes, reason: str) -> None:
    assert reason in refusal(content)


def test_the_content_decides_and_not_the_name() -> None:
    book = workbook(
        Seats=[["Agency", "Role", "Name", "Email"], ["Hill", "deputy", "Ann", "ann@hill.example"]]
    )
    assert isinstance(read_bytes("really.csv", book), Directory)
    assert isinstance(read_bytes("really.xlsx", SEATS.encode()), Directory)


@pytest.mark.parametrize("entity", [b'<!ENTITY a SYSTEM "file:///etc/hostname">', b'<!ENTITY a "b">'])
def test_a_workbook_that_defines_entities_is_refused(entity: bytes) -> None:
    doctype = b"<?xml version='1.0'?><!DOCTYPE worksheet [" + entity + b"]><worksheet"
    content = rewritten(
        "xl/worksheets/sheet1.xml",
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet',
        doctype,
    )
    assert "it defines entities" in refusal(content)


def test_entities_are_refused_in_whatever_part_they_stand() -> None:
    doctype = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><sst"
    content = rewritten(
        "xl/sharedStrings.xml", b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst', doctype
    )
    assert "it defines entities" in refusal(content)


def test_a_workbook_whose_parts_are_encrypted_is_refused() -> None:
    entry = b"PK\x01\x02"
    first, *others = workbook(Seats=[["Agency"]]).split(entry)
    content = entry.join([first, *(other[:4] + b"\x01" + other[5:] for other in others)])
    assert "protected by a password" in refusal(content)


def test_what_the_reader_only_warns_of_stops_nothing() -> None:
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    content = rewritten("xl/worksheets/sheet1.xml", b"</worksheet>", extension)
    assert isinstance(read_bytes("book.xlsx", content), Directory)


@pytest.mark.parametrize("size", [200_000_000, 1_000_000_000_000])
def test_a_vast_file_is_refused_and_read_no_further_than_the_limit(tmp_path: Path, size: int) -> None:
    path = tmp_path / "vast.csv"
    with path.open("wb") as opened:
        opened.truncate(size)
    assert "larger than 20 MB" in str(read(path))
    assert "larger than 20 MB" in refusal(b"," * (MAX_BYTES + 1))


def test_more_rows_than_a_directory_has_are_refused() -> None:
    assert f"more than {sheet.MAX_ROWS} rows" in refusal(SEATS.encode() + b"x,y\n" * (sheet.MAX_ROWS + 1))


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        (None, f"{SEATS}{ROW}".encode()),
        (None, f"{SEATS}{ROW}".encode("utf-8-sig")),
        (None, f"{SEATS}{ROW}".replace(",", "\t").encode("utf-16")),
        (None, b"\xfe\xff" + f"{SEATS}{ROW}".replace(",", "\t").encode("utf-16-be")),
        (None, f"{SEATS}{ROW}".replace(",", ";").encode()),
        (None, f"sep=;\n{SEATS}{ROW}".replace(",", ";").encode()),
        (None, f"{SEATS}{ROW}".replace("\n", "\r").encode()),
        ("windows-1252", f"{SEATS}{ROW}".encode("windows-1252")),
        ("windows-1252", f"{SEATS}{ROW}".encode("utf-8-sig")),
    ],
)
def test_every_encoding_a_spreadsheet_saves_is_read(encoding: str | None, content: bytes) -> None:
    found = read_bytes("rows.csv", content, encoding=encoding)
    assert isinstance(found, Directory)
    assert [each[2] for each in problems(found)] == [
        "'Hill School' is not an agency of this import or of the board; add it or correct its name"
    ]
    assert found.rejected[0].cells[2] == "Zoë Lee"


def test_an_encoding_nobody_knows_is_refused() -> None:
    assert delimited.ENCODINGS[0] in refusal(b"Agency", encoding="ebcdic")


def test_a_folder_is_refused_whole_where_one_file_is(tmp_path: Path) -> None:
    (tmp_path / "seats.csv").write_text(SEATS)
    (tmp_path / "~$lock.xlsx").write_bytes(b"in use")
    (tmp_path / "README.md").write_text("not ours")
    assert isinstance(read(tmp_path), Directory)
    (tmp_path / "colours.csv").write_text("colour,shape\nred,round\n")
    assert str(read(tmp_path)).startswith("colours.csv: no heading row is known")


@pytest.mark.parametrize("name", ["missing.csv", "zero\0byte.csv", "."])
def test_a_path_that_cannot_be_opened_says_so(tmp_path: Path, name: str) -> None:
    found = read(tmp_path / name)
    assert isinstance(found, Refusal)
    assert "cannot be opened" in str(found) or "holds no .csv" in str(found)
