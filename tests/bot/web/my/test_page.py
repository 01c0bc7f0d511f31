"""What a person sees of their own: all of their agency, nothing of another's, and each board apart."""

from datetime import timedelta

import pytest

from store.asking.ask import Ask
from store.asking.hold import Hold
from store.base import ordered_id
from store.database import Session
from store.people import person
from store.people.person import Person
from tests import make
from tests.bot.web.make_house import Scene
from tests.bot.web.make_page import read_page
from tests.bot.web.my.make_reader import ROWAN, digits, signed_in

OWN = make.domain_of("Agency A")
DEVI = make.address("Devi A", OWN)


def test_a_question_is_opened_with_a_fresh_link_of_its_own(place: Scene) -> None:
    visitor = signed_in(place)
    [wanted, *_] = visitor.asks()
    for way, end in (("answer", ""), ("more-time", "/more-time"), ("hand-over", "/hand-over")):
        status, where, _ = visitor.press("/my/open", ask=wanted, way=way)
        assert (status, where) == (303, place.link() + end)
    assert f"{place.digits()}, where a page of it asks" in visitor.page().text


@pytest.mark.parametrize("wanted", ["B", "none", ""])
def test_a_question_of_another_agency_is_opened_for_nobody(place: Scene, wanted: str) -> None:
    ask_id = str(place.asks["acknowledge B"]) if wanted == "B" else wanted
    assert signed_in(place).press("/my/open", ask=ask_id, way="answer")[0] == 404


def test_a_deputy_sees_what_they_could_take_and_a_board_member_only_looks(place: Scene) -> None:
    deputy = signed_in(place, DEVI)
    page = deputy.page().text
    assert "nothing waits for you" in page
    assert "Rowan A" in page
    assert "You may answer this for your agency" in page
    member = signed_in(place, make.address("Bose A", OWN))
    assert "A colleague has this" in member.page().text
    assert member.asks() == []


def test_rests_are_told_with_their_reason(place: Scene) -> None:
    rest = Hold(
        id=ordered_id(),
        board_id=place.board_id,
        ask_id=place.asks["acknowledge A"],
        until=(make.START + timedelta(days=9)).date(),
        reason="an inspection is on",
        made_at=make.START,
        made_by="morgan",
    )
    place.write(lambda session: session.add(rest))
    page = signed_in(place).page().text
    assert "Grey: at rest" in page
    assert "Until Wednesday 21 October 2026: an inspection is on" in page


def test_an_answer_given_is_told_back_with_its_moment(place: Scene) -> None:
    place.client.post(place.link(), data={"page": "staff", "staff": "12"})
    visitor = signed_in(place)
    page = visitor.page().text
    assert "kept on Monday 12 October 2026 at 10:00, by Rowan A" in page
    status, where, _ = visitor.press("/my/open", ask=str(place.asks["acknowledge A"]), way="receipt")
    assert (status, where) == (303, f"{place.link()}/done")


def test_two_boards_stand_on_one_page_apart(place: Scene) -> None:
    def add(session: Session) -> None:
        reading = make.second_board(session, "Rowan A")
        make.holder(session, reading, make.agency(session, reading, "Agency C"), "Rowan C")
        make.launched(session, make.campaign(session, reading, "kestrel"))

    place.write(add)
    page = signed_in(place).page().text
    here, there = page.index("Agency A, for Reading"), page.index("Agency A, for West Berkshire")
    assert here < there
    assert page.count("Who has it") == 2
    assert "Agency C" not in page
    only = signed_in(place, make.address("Rowan C", make.domain_of("Agency C"))).page()
    assert "West Berkshire" not in only.text
    # Devi holds a seat with one of the boards alone, and sees nothing that the other asks of the agency.
    assert signed_in(place, DEVI).page().text.count("Who has it") == 1


def test_the_day_for_letters_is_kept_and_given_up(place: Scene) -> None:
    visitor = signed_in(place)
    for day, kept in (("Thursday", 3), ("any", None)):
        assert visitor.press("/my/day", day=day)[0] == 303
        assert (
            place.read(lambda session: session.get_one(Person, place.person_id("Rowan A"))).digest_day == kept
        )
    assert visitor.press("/my/day", day="Sunday")[0] == 400


def test_what_was_typed_after_the_hour_waits_and_is_sent_after_signing_in(place: Scene) -> None:
    visitor = signed_in(place)
    stamp = visitor.page().fields["stamp"]
    place.clock.moment += timedelta(hours=2)
    typed = {"stamp": stamp, "wish": "left", "name": "Kit Adeyemi", "email": f"kit@{OWN}"}
    lost = visitor.client.post("/my/left", data=typed)
    assert "Nothing is lost" in lost.text
    assert place.read(lambda session: person.by_address(session, f"kit@{OWN}")) is None
    fields = {name: text for name, text in fields_of(lost.text).items() if name.startswith("kept-")}
    sent = visitor.client.post("/my/code", data=fields | {"email": ROWAN})
    again = visitor.client.post("/my/enter", data=fields_of(sent.text) | {"digits": digits(place)})
    assert visitor.client.post("/my/left", data=fields_of(again.text)).status_code == 200
    assert place.read(lambda session: session.get_one(Ask, place.asks["acknowledge A"])).generation == 1
    assert place.read(lambda session: person.by_address(session, f"kit@{OWN}")) is not None


def fields_of(html: str) -> dict[str, str]:
    return read_page(html).fields
