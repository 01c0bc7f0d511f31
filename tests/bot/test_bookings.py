"""A list of bookings is read as a directory is: by its headings, with every row to put right told."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.asking.bookings import Listed, keep_bookings, read_bookings
from bot.directory.sheets.sheet import Refusal
from store.database import Database, Session
from store.people import booking, seat
from store.people.board import Board
from store.people.person import Person
from tests import make, make_training

TEXT = """Course list
Delegate no,Name,E-mail,Organisation
1,Jo Ash,JO.ASH@agencya.example,Agency A
2,Kim Birch,kim.birch@agencyb.example, agency  b
3,Jo Ash,jo.ash@agencya.example,agency a
"""


def listed(folder: Path, text: str, encoding: str = "utf-8") -> Listed | Refusal:
    path = folder / "bookings.csv"
    path.write_bytes(text.encode(encoding))
    return read_bookings(path)


def of(folder: Path, text: str = TEXT) -> Listed:
    found = listed(folder, text)
    assert isinstance(found, Listed), found
    return found


def test_columns_are_known_by_their_headings_and_the_same_person_twice_is_one(tmp_path: Path) -> None:
    found = of(tmp_path)
    assert [(one.name, one.email) for one in found.booked] == [
        ("Jo Ash", "jo.ash@agencya.example"),
        ("Kim Birch", "kim.birch@agencyb.example"),
    ]
    assert found.faults == ()


def test_a_workbook_is_read_as_well(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Agency", "Name", "Email"])
    book.active.append(["Agency A", "Jo Ash", "jo.ash@agencya.example"])
    book.save(tmp_path / "bookings.xlsx")
    found = read_bookings(tmp_path / "bookings.xlsx")
    assert isinstance(found, Listed)
    assert [one.agency for one in found.booked] == ["Agency A"]


def test_every_row_to_put_right_is_told_with_its_column(tmp_path: Path) -> None:
    faults = of(
        tmp_path,
        "Name,Email,Agency\n"
        "Jo Ash,jo.ash,Agency A\n"
        ",kim@b.example,\n"
        "=cmd(),lee@a.example,Agency A\n"
        "Max,max@a.example,Agency A\n"
        "Max,max@a.example,Agency B\n",
    ).faults
    assert len(faults) == 4
    assert faults[0].startswith("bookings.csv, row 2: Email: 'jo.ash' is not an email address")
    assert faults[1] == "bookings.csv, row 3: Name: is missing; Agency: is missing"
    assert "Excel may run as a formula" in faults[2]
    assert faults[3] == "bookings.csv, row 6: max@a.example is booked for Agency A in bookings.csv, row 5"


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("Name,Email\nJo,jo@a.example\n", "utf-8", "looked for Name, Email, Agency"),
        ("Name,Email,Agency\n", "utf-8", "nobody is booked"),
        ("Name,Email,Email,Agency\nJo,jo@a.example,,A\n", "utf-8", "heads two columns as email"),
        ("Name,Email,Agency\nZoë,zoe@a.example,A\n", "windows-1252", "--encoding windows-1252"),
    ],
)
def test_what_is_no_such_list_is_refused_with_what_to_do(
    tmp_path: Path, text: str, encoding: str, said: str
) -> None:
    found = listed(tmp_path, text, encoding)
    assert isinstance(found, Refusal)
    assert said in str(found)


def town(session: Session) -> None:
    """A board with a draft course."""
    board, [where, _] = make.world(session, "AB")
    make_training.training(session, board, [("Jo Ash", where)])


def keep(session: Session, found: Listed) -> int | list[str]:
    return keep_bookings(session, make_training.only(session), found.booked)


def test_people_who_were_not_known_are_added_without_a_seat(database: Database, tmp_path: Path) -> None:
    database.write_now(town)
    assert database.write_now(lambda session: keep(session, of(tmp_path))) == 1  # the other was booked

    def read(session: Session) -> tuple[int, int]:
        kim = session.query(Person).filter_by(name="Kim Birch").one()
        return booking.count(session, make_training.only(session).id), len(seat.held_by(session, kim.id))

    assert database.read_now(read) == (2, 0)


def test_an_agency_that_is_none_of_the_boards_keeps_the_whole_list_out(
    database: Database, tmp_path: Path
) -> None:
    database.write_now(town)
    found = of(tmp_path, TEXT.replace("agency  b", "Agensy B"))
    faults = database.write_now(lambda session: keep(session, found))
    assert faults == [
        "bookings.csv, row 4: Agency: 'Agensy B' is no agency of the board; "
        "did you mean Agency B or Agency A?"
    ]
    assert database.read_now(lambda s: s.query(Person).filter_by(name="Kim Birch").count()) == 0


def test_agencies_of_another_board_are_no_agencies_of_this_one(database: Database, tmp_path: Path) -> None:
    database.write_now(town)

    def leave(session: Session) -> None:
        other = make.board(session, "reading", "Reading Board")
        make.agency(session, other, "Far Trust")
        assert session.query(Board).count() == 2

    database.write_now(leave)
    found = of(tmp_path, "Name,Email,Agency\nJo Ash,jo@far.example,Far Trust\n")
    assert "no agency of the board" in str(database.write_now(lambda session: keep(session, found)))
