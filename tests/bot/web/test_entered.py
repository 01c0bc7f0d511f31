"""What an agency gives on paper or by telephone is typed in by the board, and says so and by whom."""

import pytest

from messages.proof.links import Purpose, two_digits
from store.answers import response
from store.answers.inbound import Inbound
from store.asking.ask import AskState
from store.database import Session
from store.people import board, person
from store.people.board import OfficeRole
from tests import make
from tests.bot.web.make_form import ask_form, ask_without_names, send
from tests.bot.web.make_house import HOST, Scene

PAPER, TELEPHONE = Purpose.ENTER_PAPER, Purpose.ENTER_TELEPHONE
AUTHOR = "Morgan Ellery"
ADDRESS = "morgan.ellery@west.example.org"
QUIET = {
    "key": "quiet",
    "version": 1,
    "title": "Quiet",
    "purpose": "Tests.",
    "minutes": 1,
    "privacy": "anonymous",
    "sections": [
        {
            "name": "main",
            "title": "Main",
            "questions": [{"kind": "yes_no", "name": "heard", "label": "Had you heard?"}],
        }
    ],
}


@pytest.fixture
def office(place: Scene) -> Scene:
    """The house with a coordinator."""

    def fill(session: Session) -> None:
        make.officer(session, board.every(session)[0], AUTHOR, OfficeRole.COORDINATOR)

    place.write(fill)
    return place


def entry(place: Scene, purpose: Purpose = PAPER, step: str = "acknowledge", who: str = ADDRESS) -> str:
    asked = place.ask(step)
    known = place.read(lambda session: person.by_address(session, who))
    assert known is not None
    whole = place.house.identity.entry_link(asked.id, known.id, purpose, asked.generation)
    return whole.removeprefix(HOST)


def kept(place: Scene, step: str = "acknowledge") -> tuple[object, ...]:
    def read(session: Session) -> tuple[object, ...]:
        found = response.current(session, place.asks[f"{step} A"])
        assert found is not None
        came = session.get_one(Inbound, found.inbound_id).source.value
        return came, found.author_id, found.entered_by, found.answers

    return place.read(read)


@pytest.mark.parametrize(("purpose", "came"), [(PAPER, "paper"), (TELEPHONE, "telephone")])
def test_what_is_typed_in_is_kept_as_such_and_by_whom(office: Scene, purpose: Purpose, came: str) -> None:
    path = entry(office, purpose)
    page = office.client.get(path).text
    assert "kept as typed in by Morgan Ellery" in page
    assert send(office, path, page, {"staff": "12"}).headers["location"] == f"{path}/done"
    assert kept(office) == (came, None, ADDRESS, {"staff": 12})
    assert office.ask().state is AskState.ANSWERED
    assert "the board, from what your agency said" in office.client.get(f"{office.link()}/done").text


def test_a_long_form_is_typed_in_section_by_section(office: Scene) -> None:
    ask_form(office, "report_author")
    asked = entry(office, TELEPHONE, "returns")
    assert "says by telephone" in office.client.get(asked).text


def test_a_link_of_somebody_without_office_types_nothing_in(office: Scene) -> None:
    own = make.address("Rowan A", make.domain_of("Agency A"))
    path = entry(office, who=own)
    assert office.client.get(path).status_code == 404
    assert office.client.post(path, data={"page": "staff", "staff": "12"}).status_code == 404
    assert office.ask().state is AskState.ASKED


def test_a_link_dies_with_the_office(office: Scene) -> None:
    path = entry(office)

    def leave(session: Session) -> None:
        known = person.by_address(session, ADDRESS)
        assert known is not None
        known.left_at = make.START

    office.write(leave)
    assert office.client.get(path).status_code == 404


@pytest.mark.parametrize("page", ["hand-over", "more-time", "share"])
def test_nobody_decides_for_the_agency_whose_words_they_type(office: Scene, page: str) -> None:
    path = entry(office)
    assert f"{path}/{page}" not in office.client.get(path).text
    assert office.client.get(f"{path}/{page}").status_code == 404
    known = office.read(lambda session: person.by_address(session, ADDRESS))
    assert known is not None
    digits = two_digits(office.house.identity.keyring, office.ask().id, known.id, 0)
    typed = {"wish": "decline", "reason": "No", "digits": digits}
    assert office.client.post(f"{path}/{page}", data=typed).status_code == 404
    assert office.ask().state is AskState.ASKED


def test_an_answer_without_a_name_is_typed_in_for_nobody_by_name(office: Scene) -> None:
    ask_without_names(office, QUIET)
    assert office.client.get(office.link("quiet")).status_code == 200
    assert office.client.get(entry(office, step="quiet")).status_code == 404
