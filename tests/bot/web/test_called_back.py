"""Whoever had a link to what was called back reads that nothing is needed; nobody else reads anything."""

from datetime import timedelta

from messages.launching import running
from store.asking.campaign import Campaign
from tests.bot.web.make_house import Scene
from tests.bot.web.make_page import read_page


def call_back(place: Scene) -> None:
    place.write(
        lambda session: running.withdraw(
            session, session.query(Campaign).one(), "x", place.clock.moment, "me"
        )
    )


def test_a_link_to_what_was_called_back_says_that_nothing_is_needed(place_anywhere: Scene) -> None:
    place = place_anywhere
    link, digits = place.link(), place.digits()
    call_back(place)
    before = place.dump()
    for page in ("", "/done", "/more-time", "/more-time/done", "/hand-over", "/hand-over/done"):
        shown = place.client.get(link + page)
        assert shown.status_code == 200
        assert "Nothing is needed from you any more" in read_page(shown.text).text
        assert "<form" not in shown.text
    for page in ("", "/more-time", "/hand-over"):
        sent = place.client.post(link + page, data={"page": "staff", "staff": "45", "digits": digits})
        assert "was not kept" in read_page(sent.text).text
    assert place.dump() == before


def test_what_was_answered_before_is_over_too(place: Scene) -> None:
    link = place.link()
    place.client.post(link, data={"page": "staff", "staff": "45"})
    call_back(place)
    assert "Nothing is needed" in place.client.get(link).text


def test_it_tells_nothing_to_whoever_had_no_link_nor_after_thirty_days(place: Scene) -> None:
    link, outsider = place.link(), place.link(name="Bose A")
    call_back(place)
    assert place.client.get(outsider).status_code == 404
    assert place.client.get(link[:-1] + ("a" if link[-1] != "a" else "b")).status_code == 404
    place.clock.moment += timedelta(days=30, seconds=1)
    assert place.client.get(link).status_code == 404
