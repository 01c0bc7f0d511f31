"""Leaving: the seat keeps its debts, a successor of the agency has it at once, and a stranger waits."""

from store import chore
from store.chore import ChoreKind
from store.database import Session
from store.people import person, seat
from store.people.person import Person
from store.people.seat import Seat, SeatRole
from store.surveying import draft
from tests import make
from tests.bot.web.make_house import Scene
from tests.bot.web.my.make_reader import Visitor, signed_in

OWN = make.domain_of("Agency A")


def holder(place: Scene, role: SeatRole = SeatRole.REPRESENTATIVE) -> Person | None:
    def find(session: Session) -> Person | None:
        agency_id = place.ask().agency_id
        row = session.query(Seat).filter_by(agency_id=agency_id, role=role, board_id=place.board_id).one()
        return seat.holder(session, row.id)

    return place.read(find)


def seat_field(place: Scene) -> str:
    agency_id = place.ask().agency_id
    found = place.read(
        lambda session: (
            session.query(Seat)
            .filter_by(agency_id=agency_id, role=SeatRole.REPRESENTATIVE, board_id=place.board_id)
            .one()
        )
    )
    return found.id.hex


def saved(place: Scene) -> None:
    rowan = place.person_id("Rowan A")
    place.write(
        lambda session: draft.save(session, place.ask().id, "", {"staff": ["7"]}, 0, rowan, make.START)
    )


def test_whoever_has_left_is_written_to_no_more_and_the_board_looks_for_somebody(place: Scene) -> None:
    saved(place)
    visitor = signed_in(place)
    status, _, page = visitor.press("/my/left", wish="left")
    assert (status, "You are signed out" in page) == (200, True)
    assert holder(place) is None
    assert place.read(lambda session: session.get_one(Person, place.person_id("Rowan A"))).left_at is not None
    [vacancy] = [one for one in place.read(chore.waiting) if one.kind is ChoreKind.FILL_SEAT]
    assert "training representative" in vacancy.text
    assert place.read(lambda session: draft.of_ask(session, place.ask().id))
    assert "Give the address" in visitor.page().text
    assert visitor.client.get(place.link()).status_code == 404


def test_a_successor_of_the_same_agency_has_the_seat_and_its_debts_at_once(place: Scene) -> None:
    visitor = signed_in(place)
    seats = seat_field(place)
    sent = {"wish": "job", "seats": seats, "name": "Kit Adeyemi", "email": f"kit@{OWN}"}
    assert "Kit Adeyemi has it now" in visitor.press("/my/left", **sent)[2]
    taker = holder(place)
    assert taker is not None
    assert taker.name == "Kit Adeyemi"
    assert place.read(lambda session: session.get_one(Person, place.person_id("Rowan A"))).left_at is None
    assert "nothing waits for you" in visitor.page().text


def test_a_successor_from_elsewhere_takes_nothing_until_a_person_has_looked(place: Scene) -> None:
    visitor = signed_in(place)
    sent = {"wish": "job", "seats": seat_field(place), "name": "Kit", "email": "kit@gmail.com"}
    assert "a person at the Board looks" in visitor.press("/my/left", **sent)[2]
    assert holder(place) is None
    assert place.read(lambda session: person.by_address(session, "kit@gmail.com")) is None
    assert "kit@gmail.com" in " ".join(one.text for one in place.read(chore.waiting))


def test_what_is_missing_is_asked_for_and_nothing_changes(place: Scene) -> None:
    visitor = signed_in(place)
    before = place.dump()
    for typed in (
        {},
        {"wish": "job"},
        {"wish": "left", "name": "Kit"},
        {"wish": "left", "email": "kit at home"},
        {"wish": "left", "name": "Me", "email": make.address("Rowan A", OWN)},
    ):
        assert visitor.press("/my/left", **typed)[0] == 422
    assert place.dump() == before


def test_a_seat_of_somebody_else_is_not_theirs_to_give(place: Scene) -> None:
    devi: Visitor = signed_in(place, make.address("Devi A", OWN))
    devi.press("/my/left", wish="job", seats=seat_field(place))
    assert holder(place) is not None
