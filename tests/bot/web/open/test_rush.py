from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.web.open.rush import Rush
from store.surveying.code import OpenCode
from tests.bot.web.make_page import read_page
from tests.bot.web.open.make_open import OpenScene, open_scene


@pytest.fixture
def busy(new_database: Callable[[str, Path, bool], str], tmp_path: Path) -> Iterator[OpenScene]:
    """A house where two answers in ten minutes are usual, and four in a minute too many."""
    url = new_database("sqlite", tmp_path, True)
    made = open_scene(url, tmp_path, rush=Rush(usual=2, from_a_place=4, by_a_code=4))
    yield made
    made.house.database.close_now()


def send(place: OpenScene, face: str = "yes") -> tuple[int, str]:
    address = place.address("child")
    sent = place.client.post(address, data={**place.start(address), "listened": face})
    return sent.status_code, sent.text


def test_a_class_that_shares_one_tablet_is_never_refused_only_marked(busy: OpenScene) -> None:
    assert [send(busy)[0] for _ in range(3)] == [303] * 3
    assert sorted(one.marks.get("rushed", False) for one in busy.waiting()) == [False, False, True]


def test_a_flood_waits_a_minute_with_its_answers_still_on_the_page(busy: OpenScene) -> None:
    for _ in range(4):
        send(busy)
    status, text = send(busy, "no")
    assert status == 503
    assert "Please wait a minute" in read_page(text).text
    assert read_page(text).fields["listened"] == "no"
    assert len(busy.waiting()) == 4


def test_wishes_to_be_contacted_count_too(busy: OpenScene) -> None:
    wish = {"first_name": "Kit", "safe_way": "through school"}
    address = f"/s/{busy.codes['child']}/en/contact"
    sent = [busy.client.post(address, data=wish).status_code for _ in range(5)]
    assert sent == [303] * 4 + [503]


def test_beyond_the_ceiling_of_a_code_answers_are_kept_and_marked(place: OpenScene) -> None:
    place.write(lambda session: session.query(OpenCode).update({"ceiling": 1}))
    send(place)
    send(place)
    assert sorted(one.marks.get("over_ceiling", False) for one in place.waiting()) == [False, True]
