from bot.directory.crosscheck import Known
from bot.directory.vocabulary import Sector
from tests.bot.directory.make import SEATS, TERMS, Cell, problems, read_text, read_workbook

FLAT = "Agency,Sector,Calendar,Role,Name,Email\n"


def test_a_seat_given_to_two_people_goes_back_twice() -> None:
    directory = read_text(
        f"{SEATS}Hill School,deputy,Ann Lee,ann@hill.example\n"
        "Vale Police,deputy,Cy Fox,cy@vale.example\n"
        "hill school,Deputy rep,Bob Ray,bob@hill.example\n"
    )
    assert [found[:2] for found in problems(directory)] == [(2, "Role"), (4, "Role")]
    reason = problems(directory)[0][2]
    assert "Ann Lee <ann@hill.example> and Bob Ray <bob@hill.example>" in reason
    assert [seat.name for seat in directory.seats] == ["Cy Fox"]


def test_the_same_seat_given_twice_to_one_person_is_kept_once_with_a_warning() -> None:
    row = "Hill School,deputy,Ann Lee,ann@hill.example\n"
    directory = read_text(f"{SEATS}{row}{row}")
    assert not directory.rejected and len(directory.seats) == 1
    assert directory.warnings == ("rows.csv, row 3: the deputy of Hill School is given twice; one is kept",)


def test_a_vacancy_beside_a_holder_gives_way() -> None:
    directory = read_text(f"{SEATS}Hill School,deputy,,\nHill School,deputy,Ann Lee,ann@hill.example\n")
    assert [seat.name for seat in directory.seats] == ["Ann Lee"]


def test_two_names_for_one_address_are_one_person_and_a_warning() -> None:
    directory = read_text(
        f"{SEATS}Hill School,deputy,Ann Lee,ann@hill.example\nVale Police,deputy,Annie Lee,ann@hill.example\n"
    )
    assert not directory.rejected and len(directory.seats) == 2
    assert directory.warnings == (
        "ann@hill.example has different names and is taken as one person: Ann Lee, Annie Lee",
    )


def test_repeats_of_an_agency_that_disagree_go_back_and_silence_settles_nothing() -> None:
    directory = read_text(
        f"{FLAT}Mill,police,,rep,Ann Lee,ann@mill.example\n"
        "Mill,housing,,deputy,Bob Ray,bob@mill.example\n"
        "Mill,,,manager,Cy Fox,cy@mill.example\n"
        "Dale,police,,rep,Di Orr,di@dale.example\n"
    )
    assert [found[:2] for found in problems(directory)] == [(2, "Sector"), (3, "Sector")]
    assert "differs between the rows of Mill: 'housing' and 'police'" in problems(directory)[0][2]
    assert [(agency.name, agency.sector) for agency in directory.agencies] == [
        ("Mill", None),
        ("Dale", Sector.POLICE),
    ]


def test_a_seat_waits_for_the_row_that_describes_its_agency() -> None:
    agencies: list[list[Cell]] = [["Agency", "Sector", "Calendar"], ["Mill", "shipping", "office"]]
    seats: list[list[Cell]] = [
        ["Agency", "Role", "Name", "Email"],
        ["Mill", "rep", "Ann", "ann@mill.example"],
    ]
    directory = read_workbook(Known(), Agencies=agencies, Seats=seats)
    assert [found[1] for found in problems(directory)] == ["Sector", "Agency"]
    assert "the row that describes Mill is given back too" in problems(directory)[1][2]
    assert not directory.agencies and not directory.seats


def test_an_agency_the_board_already_has_needs_no_row() -> None:
    text = f"{SEATS}Mill,rep,Ann,ann@mill.example\n"
    assert not read_text(text, Known(agencies=("MILL",))).rejected
    assert read_text(text, Known()).rejected


def test_a_term_given_with_different_days_goes_back_twice() -> None:
    directory = read_text(
        f"{TERMS}Vale,Autumn,2026-09-02,2026-12-18\nvale,autumn,2026-09-03,2026-12-18\n"
        "Vale,Spring,2027-01-04,2027-03-25\nVale,Spring,2027-01-04,2027-03-25\n"
    )
    assert [found[:2] for found in problems(directory)] == [(2, "Term name"), (3, "Term name")]
    assert [term.name for term in directory.terms] == ["Spring"]


def test_terms_that_overlap_are_warned_of() -> None:
    directory = read_text(f"{TERMS}Vale,Autumn,2026-09-02,2026-12-18\nVale,Half,2026-11-02,2026-12-18\n")
    assert directory.warnings == ("rows.csv, row 3: 'Half' of 'Vale' begins before 'Autumn' ends",)


def test_a_school_goes_back_with_the_only_terms_it_could_keep_and_its_seats_after_it() -> None:
    terms: list[list[Cell]] = [
        ["Term set", "Term name", "First day", "Last day"],
        ["Vale", "A", "soon", "later"],
    ]
    schools: list[list[Cell]] = [["Agency", "Sector", "Calendar"], ["Mill", "school", "school: Vale"]]
    seats: list[list[Cell]] = [
        ["Agency", "Role", "Name", "Email"],
        ["Mill", "rep", "Ann", "ann@mill.example"],
    ]
    directory = read_workbook(Known(), Terms=terms, Schools=schools, Seats=seats)
    assert [found[1] for found in problems(directory)] == ["First day", "Last day", "Calendar", "Agency"]
