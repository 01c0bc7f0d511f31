"""A survey of staff that is over shows no page made for children."""

import pytest

from store.surveying.code import OpenCode
from tests.bot.web.open.make_open import OpenScene

FOR_CHILDREN = "Childline"


def close(place: OpenScene) -> None:
    """Close every code."""
    place.write(lambda session: session.query(OpenCode).update({"is_closed": True}))


@pytest.mark.parametrize("rest", ["", "/en", "/en/staff"])
def test_a_survey_of_staff_that_is_over_names_the_board_and_shows_the_numbers_for_staff(
    place: OpenScene, rest: str
) -> None:
    close(place)
    shown = place.client.get(f"/s/{place.codes['staff']}{rest}")
    assert shown.status_code == 404
    assert "This survey is not open" in shown.text
    assert FOR_CHILDREN not in shown.text
    assert "Exit this page" not in shown.text
    assert "West" in shown.text
    assert "0800 028 0285" in shown.text


def test_where_a_code_is_unknown_or_was_for_families_the_page_is_theirs(place: OpenScene) -> None:
    close(place)
    for code in ("zzzzzzzz", place.codes["family"]):
        shown = place.client.get(f"/s/{code}/en")
        assert shown.status_code == 404
        assert FOR_CHILDREN in shown.text
        assert "Exit this page" in shown.text
