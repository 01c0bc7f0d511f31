"""What is posted from no page of ours, or lost the page it came from, is refused and said to be so."""

import pytest

from tests.bot.web.make_house import Scene
from tests.bot.web.make_page import read_page


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", "staff=45"),
        ("application/x-www-form-urlencoded", ""),
        ("application/x-www-form-urlencoded", "page=&staff=45"),
        ("application/json", '{"page": "staff", "staff": "45"}'),
        ("text/plain", "page=staff&staff=45"),
        (
            "multipart/form-data; boundary=x",
            '--x\r\nContent-Disposition: form-data; name="staff"\r\n\r\n45\r\n--x--',
        ),
    ],
)
def test_what_names_no_page_is_refused_and_keeps_nothing(place: Scene, kind: str, body: str) -> None:
    before = place.dump()
    refused = place.client.post(place.link(), content=body, headers={"Content-Type": kind})
    told = read_page(refused.text).text
    assert refused.status_code == 400
    assert "We could not read what was sent" in told
    assert "Nothing was kept" in told
    assert place.dump() == before


def test_the_way_back_is_a_page_of_ours(place: Scene) -> None:
    place.client.post(place.link(), data={"page": "staff", "staff": "45"})
    link = place.link("cascade")
    back = place.client.post(link, data={"back": "shared", "shared": "all"})
    assert back.status_code == 200
    assert place.client.post(link, data={"shared": "all"}).status_code == 400
