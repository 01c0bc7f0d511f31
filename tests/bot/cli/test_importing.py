"""A directory comes in only as far as it is sound, and only on a yes."""

from openpyxl import load_workbook

from store.database import Session
from store.decision import Decision
from store.people import agency, person, seat
from store.people.agency import Membership
from store.people.seat import SeatRole
from store.people.term import Term
from tests.bot.cli.terminal import Terminal, found

HEAD = "Agency,Sector,Calendar,Training rep name,Training rep email,Deputy name,Deputy email\n"
KENNET = "Kennet Police,police,office,Ann Ash,ann@kennet.example,Bo Elm,bo@kennet.example\n"
VALE = "Vale Housing,housing,office,Ed Yew,ed@vale.example,,\n"
BAD = "Bad Place,housing,office,No Address,not-an-address,,\n"


def _reps(session: Session) -> dict[str, str]:
    board = session.query(Membership).first()
    assert board is not None
    names = {}
    for where in agency.members(session, board.board_id):
        place = seat.ensure(session, board.board_id, where.id, SeatRole.REPRESENTATIVE)
        holder = seat.holder(session, place.id)
        names[where.name] = holder.name if holder else ""
    return names


def _count(session: Session) -> int:
    return session.query(agency.Agency).count() + session.query(person.Person).count()


def test_without_a_yes_the_difference_is_shown_and_nothing_changes(terminal: Terminal) -> None:
    terminal.keep(found)
    before = terminal.look(_count)
    path = terminal.write("dir.csv", HEAD + KENNET)
    result = terminal.run("import", str(path))
    assert result.exit_code == 1
    assert "training representative of Kennet Police: Ann Ash" in result.stdout
    assert "say --yes" in result.stderr
    assert terminal.look(_count) == before


def test_the_same_file_twice_changes_nothing(terminal: Terminal) -> None:
    terminal.keep(found)
    path = terminal.write("dir.csv", HEAD + KENNET + VALE)
    first = terminal.told("import", str(path), "--yes")
    assert first["done"]
    assert len(first["new"]) == 6
    again = terminal.told("import", str(path), "--yes")
    assert (again["new"], again["changed"], again["done"]) == ([], [], False)
    assert terminal.look(_reps)["Kennet Police"] == "Ann Ash"


def test_one_person_spelled_two_ways_is_one_person_and_stays_so(terminal: Terminal) -> None:
    terminal.keep(found)
    twice = "Vale Housing,housing,office,Annie Ash,ANN@kennet.example,,\n"
    path = terminal.write("dir.csv", HEAD + KENNET + twice)
    assert terminal.told("import", str(path), "--yes")["warnings"]
    assert not terminal.told("import", str(path), "--yes")["done"]


def test_a_bad_row_comes_back_with_its_reason_and_enters_once_put_right(terminal: Terminal) -> None:
    terminal.keep(found)
    path = terminal.write("dir.csv", HEAD + KENNET + BAD)
    terminal.done("import", str(path), "--yes")
    back = terminal.folder / "dir-to-put-right.xlsx"
    book = load_workbook(back)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert "not-an-address" in str(sheet.cell(2, headings.index("What to put right") + 1).value)
    assert "Bad Place" not in terminal.look(_reps)
    sheet.cell(2, headings.index("Training rep email") + 1).value = "no@bad.example"
    book.save(back)
    terminal.done("import", str(back), "--yes")
    assert terminal.look(_reps)["Bad Place"] == "No Address"


def test_what_is_absent_is_counted_and_does_not_hide_what_would_change(terminal: Terminal) -> None:
    terminal.keep(found)
    many = "".join(f"Place {number},housing,office,,,,\n" for number in range(50))
    terminal.done("import", str(terminal.write("dir.csv", HEAD + KENNET + many)), "--yes")
    moved = KENNET.replace("Ann Ash,ann@", "Al Fir,al@")
    shown = terminal.run("import", str(terminal.write("dir.csv", HEAD + moved))).stdout.splitlines()
    sorts = [line.split()[0] for line in shown]
    assert sorts.count("absent") == 41
    assert "… and" in shown[40]
    assert [line for line in shown if "Al Fir" in line] == shown[-1:]
    assert sorts[-1] == "changed"


def test_many_changes_are_cut_too_and_counted(terminal: Terminal) -> None:
    terminal.keep(found)
    for sector in ("housing", "police"):
        many = "".join(f"Place {number},{sector},office,,,,\n" for number in range(50))
        path = terminal.write("dir.csv", HEAD + many)
        shown = terminal.run("import", str(path), "--yes").stdout
    assert shown.count("  changed ") == 41
    assert "  changed  … and 10 more" in shown


def test_nobody_absent_is_removed_unasked(terminal: Terminal) -> None:
    terminal.keep(found)
    path = terminal.write("dir.csv", HEAD + KENNET)
    told = terminal.told("import", str(path), "--yes")
    assert "Agency A" in told["absent"]
    assert "Agency A" in terminal.look(_reps)
    terminal.done("import", str(path), "--yes", "--remove-absent")
    assert list(terminal.look(_reps)) == ["Kennet Police"]


def test_a_holiday_contact_becomes_a_seat_and_terms_become_a_calendar(terminal: Terminal) -> None:
    terminal.keep(found)
    terms = terminal.write(
        "terms.csv", "Term set,Term name,First day,Last day\nVale,Autumn,2/9/2026,18/12/2026\n"
    )
    terminal.done("import", str(terms), "--yes")
    head = "Agency,Sector,Calendar,Holiday contact name,Holiday contact email,Closed days\n"
    row = "Hill School,primary school,school: vale,Hol Day,hol@hill.example,4 May 2027\n"
    path = terminal.write("schools.csv", head + row)
    terminal.done("import", str(path), "--yes")
    assert not terminal.told("import", str(path), "--yes")["done"]

    def look(session: Session) -> tuple[str | None, str, int]:
        school = agency.by_name(session, "hill school")
        assert school is not None
        board = session.query(Membership).filter_by(agency_id=school.id).one().board_id
        contact = seat.line(session, board, [school.id])[school.id][SeatRole.HOLIDAY_CONTACT]
        return school.term_set, contact.name, session.query(Term).count()

    assert terminal.look(look) == ("Vale", "Hol Day", 1)


def test_somebody_without_an_office_is_told_who_may(terminal: Terminal) -> None:
    terminal.keep(found)
    path = terminal.write("dir.csv", HEAD + KENNET)
    line = terminal.refused("import", str(path), "--yes", "--as", "rowan.a@agencya.example")
    assert "Morgan Ellery <morgan.ellery@west.example.org>" in line
    assert "Kennet Police" not in terminal.look(_reps)


def test_an_import_says_who_brought_it_in(terminal: Terminal) -> None:
    terminal.keep(found)
    path = terminal.write("dir.csv", HEAD + KENNET)
    terminal.done("import", str(path), "--yes")
    noted = terminal.look(lambda session: session.query(Decision).filter_by(what="imported").one())
    assert (noted.by, noted.reason) == ("morgan.ellery@west.example.org", "3 new, 0 changed, 0 removed")


def test_a_file_that_is_no_directory_is_refused_in_one_line(terminal: Terminal) -> None:
    terminal.keep(found)
    path = terminal.write("dir.csv", "%PDF-1.7 nothing of ours")
    assert "dir.csv" in terminal.refused("import", str(path), "--yes")


def test_somebody_who_had_left_comes_back_only_under_everybodys_eyes(terminal: Terminal) -> None:
    terminal.keep(found)
    path = terminal.write("dir.csv", HEAD + KENNET)
    terminal.done("import", str(path), "--yes")
    terminal.done("record", "left", "ann@kennet.example")
    told = terminal.told("import", str(path), "--yes")
    assert ["recorded as having left" in line for line in told["warnings"]] == [True]
    assert terminal.look(lambda session: person.by_address(session, "ann@kennet.example")).left_at is None


def test_the_help_names_only_encodings_that_are_taken(terminal: Terminal) -> None:
    helped = " ".join(terminal.done("import", "--help").split())
    assert "not in UTF-8: utf-16, windows-1252." in helped
    assert "cp1252" not in helped
