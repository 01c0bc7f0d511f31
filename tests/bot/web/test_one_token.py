"""A token reads and answers one ask for one person: no page of it holds another, but that for a manager."""

import re
from datetime import timedelta

from messages.changes import handing_over
from store.asking.ask import Ask, AskState
from store.database import Session
from store.people import booking
from tests import make
from tests.bot.test_training import answer, course, link
from tests.bot.web.confirmation.make_course import YES, answered
from tests.bot.web.make_house import Scene
from tests.bot.web.make_page import read_page
from tests.fakes import FakeChannel, Letter
from tests.story import find

__all__ = ["course"]

ACK = {"page": "staff", "staff": "45"}
EMAIL = make.address("Rowan A", make.domain_of("Agency A"))
PAGES = ("", "/done", "/more-time", "/more-time/done", "/hand-over", "/hand-over/done")
TOKEN = re.compile(r"\b[a-z2-7]{80}\b")


def tokens_on_every_page(place: Scene, link: str) -> set[str]:
    """The tokens on all pages that a link opens, and on those that answer what is sent with it."""
    shown = [place.client.get(link + page, follow_redirects=True) for page in PAGES]
    shown += [
        place.client.post(link + page, data={"page": "staff"}) for page in ("", "/more-time", "/hand-over")
    ]
    assert all(page.status_code < 500 for page in shown)
    assert any(TOKEN.search(page.text) for page in shown)
    return {token for page in shown for token in TOKEN.findall(page.text + str(page.headers))}


async def letters(place: Scene) -> list[Letter]:
    """What the worker sends when it wakes now."""
    channel = FakeChannel(now=place.clock.moment)
    await place.house.worker(channel=channel).step(place.clock.moment)
    return channel.sent


def test_no_page_of_one_token_holds_another(place: Scene) -> None:
    for name in ("Rowan A", "Devi A"):
        link = place.link(name=name)
        own = {link.removeprefix("/a/")}
        assert tokens_on_every_page(place, link) == own
    link, more = place.link(), {"days": "5", "reason": "staff", "digits": place.digits()}
    own = {link.removeprefix("/a/")}
    assert place.client.post(f"{link}/more-time", data=more).status_code == 303
    assert tokens_on_every_page(place, link) == own
    taken = {"wish": "colleague", "name": "Kit", "email": "kit@agencya.example", "digits": place.digits()}
    assert place.client.post(f"{link}/hand-over", data=taken).status_code == 303
    assert tokens_on_every_page(place, link) == own
    assert place.client.post(link, data=ACK).status_code == 303
    assert place.ask("cascade").state is AskState.ASKED
    assert tokens_on_every_page(place, link) == own
    second = place.link("cascade")
    assert tokens_on_every_page(place, second) == {second.removeprefix("/a/")}


def test_the_one_exception_is_the_link_that_somebody_passes_on_to_their_manager(course: Scene) -> None:
    answered(course)
    asked = course.read(lambda session: find(session, "course-5"))
    person_id = asked.person_id
    assert person_id is not None
    place = course.read(lambda session: booking.of_person(session, asked.campaign_id, person_id))
    assert place is not None
    identity, own = course.house.identity, link(course, "course-5")
    passed_on = identity.confirmation_link(asked.id, place.id, asked.generation).rpartition("/")[2]
    assert tokens_on_every_page(course, own) == {own.removeprefix("/a/"), passed_on}
    manager = f"/c/{passed_on}"
    shown = [course.client.get(manager), course.client.post(manager, data={"page": "change_seen"})]
    assert {token for page in shown for token in TOKEN.findall(page.text)} == {passed_on}
    answer(course, "course-5", YES | {"manager_link": "no"})
    assert tokens_on_every_page(course, own) == {own.removeprefix("/a/")}


async def test_the_link_of_the_second_question_comes_by_letter_as_soon_as_it_is_asked_for(
    place_anywhere: Scene,
) -> None:
    place = place_anywhere
    await letters(place)
    place.client.post(place.link(), data=ACK)
    done = read_page(place.client.get(f"{place.link()}/done").text)
    assert "/new-link" in done.links
    place.clock.moment += timedelta(minutes=1)
    assert await letters(place) == []
    place.client.post("/new-link", data={"email": EMAIL})
    [letter] = await letters(place)
    assert letter.address == EMAIL
    assert place.link("cascade") in letter.text
    # Words that fit whoever has had no letter about this question before.
    assert "A short look ahead" in letter.text
    assert place.client.get(place.link("cascade")).status_code == 200


async def test_only_whoever_would_get_that_letter_is_told_to_ask_for_it(place: Scene) -> None:
    """A stand-in who was not written to about the second question gets no new link to it."""
    await letters(place)
    deputy = place.link(name="Devi A")
    place.client.post(deputy, data=ACK)
    done = read_page(place.client.get(f"{deputy}/done").text)
    assert "we hope to hear how that went" in done.text
    assert "/new-link" not in done.links
    place.client.post("/new-link", data={"email": make.address("Devi A", make.domain_of("Agency A"))})
    assert await letters(place) == []


async def test_a_colleague_who_took_the_first_question_may_ask_for_the_second(place: Scene) -> None:
    own = make.domain_of("Agency A")

    def give(session: Session) -> None:
        asked = session.get_one(Ask, place.asks["acknowledge A"])
        handing_over.hand_over(session, asked, None, "Kit", f"kit@{own}", place.clock.moment, "x")

    place.write(give)
    place.client.post(place.link(name="Kit"), data=ACK)
    taker, giver = place.link(name="Kit"), place.link()
    assert "/new-link" in read_page(place.client.get(f"{taker}/done").text).links
    assert "/new-link" not in read_page(place.client.get(f"{giver}/done").text).links
