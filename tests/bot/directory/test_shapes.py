from datetime import date
from pathlib import Path

import pytest

from bot.directory.crosscheck import Known
from bot.directory.reading import read
from bot.directory.rows import Directory, Kind
from bot.directory.vocabulary import Role, Sector, find_calendar, find_language, find_role, find_sector
from tests.bot.directory.make import SEATS, TERMS, Cell, problems, read_text, read_workbook

SAMPLE = Path(__file__).resolve().parents[3] / "bot" / "demo" / "sample"


def test_one_flat_sheet_gives_agencies_and_seats() -> None:
    directory = read_text(
        "Organisation,Type,Calendar,Role,Full name,E-mail\n"
        "Mill School,Primary,school: vale SCHOOLS,Rep,Ann Lee,ann@mill.example\n"
        "mill  school,,,Deputy,Bob Ray,bob@mill.example\n"
    )
    assert not directory.rejected
    (agency,) = directory.agencies
    assert (agency.name, agency.sector, agency.calendar) == (
        "Mill School",
        Sector.PRIMARY_SCHOOL,
        "school: Vale schools",
    )
    assert agency.domains is None
    assert [seat.role for seat in directory.seats] == [Role.REPRESENTATIVE, Role.DEPUTY]
    assert directory.kinds == {Kind.AGENCY, Kind.SEAT}


def test_one_agency_to_a_row_gives_its_seats_side_by_side() -> None:
    directory = read_text(
        "AGENCY,Sector,Training representative,Representative email,Deputy,Deputy email,"
        "Manager,Line manager e-mail\n"
        "Mill,police,Ann Lee,ann@mill.example,,,TBC,\n"
        "Dale,police,Bob Ray,,Cy Fox,cy@dale.example,Di Orr,di@dale.example\n"
    )
    assert problems(directory) == [
        (3, "Representative email", "is missing for Bob Ray; leave both empty where the seat is vacant")
    ]
    assert [(seat.role, seat.email) for seat in directory.seats] == [
        (Role.REPRESENTATIVE, "ann@mill.example"),
        (Role.DEPUTY, None),
        (Role.LINE_MANAGER, None),
    ]


def test_a_workbook_may_hold_everything_and_notes_beside() -> None:
    seats: list[list[Cell]] = [
        ["West Vale directory"],
        [],
        ["agency", " ROLE ", "Name:", "E-Mail Address"],
        ["Mill", "training representative", "Ann Lee", "ANN@Mill.example"],
        ["Mill", "deputy", None, None],
    ]
    agencies: list[list[Cell]] = [["Agency", "Sector", "Calendar"], ["Mill", "school", "school: Vale"]]
    terms: list[list[Cell]] = [
        ["Set", "Term", "Starts", "Ends"],
        ["Vale", "Autumn", "date:46267", "date:46374"],
    ]
    directory = read_workbook(Known(), People=seats, Members=agencies, Dates=terms, Notes=[["ring", "Mo"]])
    assert not directory.rejected
    assert directory.warnings == ("book.xlsx, sheet Notes is not read: no heading row is known in it",)
    assert [(term.first_day, term.last_day) for term in directory.terms] == [
        (date(2026, 9, 2), date(2026, 12, 18))
    ]
    assert str(directory.seats[0].source) == "book.xlsx, sheet People, row 4"
    assert directory.seats[1].is_vacant


def test_one_person_may_hold_many_seats_and_a_shared_mailbox_one() -> None:
    directory = read_text(
        f"{SEATS}Hill School,rep,School office,office@hill.example\n"
        "Hill School,deputy,Ann Lee,ann@hill.example\n"
        "Hill School,line manager,Ann Lee,Ann@Hill.example\n"
        "Vale Police,deputy,Ann Lee,ann@hill.example\n"
    )
    assert not directory.rejected and not directory.warnings
    assert [seat.email for seat in directory.seats[1:]] == ["ann@hill.example"] * 3


@pytest.mark.parametrize("word", ["", "-", "Vacant", "n/a", "TBC", "\N{EM DASH}"])
def test_an_empty_seat_is_a_gap_and_not_an_error(word: str) -> None:
    directory = read_text(f"{SEATS}Hill School,deputy,{word},{word}\n")
    assert not directory.rejected
    assert directory.seats[0].is_vacant and directory.seats[0].name is None


def test_closed_days_and_domains_are_lists() -> None:
    directory = read_text(
        "Agency,Sector,Domains,Closed days\n"
        "Mill,police,mill.example; Wards.Mill.example,29 Dec 2026 to 30 Dec 2026; 4 May 2027\n"
    )
    (agency,) = directory.agencies
    assert agency.domains == ("mill.example", "wards.mill.example")
    assert agency.closed_days == (date(2026, 12, 29), date(2026, 12, 30), date(2027, 5, 4))


def test_a_heading_repeated_half_way_down_is_passed_over() -> None:
    assert not read_text(f"{TERMS}Vale,Autumn,2026-09-02,2026-12-18\n{TERMS}").rejected


@pytest.mark.parametrize("sector", list(Sector))
def test_every_sector_may_be_typed_as_it_is_shown(sector: Sector) -> None:
    assert find_sector(sector.value.upper()) is sector


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_be_typed_as_it_is_shown(role: Role) -> None:
    assert find_role(role.value.title()) is role


def test_other_words_are_found_by_what_people_call_them() -> None:
    assert find_sector("Children\N{RIGHT SINGLE QUOTATION MARK}s Social Care") is Sector.SOCIAL_CARE
    assert find_role("Chair of Governing Body") is Role.CHAIR_OF_GOVERNORS
    assert find_language("Welsh") == "cy" and find_language("pt-BR") == "pt-br"
    assert find_calendar("EN-office") == "office" and find_calendar("SCHOOL:Vale") == "school: Vale"


def test_the_sample_directory_reads_without_a_fault() -> None:
    directory = read(SAMPLE)
    assert isinstance(directory, Directory)
    assert not directory.rejected and not directory.warnings
    assert len(directory.agencies) == 24 and len(directory.terms) == 16
    schools = [agency for agency in directory.agencies if (agency.calendar or "").startswith("school: ")]
    assert len(schools) == 4 and [school.name for school in schools if not school.holiday_email] == [
        "Thornbeck Hall School"
    ]
    assert all((seat.email or "x.example").endswith(".example") for seat in directory.seats)
    assert [seat.agency for seat in directory.seats if seat.is_vacant] == ["Kennet Probation Service"]
