"""Who chose a file that is too large gets the page back, with all that was typed on it, and is told which."""

import os

import pytest
from starlette.testclient import TestClient

from bot.web.app import build_app
from messages.proof.links import Purpose
from store.database import Session
from store.people import board
from store.people.board import OfficeRole
from store.people.person import Person
from tests import make as make_rows
from tests.bot.web.make_house import HOST, Scene
from tests.bot.web.make_page import read_page
from tests.bot.web.make_upload import FORM, Sent, ask_for_files, bytes_kept, kept, post
from tests.surveys.files import make

LARGEST = 100_000
TYPED = "What we wrote down at the meeting."


def large(size: int) -> bytes:
    """A picture of about so many bytes."""
    return make.jpeg(after=bytes(size))


def ask_for_notes(place: Scene, layout: str) -> TestClient:
    """The real pages, with a question for files beside one that is typed."""
    notes = {"kind": "long_text", "name": "notes", "label": "Notes", "required": False}
    shown = {"name": "shown", "title": "What shows it"}
    evidence = {"kind": "file", "name": "evidence", "label": "Evidence", "most": 2, "required": False}
    sections = [{**shown, "questions": [notes, evidence]}]
    ask_for_files(place, {**FORM, "layout": layout, "sections": sections}, largest_file=LARGEST)
    return TestClient(build_app(place.house), base_url=HOST, follow_redirects=False)


def send(client: TestClient, path: str, *files: tuple[str, bytes]) -> tuple[int, str]:
    sent = [("evidence", each) for each in files]
    answer = client.post(path, data={"page": "notes", "notes": TYPED, "act": ""}, files=sent)
    return answer.status_code, answer.text


@pytest.mark.parametrize(("layout", "path"), [("pages", ""), ("tasks", "/sections/shown")])
def test_a_file_over_the_limit_brings_the_page_back_with_what_was_typed_on_it(
    place: Scene, layout: str, path: str
) -> None:
    client = ask_for_notes(place, layout)
    status, page = send(client, f"{place.link()}{path}", ("a.jpg", large(3 * LARGEST)))
    assert status == 422
    assert TYPED in page
    read = read_page(page)
    told = "“a.jpg” was not kept: it is 301 kB, and a file may have 100 kB. Make it smaller."
    assert read.text.count(told) == 2  # in the summary of errors, and at the field
    assert "#evidence" in read.links
    assert bytes_kept(place) == 0


@pytest.mark.parametrize("purpose", [Purpose.ENTER_PAPER, Purpose.ENTER_TELEPHONE])
def test_who_types_in_for_an_agency_may_send_as_large_a_file(place: Scene, purpose: Purpose) -> None:
    client = ask_for_notes(place, "pages")

    def open_office(session: Session) -> Person:
        return make_rows.officer(session, board.every(session)[0], "Morgan Ellery", OfficeRole.COORDINATOR)

    who = place.write(open_office).id
    whole = place.house.identity.entry_link(place.ask().id, who, purpose, place.ask().generation)
    largest = place.house.settings.web.largest_body
    status, page = send(client, whole.removeprefix(HOST), ("a.jpg", large(largest)))
    assert status == 422  # for the two digits alone
    assert bytes_kept(place) == 1
    assert "was not kept" not in page


def test_a_body_over_the_cap_still_has_a_page_of_its_own(place: Scene) -> None:
    client = ask_for_notes(place, "pages")
    status, page = send(client, place.link(), ("a.jpg", large(9 * LARGEST)))
    assert status == 413
    assert "A file may have at most 100 kB" in page


def test_of_files_that_are_too_much_together_the_first_are_kept_and_the_rest_are_named(place: Scene) -> None:
    client = ask_for_files(place, largest_file=LARGEST)
    files: list[Sent] = [("evidence", (name, large(75_000) + name.encode())) for name in ("a.jpg", "b.jpg")]
    told = post(client, place, *files)
    assert told.errors["evidence"].startswith("“b.jpg” was not kept: with those chosen beside it, it is more")
    assert "100 kB" in told.errors["evidence"]
    assert [name.partition(" ")[0] for name in kept(place).values()] == ["a.jpg"]
    again = post(client, place, files[1], evidence=told.fields["evidence"])
    assert again.errors == {}
    assert len(kept(place)) == 2


def test_a_file_at_the_limit_is_kept_and_one_byte_more_is_not(place: Scene) -> None:
    client = ask_for_files(place, largest_file=LARGEST)
    picture = make.jpeg()
    full = picture + os.urandom(LARGEST - len(picture))
    assert post(client, place, ("evidence", ("a.jpg", full + b"x"))).errors.keys() == {"evidence"}
    assert post(client, place, ("evidence", ("a.jpg", full))).errors == {}
