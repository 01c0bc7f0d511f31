"""A file is given to whoever stands for its ask, as a thing to save and never as a page."""

from urllib.parse import unquote
from uuid import uuid4

import pytest

from store.asking.ask import Ask
from store.database import Session
from tests.bot.web.make_house import Scene
from tests.bot.web.make_upload import ask_for_files, post
from tests.surveys.files import make

PDF = make.pdf()


def keep(place: Scene, name: str = "Minutes.pdf", content: bytes = PDF) -> str:
    """Keep a file; gives its identifier."""
    return post(ask_for_files(place), place, ("evidence", (name, content))).fields["evidence"][0]


def test_a_file_comes_back_as_it_was(place_anywhere: Scene) -> None:
    place = place_anywhere
    file_id = keep(place)
    before = place.dump()
    answer = ask_for_files(place).get(f"{place.link()}/files/{file_id}")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert place.dump() == before


def test_the_browser_is_told_to_save_it_and_never_to_run_it(place: Scene) -> None:
    client = ask_for_files(place)
    file_id = keep(place, "notes.html", b"Minutes of the meeting")
    headers = client.get(f"{place.link()}/files/{file_id}").headers
    assert headers["content-disposition"].startswith('attachment; filename="notes.txt"')
    assert headers["content-type"].startswith("text/plain")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "sandbox" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    head = client.head(f"{place.link()}/files/{file_id}")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    ("given", "plain", "whole"),
    [
        ("Zażółć “gęślą”.pdf", "Za____ _g__l__.pdf", "Zażółć “gęślą”.pdf"),
        ("a'b;c%41.pdf", "a'b_c_41.pdf", "a'b;c%41.pdf"),
        ("سب.pdf", "__.pdf", "سب.pdf"),
    ],
)
def test_a_name_is_told_in_ascii_and_in_full(place: Scene, given: str, plain: str, whole: str) -> None:
    client = ask_for_files(place)
    answer = client.get(f"{place.link()}/files/{keep(place, given)}")
    told = answer.headers["content-disposition"]
    assert f'filename="{plain}"' in told
    assert unquote(told.partition("filename*=UTF-8''")[2]) == whole


def test_a_file_of_another_ask_is_not_there(place: Scene) -> None:
    client = ask_for_files(place)
    file_id = keep(place)
    other = place.link(name="Rowan B", letter="B")
    for path in (f"{other}/files/{file_id}", f"{place.link()}/files/{uuid4()}", f"{place.link()}/files/x"):
        assert client.get(path).status_code == 404


def test_a_colleague_who_may_answer_may_have_it_too(place: Scene) -> None:
    client = ask_for_files(place)
    file_id = keep(place)
    assert client.get(f"{place.link(name='Devi A')}/files/{file_id}").content == PDF


def test_a_link_that_does_not_hold_gives_nothing(place: Scene) -> None:
    client = ask_for_files(place)
    file_id, link = keep(place), place.link()

    def revoke(session: Session) -> None:
        session.get_one(Ask, place.ask().id).generation += 1

    place.write(revoke)
    for path in (f"{link}/files/{file_id}", f"/a/tampered/files/{file_id}"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert PDF not in answer.content
