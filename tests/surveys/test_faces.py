"""Faces, each with its words."""

import pytest

from surveys.errors import FormError
from surveys.paging.pages import pages
from tests.surveys.make import ask, form, refuse, take

FACES = [
    {"value": "good", "label": "Good", "face": 5},
    {"value": "so_so", "label": "In the middle", "face": 3},
    {"value": "bad", "label": "Not good", "face": 1},
]
FELT = form(ask("faces", "felt", choices=FACES), audience="child", pace="question", privacy="anonymous")


def test_a_face_is_kept_by_its_value() -> None:
    assert take(FELT, {"felt": "so_so"}) == {"felt": "so_so"}
    assert refuse(FELT, {"felt": "3"}) == [("felt", "Felt: please choose from the list")]


def test_every_face_is_shown_with_its_words() -> None:
    (field,) = pages(FELT, {"felt": ["bad"]})[0].fields
    assert [(option.face, option.label, option.checked) for option in field.options] == [
        (5, "Good", False),
        (3, "In the middle", False),
        (1, "Not good", True),
    ]


def test_choices_of_words_alone_stand_after_the_faces() -> None:
    unsure = {"value": "unknown", "label": "I don't know"}
    asked = form(ask("faces", "felt", choices=[*FACES, unsure]))
    assert take(asked, {"felt": "unknown"}) == {"felt": "unknown"}
    with pytest.raises(FormError, match='choice "unknown" needs a face from 1 to 5'):
        form(ask("faces", "felt", choices=[unsure, *FACES]))


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"value": "a", "label": "A"}, 'choice "a" needs a face from 1 to 5'),
        ({"value": "a", "label": "A", "face": 6}, "face: should be less than or equal to 5"),
        ({"value": "a", "face": 3}, "label: is not there"),
    ],
)
def test_a_face_without_face_or_words_is_refused(choice: dict[str, object], said: str) -> None:
    with pytest.raises(FormError, match=said):
        form(ask("faces", "felt", choices=[choice]))
