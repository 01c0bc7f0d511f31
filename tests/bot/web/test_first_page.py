"""The first page is drawn once for all who see the same, and nothing of one visitor reaches another."""

import re
from datetime import date

from markupsafe import escape
from starlette.responses import HTMLResponse

from bot.web.asks.door import Visit, find_visit
from bot.web.asks.first_page import FirstPages
from store.asking.campaign import Campaign
from store.database import Session
from store.people.agency import Agency
from store.people.board import Board
from tests.bot.web.make_house import Scene

NAME = 'Agency <b>B</b> & "Sons"'
WORD = re.compile(r'name="submission" value="([^"]+)"')


def rename(session: Session) -> None:
    session.query(Agency).filter_by(name="Agency B").one().name = NAME


def visit(place: Scene) -> Visit:
    keyring, token = place.house.identity.keyring, place.link().rpartition("/")[2]
    found = place.read(lambda session: find_visit(session, keyring, token, place.clock.moment))
    assert found is not None
    return found


def pages(place: Scene) -> tuple[str, str]:
    links = (place.link(), place.link(name="Rowan B", letter="B"))
    found = [place.client.get(link) for link in links]
    assert [one.status_code for one in found] == [200, 200]
    return found[0].text, found[1].text


def test_each_sees_the_own_name_and_link_and_nothing_of_the_other(place: Scene) -> None:
    links = [place.link(), place.link(name="Rowan B", letter="B")]
    place.write(rename)
    one, two = pages(place)
    for mine, other, own, others in ((one, two, *links), (two, one, *reversed(links))):
        assert own in mine
        assert others not in mine
        assert WORD.findall(mine) != WORD.findall(other)
    assert "Agency A" in one
    assert "Agency A" not in two
    assert "Agency &lt;b&gt;B&lt;/b&gt; &amp; &#34;Sons&#34;" in two
    assert "Sons" not in one


def test_a_page_that_was_spliced_is_the_page_that_would_be_drawn(place: Scene) -> None:
    place.write(rename)
    one, two = pages(place)
    own = {place.link(): place.link(name="Rowan B", letter="B"), "Agency A": str(escape(NAME))}
    for before, after in own.items():
        one = one.replace(before, after)
    assert WORD.sub("", one) == WORD.sub("", two)
    kept = place.client.app.state.site.first_pages  # type: ignore[attr-defined]
    assert len(kept) == 1


def test_what_is_changed_stands_on_the_next_page(place: Scene) -> None:
    def change(session: Session) -> None:
        session.query(Board).one().contact_phone = "01632 960 123"
        session.query(Campaign).one().title = "Another title"

    before, _ = pages(place)
    place.write(change)
    after, _ = pages(place)
    assert "01632 960 123" not in before
    assert "01632 960 123" in after
    assert "Another title" in after


def test_a_page_on_which_something_was_given_is_drawn_for_one_alone(place: Scene) -> None:
    given = {place.link(): "45", place.link(name="Rowan B", letter="B"): "52"}
    for link, staff in given.items():
        assert place.client.post(link, data={"page": "staff", "staff": staff}).status_code == 303
    one, two = pages(place)
    assert 'value="45"' in one
    assert 'value="52"' in two
    assert 'value="45"' not in two


def test_no_more_pages_are_kept_than_a_process_can_hold(place: Scene) -> None:
    kept = FirstPages(most=1)
    for day in (1, 2, 3):
        drawn = kept.draw(visit(place), date(2026, 10, day), "word", lambda *_: HTMLResponse("page"))
        assert drawn.body == b"page"
    assert len(kept) == 1
