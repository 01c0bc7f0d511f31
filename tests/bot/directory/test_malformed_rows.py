import pytest

from bot.directory.sheets.sheet import UNHEADED
from tests.bot.directory.make import AGENCIES, SEATS, TERMS, problems, read_text, read_workbook

GOOD = "Vale Police,deputy,Good Row,good@vale.example,en,practitioner\n"


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Hill School,deputy,Ann Lee,ann.hill.example", "Email", "is not an email address"),
        ("Hill School,deputy,Ann Lee,ann@hill", "Email", "is not a mail domain"),
        ("Hill School,deputy,Ann Lee,", "Email", "is missing for Ann Lee"),
        ("Hill School,deputy,,ann@hill.example", "Name", "is missing for ann@hill.example"),
        ("Hill School,deputy,12345,ann@hill.example", "Name", "is not a name"),
        ("Hill School,deputy,2026-03-01,ann@hill.example", "Name", "holds a date"),
        ("Hill School,chief,Ann Lee,ann@hill.example", "Role", "is not a known role"),
        ("Hill School,,Ann Lee,ann@hill.example", "Role", "is missing"),
        (",deputy,Ann Lee,ann@hill.example", "Agency", "is missing"),
        ("Mill School,deputy,Ann Lee,ann@hill.example", "Agency", "is not an agency of this import"),
        ("=HYPERLINK(1),deputy,Ann Lee,ann@hill.example", "Agency", "formula"),
        ("Hill School,deputy,=1+1,ann@hill.example", "Name", "begins with '='"),
        ("Hill School,deputy,+cmd|calc,ann@hill.example", "Name", "begins with '+'"),
        ("Hill School,deputy,-2+3,ann@hill.example", "Name", "begins with '-'"),
        ("Hill School,deputy,@SUM(A1),ann@hill.example", "Name", "begins with '@'"),
        ("Hill School,deputy,  =1+1,ann@hill.example", "Name", "begins with '='"),
        ('Hill School,deputy,"\t=1",ann@hill.example', "Name", "begins with a tab"),
        ('Hill School,deputy,"\tAnn Lee",ann@hill.example', "Name", "begins with a tab"),
        ('Hill School,deputy,"\r=1",ann@hill.example', "Name", "begins with a tab"),
        ("Hill School,deputy,#REF!,ann@hill.example", "Name", "Excel error #REF!"),
        ("Hill School,deputy,#N/A,ann@hill.example", "Name", "Excel error #N/A"),
        ("Hill School,deputy,Ann\x07Lee,ann@hill.example", "Name", "control character (U+0007)"),
        ('Hill School,deputy,"Ann\nLee",ann@hill.example', "Name", "line break"),
        ("Hill School,deputy,Ann\u202eeeL,ann@hill.example", "Name", "writing direction (U+202E)"),
        ("Hill School,deputy,Ann\u2066Lee,ann@hill.example", "Name", "writing direction (U+2066)"),
        ("Hill School,deputy,Ann Lee,ann\u200b@hill.example", "Email", "control character (U+200B)"),
        ("Hill School,deputy,Ann \ufffd Lee,ann@hill.example", "Name", "lost in saving"),
        ("Hill School,deputy," + "Ann " * 60 + ",ann@hill.example", "Name", "longer than 200"),
        ("Hill School,deputy,Ann Lee,ann@hill.example,Klingon", "Language", "is not a known language"),
        (
            "Hill School,deputy,Lee, Ann,ann@hill.example,en,practitioner",
            "",
            "more cells than there are headings",
        ),
    ],
)
def test_a_bad_seat_goes_back_and_the_rest_go_on(row: str, column: str, reason: str) -> None:
    directory = read_text(f"{SEATS}{row}\n{GOOD}")
    found = [each for each in problems(directory) if each[1] == column]
    assert len(found) == 1 and reason in found[0][2] and found[0][0] == 2
    assert [seat.name for seat in directory.seats] == ["Good Row"]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Mill,shipping,office", "Sector", "is not a known sector"),
        ("Mill,police,weekends", "Calendar", "is not a calendar"),
        ("Mill,school,school:", "Calendar", "is not a calendar"),
        ("Mill,school,school: Moon", "Calendar", "no terms are known for the set 'Moon'"),
        ("Mill,police,office,not a domain", "Domains", "is not a mail domain"),
        ("Mill,police,office,,Ann,ann@", "Holiday contact email", "is not an email address"),
        ("Mill,police,office,,,,Christmas", "Closed days", "are not days"),
        ("42,police,office", "Agency", "is not a name"),
    ],
)
def test_a_bad_agency_goes_back_and_the_rest_go_on(row: str, column: str, reason: str) -> None:
    directory = read_text(f"{AGENCIES}{row}\nDale,police,office\n")
    assert [(found[0], found[1]) for found in problems(directory)] == [(2, column)]
    assert reason in problems(directory)[0][2]
    assert [agency.name for agency in directory.agencies] == ["Dale"]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Vale,Spring,4 Jan 2027,soon", "Last day", "'soon' is not a date"),
        ("Vale,Spring,46391,25/03/2027", "First day", "'46391' is not a date"),
        ("Vale,Spring,,25/03/2027", "First day", "is missing"),
        ("Vale,Spring,25/03/2027,04/01/2027", "Last day", "before the first"),
        ("Vale,Spring,=TODAY(),25/03/2027", "First day", "formula"),
        ("Vale,,04/01/2027,25/03/2027", "Term name", "is missing"),
        (",Spring,04/01/2027,25/03/2027", "Term set", "is missing"),
    ],
)
def test_a_bad_term_goes_back_and_the_rest_go_on(row: str, column: str, reason: str) -> None:
    directory = read_text(f"{TERMS}{row}\nVale,Autumn,2 Sep 2026,18 Dec 2026\n")
    assert [(found[0], found[1]) for found in problems(directory)] == [(2, column)]
    assert reason in problems(directory)[0][2]
    assert [term.name for term in directory.terms] == ["Autumn"]


def test_every_problem_of_a_row_is_told_at_once() -> None:
    directory = read_text(f"{SEATS}Hill School,chief,=1+1,nobody\n")
    assert [found[1] for found in problems(directory)] == ["Role", "Name", "Email"]
    assert "Role: " in directory.rejected[0].reason and "Email: " in directory.rejected[0].reason


def test_excel_types_in_text_columns_are_told_apart() -> None:
    head = ["Agency", "Role", "Name", "Email"]
    rows: list[list[str | int | float | bool | None]] = [
        ["Hill School", "deputy", "date:46267", "ann@hill.example"],
        ["Hill School", "line manager", 12.0, "ann@hill.example"],
        ["Hill School", "board member", '="Ann"&" Lee"', "ann@hill.example"],
        ["Hill School", "report author", "=1/0", "ann@hill.example"],
        ["Vale Police", "deputy", "Ann Lee", "ann@hill.example"],
    ]
    directory = read_workbook(Seats=[head, *rows])
    assert [found[0] for found in problems(directory)] == [2, 3, 4, 5]
    reasons = [found[2] for found in problems(directory)]
    assert "holds a date" in reasons[0] and "'12' is not a name" in reasons[1]
    assert "formula" in reasons[2] and "formula" in reasons[3]
    assert len(directory.seats) == 1


def test_a_phone_number_in_a_column_of_its_own_passes() -> None:
    directory = read_text(
        "Agency,Role,Name,Email,Phone\nHill School,deputy,Ann,ann@hill.example,+44 1632 960000\n"
    )
    assert not directory.rejected and len(directory.seats) == 1
    assert directory.warnings == ("rows.csv: the column 'Phone' is not read",)


def test_cells_without_a_heading_in_a_heading_row_that_leaves_room_are_notes() -> None:
    directory = read_text(
        "Agency,Role,Name,Email,\nHill School,deputy,Ann,ann@hill.example,rings on Mondays\n"
    )
    assert not directory.rejected
    assert UNHEADED not in str(directory.warnings)
