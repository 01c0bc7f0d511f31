"""A file that means harm is refused with one clear line before anything in it is unpacked or followed."""

import io
import zipfile

import pytest

from surveys.xlsform.reading import read_xlsform
from surveys.xlsform.workbook import MAX_BYTES, MAX_ROWS
from tests.surveys.xlsform.workbooks import choice, faults, row, workbook

LEAVE_OUT = "leave out what is not needed"
SHEET = "xl/worksheets/sheet1.xml"


def _refused(content: bytes, name: str = "form.xlsx") -> str:
    found = read_xlsform(content, name)
    assert isinstance(found, list), "it was taken"
    [fault] = found
    return fault.what


def _with_part(name: str, text: bytes, level: int = 9) -> bytes:
    """A good workbook in which one part says something else."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(row("text", "a")))) as good,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as bad,
    ):
        for part in good.namelist():
            if part != name:
                bad.writestr(part, good.read(part))
        bad.writestr(name, text)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"type,name,label\ntext,a,A\n", ".csv"),
        (b"", "no Excel workbook"),
        (b"%PDF-1.7", "no Excel workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"old", "(.xls)"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"PK\x03\x04" + b"0" * MAX_BYTES, "5 MB"),
    ],
)
def test_what_is_no_workbook_says_what_it_is(content: bytes, said: str) -> None:
    assert said in _refused(content)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = _with_part(SHEET, b"<worksheet>" + b" " * 30_000_000 + b"</worksheet>")
    assert len(bomb) < 100_000
    assert "packed more than" in _refused(bomb)
    assert "unpacked" in _refused(_with_part("xl/media/a", b"\0" * 50_000_000))


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "_rels/.rels"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_are_refused_in_every_part(part: str, encoding: str) -> None:
    bad = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'
    assert "entities" in _refused(_with_part(part, bad.encode(encoding)))


def test_a_billion_laughs_are_refused() -> None:
    bad = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    assert "entities" in _refused(_with_part(SHEET, bad))


def test_a_list_of_ten_thousand_choices_is_refused_in_one_line() -> None:
    many = [choice("places", f"p{number}") for number in range(10_000)]
    [fault] = faults(row("select_one places", "q"), choices=many)
    assert (fault.sheet, fault.what) == ("choices", f"the sheet has more than {MAX_ROWS:,} rows; {LEAVE_OUT}")
    [long] = faults(row("select_one places", "q"), choices=many[:501])
    assert (long.sheet, long.row, long.column) == ("choices", 2, "list_name")
    assert "more than 500 choices" in long.what


def test_a_row_at_the_very_end_of_the_sheet_costs_nothing() -> None:
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>text</t></is></c></row>'
        b"</sheetData></worksheet>"
    )
    assert "no question" in _refused(_with_part(SHEET, far))


def test_an_expression_that_would_run_for_ever_is_bounded() -> None:
    found = read_xlsform(workbook(row("text", "a", constraint="regex(., '(a+)+$')")), "x.xlsx")
    assert not isinstance(found, list)
    [fault] = faults(row("text", "a", relevant="(" * 1_500 + "1" + ")" * 400))
    assert (fault.row, fault.column) == (2, "relevant")


def test_a_cell_of_thirty_thousand_letters_is_refused_where_it_stands() -> None:
    [fault] = faults(row("text", "a", "x" * 30_000))
    assert (fault.row, fault.column) == (2, "label")


def test_a_formula_gives_the_value_that_excel_saw_and_never_runs() -> None:
    [fault] = faults(row("text", "a", '=HYPERLINK("https://evil.example","Click")'))
    assert (fault.row, fault.column) == (2, "label")  # nobody has opened it in Excel, so there is no value


@pytest.mark.parametrize("heading", ["type", "name", "label", "relevant", "parameters", "appearance"])
@pytest.mark.parametrize(
    "text", ["${", "}{", "'", "[row : 99]", "\u202eevil", "a\x0bb", "=1+1", "{a}{b}", "::"]
)
def test_no_cell_makes_the_reader_stumble(heading: str, text: str) -> None:
    told = row("text", "a") | {heading: text.replace("\x0b", " ")}
    found = read_xlsform(workbook(row("text", "z"), told), "x.xlsx")
    assert isinstance(found, list) or found.form["sections"]
