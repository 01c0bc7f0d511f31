from dataclasses import replace
from datetime import date

from bot.directory.difference import Existing, compare, describe
from bot.directory.rows import AgencyRow, Kind, SeatRow, TermRow
from bot.directory.vocabulary import Role, Sector
from tests.bot.directory.make import SEATS, TERMS, read_text

MILL = AgencyRow("Mill", Sector.POLICE, "office", ("mill.example",), "", "", ())
DALE = AgencyRow("Dale", Sector.SCHOOL, "school: Vale", (), "", "", ())
ANN = SeatRow("Mill", Role.DEPUTY, "Ann Lee", "ann@mill.example", "en", "practitioner")
BOB = SeatRow("Dale", Role.DEPUTY, "Bob Ray", "bob@dale.example", "en", None)
AUTUMN = TermRow("Vale", "Autumn", date(2026, 9, 2), date(2026, 12, 18))
OTHER = TermRow("Trust", "Autumn", date(2026, 9, 3), date(2026, 12, 18))
THERE = Existing((MILL, DALE), (ANN, BOB), (AUTUMN, OTHER))


def test_what_is_already_so_changes_nothing() -> None:
    text = f"{SEATS}MILL,deputy,Ann Lee,ANN@mill.example\nDale,deputy,Bob Ray,bob@dale.example\n"
    difference = compare(read_text(text, THERE.known), THERE)
    assert difference.is_empty and not difference.absent
    assert difference.unchanged == {Kind.SEAT: 2}


def test_a_change_says_from_what_to_what() -> None:
    text = f"{SEATS}Mill,deputy,Cy Fox,cy@mill.example\nDale,deputy,,\n"
    difference = compare(read_text(text, THERE.known), THERE)
    assert [str(changed) for changed in difference.changed] == [
        "deputy of Mill: name: Ann Lee → Cy Fox; email: ann@mill.example → cy@mill.example",
        "deputy of Dale: name: Bob Ray → none; email: bob@dale.example → none",
    ]


def test_what_the_file_does_not_speak_of_is_not_changed() -> None:
    text = "Agency,Sector,Calendar\nMill,police,\nDale,housing,office\n"
    difference = compare(read_text(text, THERE.known), THERE)
    assert [str(changed) for changed in difference.changed] == [
        "Dale: sector: school → housing; calendar: school: Vale → office"
    ]
    emptied = compare(read_text("Agency,Sector,Domains\nMill,police,\n", THERE.known), THERE)
    assert str(emptied.changed[0]) == "Mill: domains: mill.example → none"


def test_new_rows_are_told_apart_from_changed_ones() -> None:
    difference = compare(read_text(f"{SEATS}Mill,rep,Cy Fox,cy@mill.example\n", THERE.known), THERE)
    assert [describe(row) for row in difference.new] == ["training representative of Mill"]
    assert not difference.changed


def test_only_kinds_the_file_holds_can_be_absent() -> None:
    difference = compare(read_text(f"{SEATS}Mill,deputy,Ann Lee,ann@mill.example\n", THERE.known), THERE)
    assert difference.absent == (BOB,)


def test_another_set_of_terms_is_not_absent() -> None:
    difference = compare(read_text(f"{TERMS}Vale,Spring,2027-01-04,2027-03-25\n"), THERE)
    assert difference.absent == (AUTUMN,)


def test_what_a_row_given_back_speaks_of_is_not_absent() -> None:
    text = f"{SEATS}Mill,deputy,Ann Lee,ann\nDale,deputy,Bob Ray,bob@dale.example\n"
    assert compare(read_text(text, THERE.known), THERE).absent == ()
    unknown_role = f"{SEATS}Mill,chief,Ann Lee,ann@mill.example\n"
    assert compare(read_text(unknown_role, THERE.known), THERE).absent == (BOB,)
    unknown_agency = f"{SEATS}=1+1,deputy,Ann Lee,ann@mill.example\n"
    assert compare(read_text(unknown_agency, THERE.known), THERE).absent == ()


def test_names_differ_by_more_than_case_to_be_another_agency() -> None:
    difference = compare(read_text("Agency,Sector\nmill,police\nDale,school\n"), THERE)
    assert difference.is_empty
    assert compare(read_text("Agency,Sector\nMill 2,police\n"), replace(THERE, agencies=(MILL,))).absent == (
        MILL,
    )
