"""Whoever is invited to fill in a section is told which, and is offered what they can do and nothing else."""

import pytest

from bot.clock import real_now
from bot.worker import Worker
from messages.letters.press import Press
from messages.sending.sender import Sender
from store.people import person
from tests.bot.web.make_form import ask_form, keep_form
from tests.bot.web.make_house import Scene
from tests.bot.web.make_page import read_page
from tests.bot.web.test_share import address, invite, wish
from tests.bot.web.test_tasks import FORM, fill_all, send_all
from tests.fakes import FakeChannel, Letter

ELSEWHERE = ("hand-over", "more-time", "share")


@pytest.fixture
def path(place: Scene) -> str:
    return ask_form(place, keep_form(place, FORM))


async def letters(place: Scene, slug: str = "returns") -> list[Letter]:
    """What a worker sends now about this campaign."""
    channel = FakeChannel()
    sender = Sender(
        place.house.database, {"email": channel}, Press(place.house.identity), "first", real_now, lease=60.0
    )
    await Worker(place.house.database, sender).step(place.clock.moment)
    return [letter for letter in channel.sent if f"[{slug}-" in letter.subject]


def flat(text: str) -> str:
    return " ".join(text.split())


async def test_the_letter_names_the_section_and_offers_no_more_than_they_can_do(
    place: Scene, path: str
) -> None:
    theirs = invite(place, path)
    [letter] = [one for one in await letters(place) if one.address == address(place)]
    assert "“Your staff”" in letter.subject
    assert "What you were asked to fill in is “Your staff”." in flat(letter.text)
    assert theirs in letter.text
    for page in (letter.text, letter.html):
        for unwanted in ("hand-over", "more-time", "inutes", "two digits", "more time"):
            assert unwanted not in page


async def test_whoever_is_invited_to_all_of_it_is_told_so(place: Scene, path: str) -> None:
    invite(place, path, section="everything")
    [letter] = [one for one in await letters(place) if one.address == address(place)]
    assert "Could you fill in part of this for Agency A?" in letter.subject
    assert "whatever you know best" in flat(letter.text)


def test_their_page_shows_the_section_they_were_asked_for_alone(place: Scene, path: str) -> None:
    page = place.client.get(invite(place, path)).text
    assert "Your staff" in page
    assert "Your courses" not in page
    assert "Sign off" not in page
    assert "minutes" not in read_page(page).text


def test_nobody_is_invited_to_sign_for_the_agency(place: Scene, path: str) -> None:
    shown = place.client.get(f"{path}/share").text
    assert 'value="staff"' in shown
    assert 'value="sign_off"' not in shown
    refused = place.client.post(f"{path}/share", data=wish(place, path, section="sign_off"))
    assert refused.status_code == 422
    assert "Whoever sends the form signs it" in refused.text
    theirs = invite(place, path, section="everything")
    assert "Your courses" in place.client.get(theirs).text
    assert "Sign off" not in place.client.get(theirs).text
    assert place.client.get(f"{theirs}/sections/sign_off").status_code == 404
    assert place.client.get(f"{path}/sections/sign_off").status_code == 200


def test_once_it_is_sent_they_see_that_and_nobody_elses_answers(place: Scene, path: str) -> None:
    theirs = invite(place, path)
    fill_all(place, path)
    send_all(place, path)
    page = place.client.get(theirs).text
    assert "Nothing more is needed" in page
    assert f"{theirs}/done" not in page
    done = place.client.get(f"{theirs}/done")
    assert (done.status_code, done.headers["location"]) == (303, theirs)
    assert place.client.get(f"{path}/done").status_code == 200


@pytest.mark.parametrize("page", ELSEWHERE)
def test_a_page_that_is_not_theirs_says_so_before_anything_is_typed(
    place: Scene, path: str, page: str
) -> None:
    theirs = invite(place, path)
    answer = place.client.get(f"{theirs}/{page}")
    assert answer.status_code == 403
    assert "You were invited to help" in answer.text
    assert "<form" not in answer.text


def test_whoever_invites_sees_beside_each_section_who_has_it(place: Scene, path: str) -> None:
    assert "invited" not in read_page(place.client.get(path).text).text
    invite(place, path)
    invite(place, path, section="everything")
    page = read_page(place.client.get(path).text).text
    assert page.count("Sam Okoro, invited") == 2
    assert "Sam Okoro, invited to any of it." in page
    listed = read_page(place.client.get(f"{path}/share").text).text
    assert "Invited so far" in listed
    assert "Sam Okoro: Your staff" in listed
    assert "Sam Okoro: any of it" in listed


def test_somebody_who_has_left_is_not_shown_as_invited(place: Scene, path: str) -> None:
    invite(place, path)

    def leave(session: object) -> None:
        known = person.by_address(session, address(place))  # type: ignore[arg-type]
        assert known is not None
        known.left_at = place.clock.moment

    place.write(leave)
    assert "Sam Okoro" not in place.client.get(path).text


def test_no_colleague_reads_the_signing_or_who_else_was_invited(place: Scene, path: str) -> None:
    theirs = invite(place, path, section="everything")
    assert place.client.get(f"{theirs}/check").headers["location"] == theirs
    assert place.client.get(f"{theirs}/share/done").status_code == 403


def test_who_was_invited_is_still_shown_beside_what_has_to_be_mended(place: Scene, path: str) -> None:
    invite(place, path)
    page = place.client.post(f"{path}/share", data=wish(place, path, email="nonsense"))
    assert page.status_code == 422
    assert "Invited so far" in page.text
