"""A course from end to end: what somebody writes on the day is shown to them later, and to nobody by name."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.hearing.results import Detail, Table, read_results
from bot.settings import Settings
from bot.web.app import build_app
from bot.wiring import House
from messages.chasing.climb import climb_due
from messages.letters.identity import Identity
from messages.proof.links import Purpose, two_digits
from store import chore
from store.answers.response import Response
from store.asking.ask import AskState
from store.database import Database, Session
from store.people.board import Board, OfficeRole
from tests import make, make_training
from tests.bot.web.make_house import HOST, Scene, StandingClock
from tests.bot.web.make_page import read_page
from tests.make import ZONE
from tests.story import by_name, find

PLEDGE = "Ask who was not brought, and why"
THE_DAY = datetime(2026, 10, 22, 8, tzinfo=UTC)
LATER = datetime(2027, 1, 20, 9, tzinfo=UTC)


@pytest.fixture
def course(database_url: str, tmp_path: Path) -> Iterator[Scene]:
    """Two people of Agency A booked on a course, before whose pages a browser stands."""
    settings = Settings(database=database_url, base_url=HOST, key_file=tmp_path / "none")
    clock, database = StandingClock(), Database(database_url)
    identity = Identity(HOST, settings.mailbox, make.IDENTITY.keyring, ZONE)
    house = House(settings, database, identity, clock)
    board_id = database.write_now(lambda session: make_training.course(session).board_id)
    client = TestClient(build_app(house), base_url=HOST, follow_redirects=False)
    yield Scene(house, clock, client, board_id)
    database.close_now()


def at(place: Scene, moment: datetime) -> None:
    """Let the clock stand at a moment, with all that opens by then open."""
    place.clock.moment = moment
    place.write(lambda session: climb_due(session, moment, ZONE))


def link(place: Scene, reference: str, name: str = "Jo Ash") -> str:
    def read(session: Session) -> str:
        asked = find(session, reference)
        return place.house.identity.answer_link(asked.id, by_name(session, name).id, asked.generation)

    return place.read(read).removeprefix(HOST)


def digits(place: Scene, reference: str, name: str = "Jo Ash") -> str:
    def read(session: Session) -> str:
        asked, who = find(session, reference), by_name(session, name)
        return two_digits(place.house.identity.keyring, asked.id, who.id, asked.generation)

    return place.read(read)


def answer(place: Scene, reference: str, typed: dict[str, str], name: str = "Jo Ash") -> None:
    """Fill one page after the other until the answer is sent."""
    address = link(place, reference, name)
    page = place.client.get(address)
    for _ in range(12):
        fields = read_page(page.text).fields | typed | {"digits": digits(place, reference, name)}
        page = place.client.post(address, data=fields)
        if page.status_code == 303:
            return
        assert page.status_code == 200, page.text
    raise AssertionError("the form has no end")


ON_THE_DAY = {"useful": "4", "knowledge": "7", "confidence": "8", "pledge": PLEDGE, "follow_up": "yes"}
SENTENCE = {"knowledge": "8", "changed": "a_lot", "pledge_done": "fully"}


def test_what_was_promised_on_the_day_is_read_back_three_months_later(course: Scene) -> None:
    answer(course, "course-1", {"knowledge": "3", "confidence": "2", "wish": "More courage"})
    at(course, THE_DAY)
    answer(course, "course-3", ON_THE_DAY)
    answer(course, "course-4", ON_THE_DAY | {"pledge": "Something quite different"}, "Kim Birch")
    at(course, LATER)
    page = course.client.get(link(course, "course-5")).text
    assert PLEDGE in page
    assert "Something quite different" not in page
    answer(course, "course-5", SENTENCE)
    kept = course.read(
        lambda session: session.query(Response).filter_by(ask_id=find(session, "course-5").id).one()
    )
    assert kept.answers["pledge_done"] == "fully"


def test_who_promised_nothing_is_not_asked_what_came_of_it(course: Scene) -> None:
    at(course, THE_DAY)
    at(course, LATER)
    assert "On the day you wrote" not in course.client.get(link(course, "course-5")).text


@pytest.mark.parametrize(("wish", "said"), [("yes", True), ("no", False)])
def test_who_agrees_to_be_asked_again_is_told_when_and_who_does_not_that_it_is_over(
    course: Scene, wish: str, said: bool
) -> None:
    at(course, THE_DAY)
    answer(course, "course-3", ON_THE_DAY | {"follow_up": wish})
    page = read_page(course.client.get(f"{link(course, 'course-3')}/done").text).text
    once_more = (
        "We write to you once more, on or soon after Wednesday 20 January 2027 (in 90 days): “Three months"
    )
    assert (once_more in page) == said
    assert ("We will not write about this again" in page) != said


def test_what_comes_next_is_told_after_each_step(course: Scene) -> None:
    answer(course, "course-1", {"knowledge": "3", "confidence": "2"})
    done = f"{link(course, 'course-1')}/done"
    before = read_page(course.client.get(done).text).text
    assert "We write to you again, on or soon after Thursday 22 October 2026 (in 10 days)" in before
    at(course, THE_DAY)
    open_now = read_page(course.client.get(done).text).text
    assert "The next questions are “How was the course?”, until" in open_now
    at(course, LATER)
    answer(course, "course-5", SENTENCE)
    last = read_page(course.client.get(f"{link(course, 'course-5')}/done").text).text
    assert "We will not write about this again" in last


def test_no_page_opens_before_its_day(course: Scene) -> None:
    for reference in ("course-3", "course-5"):
        page = course.client.get(link(course, reference))
        assert page.status_code == 404
        assert "course" not in page.text.casefold()
    at(course, THE_DAY)
    assert course.client.get(link(course, "course-3")).status_code == 200


def test_no_name_stands_in_the_answers_and_the_reference_alone_leads_to_one(course: Scene) -> None:
    at(course, THE_DAY)
    answer(course, "course-3", ON_THE_DAY)

    def export(session: Session) -> list[Table]:
        read = read_results(session, make_training.only(session), ZONE, LATER.date(), Detail.NAMES)
        return [table for table in read if isinstance(table, Table)]

    tables = course.read(export)
    [row] = [row for table in tables for row in table.rows]
    assert (row["reference"], row["answered_by"], row["entered_by"]) == ("course-3", "", "")
    assert row["pledge"] == PLEDGE
    told = " ".join(
        value for table in tables for row in table.rows for value in (*table.columns, *row.values())
    )
    assert "Jo" not in told
    assert "jo.ash" not in told

    def kept(session: Session) -> str:
        return repr([tuple(row) for row in session.execute(Response.__table__.select())])

    jo = course.read(lambda session: by_name(session, "Jo Ash").id)
    assert str(jo) not in course.read(kept)
    assert jo.hex not in course.read(kept)


def test_this_was_not_me_closes_it_for_them_with_their_reason(course: Scene) -> None:
    address = link(course, "course-1")
    page = read_page(course.client.get(address).text)
    assert f"{address}/hand-over" in page.links
    assert f"{address}/more-time" not in page.links
    asked = course.client.get(f"{address}/hand-over").text
    assert "This was not me" in asked
    assert "colleague" not in asked
    typed = {"wish": "decline", "reason": "I booked for June", "digits": digits(course, "course-1")}
    assert course.client.post(f"{address}/hand-over", data=typed).status_code == 303
    assert "not for you" in course.client.get(f"{address}/hand-over/done").text
    assert course.read(lambda session: find(session, "course-1")).state is AskState.DECLINED
    assert "I booked for June" in course.read(chore.waiting)[0].text
    assert "not for you" in course.client.get(address).text


def test_a_colleague_cannot_be_put_in_somebodys_place(course: Scene) -> None:
    address = link(course, "course-1")
    typed = {"wish": "colleague", "name": "Kit", "email": "kit@agencya.example"}
    page = course.client.post(f"{address}/hand-over", data={**typed, "digits": digits(course, "course-1")})
    assert page.status_code == 422
    assert "nobody else can answer it" in page.text
    assert course.read(lambda session: find(session, "course-1")).delegate_id is None
    assert "No more time is needed" in course.client.get(f"{address}/more-time").text


def test_an_answer_given_after_the_day_has_come_is_thanked_for_as_their_own(course: Scene) -> None:
    at(course, THE_DAY)
    answer(course, "course-1", {"knowledge": "3"})
    page = course.client.get(f"{link(course, 'course-1')}/done").text
    assert "Your answer is kept." in page
    assert "lesson" not in page


def test_who_types_a_paper_in_sees_nothing_that_was_said_under_the_code(course: Scene) -> None:
    def open_office(session: Session) -> None:
        make.officer(session, session.query(Board).one(), "Morgan Ellery", OfficeRole.COORDINATOR)

    course.write(open_office)

    def entry(reference: str) -> str:
        def read(session: Session) -> str:
            asked, who = find(session, reference), by_name(session, "Morgan Ellery").id
            return course.house.identity.entry_link(asked.id, who, Purpose.ENTER_PAPER, asked.generation)

        return course.read(read).removeprefix(HOST)

    at(course, THE_DAY)
    answer(course, "course-3", ON_THE_DAY)
    assert course.client.get(entry("course-3")).status_code == 404
    at(course, LATER)
    page = course.client.get(entry("course-5"))
    assert page.status_code == 200
    assert PLEDGE not in page.text


def test_an_older_page_tells_of_what_is_still_to_come(course: Scene) -> None:
    answer(course, "course-1", {"knowledge": "3", "confidence": "2"})
    done = f"{link(course, 'course-1')}/done"
    at(course, THE_DAY)
    answer(course, "course-3", ON_THE_DAY)
    assert "We will not write about this again" not in course.client.get(done).text
