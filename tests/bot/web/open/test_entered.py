import pytest

from tests.bot.web.make_page import read_page
from tests.bot.web.open.make_open import OpenScene


@pytest.mark.parametrize(("how", "words"), [("paper", "gave on paper"), ("telephone", "gives by telephone")])
def test_what_is_entered_for_somebody_says_so_on_every_page_and_in_what_is_kept(
    place: OpenScene, how: str, words: str
) -> None:
    address = f"{place.address('child')}?entered={how}"
    first = place.client.get(address)
    assert words in read_page(first.text).text
    assert f'action="{address}"' in first.text
    second = place.client.post(address, data={"start-here": "yes", "helped-by": "parent"})
    assert words in read_page(second.text).text
    sent = place.client.post(address, data={**read_page(second.text).fields, "listened": "bit"})
    assert sent.headers["location"].endswith(f"/thanks?entered={how}")
    [kept] = place.waiting()
    assert kept.marks == {"helper": "parent", "entered": how}


def test_the_next_paper_is_entered_from_the_page_of_thanks(place: OpenScene) -> None:
    code = place.codes["child"]
    assert f"/s/{code}/en?entered=paper" in place.page(f"/s/{code}/en/thanks?entered=paper").links


def test_the_mark_is_kept_through_the_choice_of_language_and_version(place: OpenScene) -> None:
    code = place.codes["family"]
    assert f"/s/{code}/pl?entered=paper" in place.page(f"/s/{code}?entered=paper").links
    sent = place.client.get(f"/s/{code}/pl?entered=paper")
    assert sent.headers["location"] == f"/s/{code}/pl/family?entered=paper"


def test_no_other_word_becomes_a_mark(place: OpenScene) -> None:
    address = f"{place.address('child')}?entered=by-the-chair"
    place.client.post(address, data={**place.start(address), "listened": "bit"})
    assert place.waiting()[0].marks == {}
