"""Files as answers: their identifiers alone."""

from uuid import UUID

import pytest

from surveys.answering.answers import Answers
from surveys.answering.reading import tell
from surveys.errors import FormError
from surveys.paging.acts import perform
from surveys.paging.pages import pages
from tests.surveys.make import ask, form, refuse, take

IDS = [str(UUID(int=number)) for number in range(1, 5)]
PROOF = form(ask("file", "proof", types=["pdf", "docx"]))


def test_files_are_kept_by_their_identifiers_each_once() -> None:
    assert take(PROOF, {"proof": [IDS[1], IDS[0], IDS[1], ""]}) == {"proof": (IDS[1], IDS[0])}


@pytest.mark.parametrize("typed", ["minutes.pdf", "../../etc/passwd", IDS[0].upper() + "A", IDS[0][:-1]])
def test_what_is_no_identifier_is_refused(typed: str) -> None:
    assert refuse(PROOF, {"proof": typed}) == [("proof", "Proof: this cannot be taken")]


def test_more_files_than_asked_for_are_refused() -> None:
    assert refuse(PROOF, {"proof": IDS}) == [("proof", "Choose no more than 3")]


def test_there_is_room_for_another_until_there_are_enough() -> None:
    assert [pages(PROOF, {"proof": IDS[:count]})[0].fields[0].may_add for count in (0, 2, 3)] == [
        True,
        True,
        False,
    ]


def test_a_file_is_dropped_by_its_button() -> None:
    done = perform(PROOF, {"proof": IDS[:2]}, f"drop:proof:{IDS[0]}", "proof")
    assert done == ({"proof": [IDS[1]]}, "proof")


def test_files_are_counted_when_answers_are_told() -> None:
    assert tell(PROOF, Answers("sample", 1, {"proof": tuple(IDS[:2])})) == [("Proof", "2 files")]
    assert tell(PROOF, Answers("sample", 1, {"proof": (IDS[0],)})) == [("Proof", "1 file")]


def test_a_type_that_nobody_can_open_safely_is_refused_in_a_form() -> None:
    with pytest.raises(FormError, match="types"):
        form(ask("file", "proof", types=["exe"]))
