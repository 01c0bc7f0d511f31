"""A form put in the place of another while somebody is at it: nothing lands in the wrong one, or unsaid."""

from datetime import datetime
from typing import Any

import pytest

from bot.web.asks.door import Visit
from bot.web.asks.keeping import Replaced, keep_answer, save_draft
from bot.web.site import Site
from bot.web.submission import Submission
from store.database import Session
from store.people import person
from store.people.agency import Agency
from tests import make
from tests.bot.web.make_form import ask_form, keep_form, names_of, send, typed_on
from tests.bot.web.make_house import Scene
from tests.bot.web.test_tasks import FORM, fill_all
from tests.bot.web.test_whole_form import LATER, exchange, short

__all__ = ["short"]

FILLED = LATER | {"sector": "health"}
SAM = make.address("Sam Okoro", make.domain_of("Agency A"))


def pages_form(key: str, most: int) -> dict[str, Any]:
    """A form of one page: two such forms look alike, and check otherwise."""
    asked = {"kind": "integer", "name": "heads", "label": "How many?", "constraint": f". < {most}"}
    return {
        "key": key,
        "version": 1,
        "title": key,
        "purpose": "Tests.",
        "minutes": 2,
        "notice": "Please name nobody.",
        "sections": [{"name": "all", "title": "All", "questions": [asked | {"required": True}]}],
    }


@pytest.fixture
def alike(place: Scene) -> str:
    """The path of an agency that is asked a short form, beside a whole one of one page as well."""
    shrink(place)
    small = keep_form(place, pages_form("brief", 50))
    return ask_form(place, keep_form(place, pages_form("ample", 5000)), "tna", small=small)


def shrink(place: Scene) -> None:
    """Let an agency have few staff, so that it is asked the short form."""

    def write(session: Session) -> None:
        session.query(Agency).filter_by(name="Agency A").one().staff = 12

    place.write(write)


def site_of(place: Scene) -> Site:
    site: Site = place.client.app.state.site  # type: ignore[attr-defined]
    return site


def seen_by(place: Scene, path: str, now: datetime) -> Visit:
    """The visit as a page was drawn for it."""
    visit = place.read(lambda session: site_of(place).find(session, path.removeprefix("/a/"), now))
    assert visit is not None
    return visit


def sams(place: Scene, path: str, section: str = "agency") -> str:
    """The path of the link of a colleague who was invited to a section."""
    wish = {"section": section, "name": "Sam Okoro", "email": SAM, "digits": place.digits("tna")}
    assert place.client.post(f"{path}/share", data=wish).status_code == 303
    known = place.read(lambda session: person.by_address(session, SAM))
    assert known is not None
    asked = place.ask("tna")
    link = place.house.identity.answer_link(asked.id, known.id, asked.generation)
    return link.removeprefix(place.house.identity.base_url)


def test_a_colleague_invited_to_a_section_is_told_that_the_short_form_needs_nothing_of_them(
    place: Scene, short: str
) -> None:
    exchange(place, whole=True)
    theirs = sams(place, short)
    page = place.client.get(f"{theirs}/sections/agency").text
    assert send(place, f"{theirs}/sections/agency", page, FILLED).status_code == 303
    exchange(place, whole=False)
    shown = place.client.get(theirs)
    assert shown.status_code == 200
    assert "Nothing more is needed from you" in shown.text
    assert "In the agency" not in shown.text
    assert not {"page", "headcount", "paid_staff"} & names_of(shown.text)
    assert place.client.get(f"{theirs}/done").headers["location"] == theirs


def test_what_such_a_colleague_sends_all_the_same_is_not_kept_and_they_are_told_so(
    place: Scene, short: str
) -> None:
    exchange(place, whole=True)
    theirs = sams(place, short)
    exchange(place, whole=False)
    page, before = place.client.get(short).text, place.dump()
    for act in ("", "whole-form"):
        sent = send(place, theirs, page, {"headcount": "3", "act": act})
        assert sent.status_code == 409
        assert "this page was NOT kept" in sent.text
    assert place.dump() == before


def test_such_a_colleague_reads_nothing_of_what_the_short_form_was_answered_with(place: Scene) -> None:
    path = ask_form(place, keep_form(place, FORM), "tna", small=keep_form(place, pages_form("brief", 50)))
    theirs = sams(place, path, "staff")
    exchange(place, whole=False)
    page = place.client.get(path).text
    assert send(place, path, page, {"heads": "9", "digits": place.digits("tna")}).status_code == 303
    assert place.client.get(f"{path}/done").status_code == 200
    assert place.client.get(f"{theirs}/done").headers["location"] == theirs
    assert "Nothing more is needed from you" in place.client.get(theirs).text


def test_the_link_of_a_colleague_opens_the_sections_again_with_the_whole_form(
    place: Scene, short: str
) -> None:
    exchange(place, whole=True)
    theirs = sams(place, short)
    page = place.client.get(f"{theirs}/sections/agency").text
    send(place, f"{theirs}/sections/agency", page, FILLED)
    exchange(place, whole=False)
    exchange(place, whole=True)
    section = typed_on(place.client.get(f"{theirs}/sections/agency").text)
    assert section["volunteers"] == ["3"]


def test_a_page_of_one_form_is_no_answer_to_another_that_looks_alike(place: Scene, alike: str) -> None:
    page = place.client.get(alike).text
    exchange(place, whole=True)
    before = place.dump()
    sent = send(place, alike, page, {"heads": "9", "digits": place.digits("tna")})
    assert sent.status_code == 409
    assert "this page was NOT kept" in sent.text
    assert place.dump() == before
    again = send(place, alike, place.client.get(alike).text, {"heads": "9", "digits": place.digits("tna")})
    assert again.status_code == 303


def test_an_answer_that_an_exchange_overtakes_on_its_way_is_refused(place: Scene, alike: str) -> None:
    now = place.clock.moment
    visit, sent = seen_by(place, alike, now), Submission({"page": ["all"], "heads": ["9"]})
    exchange(place, whole=True)
    before = place.dump()
    kept = place.write(lambda session: keep_answer(site_of(place), session, visit, sent, now))
    assert isinstance(kept, Replaced)
    assert place.dump() == before


async def test_a_draft_that_an_exchange_overtakes_on_its_way_lands_in_no_other_form(
    place: Scene, alike: str
) -> None:
    now = place.clock.moment
    visit = seen_by(place, alike, now)
    exchange(place, whole=True)
    before = place.dump()
    saved = await save_draft(site_of(place), visit, "", {"heads": ["9"]}, 0, now)
    assert isinstance(saved, Replaced)
    assert place.dump() == before


def test_sections_looked_at_in_one_form_are_not_sent_as_another(place: Scene) -> None:
    shrink(place)
    small = keep_form(place, FORM | {"key": "brief"})
    path = ask_form(place, keep_form(place, FORM), "tna", small=small)
    fill_all(place, path)
    page = place.client.get(f"{path}/check").text
    exchange(place, whole=True)
    before = place.dump()
    assert send(place, f"{path}/check", page, {"digits": place.digits("tna")}).status_code == 409
    assert place.dump() == before
    sent = send(place, f"{path}/sections/staff", page, {"page": "staff"})
    assert (sent.status_code, "this page was NOT kept" in sent.text) == (409, True)
    assert place.dump() == before
