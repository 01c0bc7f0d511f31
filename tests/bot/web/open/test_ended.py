"""A page that was sent or given up shows no answer again, whichever process is asked."""

from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from bot.sweep import sweep_day
from bot.web.app import build_app
from bot.web.open.ended import Ended
from store.asking.campaign import Campaign, CampaignState
from store.database import Database, Session
from store.errors import StoreFullError
from store.surveying.ended_page import EndedPage
from surveys.answering.answers import Answers
from surveys.answering.intake import Refusal
from surveys.figures.release import TOGETHER
from surveys.open.anonymous import Kept, rewrite, take_for_code
from tests.bot.web.make_house import HOST
from tests.bot.web.make_page import read_page
from tests.bot.web.open.make_open import OpenScene
from tests.bot.web.open.test_contact import WISH, address, begin
from tests.make import START, ZONE

SECRET = "He shouted at me"


def another_process(place: OpenScene) -> TestClient:
    """The same pages, served by a process that remembers nothing of the first."""
    return TestClient(build_app(place.house), base_url=HOST, follow_redirects=False)


def pages(place: OpenScene) -> list[dict[str, str]]:
    """The fields of one page after another, the last with a secret."""
    made = [place.start(place.address())]
    for typed in ({"listened": "no"}, {"safety": "better"}):
        shown = place.client.post(place.address(), data={**made[-1], **typed})
        made.append(read_page(shown.text).fields)
    return [*made[:-1], {**made[-1], "why": SECRET}]


@pytest.mark.parametrize("end", ["sent", "stopped"])
def test_another_process_shows_no_answer_either(place_anywhere: OpenScene, end: str) -> None:
    place = place_anywhere
    made = pages(place)
    press = {"stop-here": "yes"} if end == "stopped" else {}
    followed = place.client.post(place.address(), data={**made[-1], **press}).headers["location"]
    other = another_process(place)
    for page in made:
        again = other.post(place.address(), data=page)
        assert (again.status_code, again.text, again.headers["location"]) == (303, "", followed)
    assert len(place.waiting()) == (1 if end == "sent" else 0)


@pytest.mark.parametrize("end", ["sent", "stopped"])
def test_nor_does_it_show_a_name_that_was_typed_to_be_contacted(place: OpenScene, end: str) -> None:
    fields = begin(place)
    press = {"stop-here": "yes"} if end == "stopped" else {}
    followed = place.client.post(address(place), data={**fields, **WISH, **press}).headers["location"]
    again = another_process(place).post(address(place), data={**fields, **WISH, "safe_way": ""})
    assert (again.status_code, again.text, again.headers["location"]) == (303, "", followed)


def test_a_page_of_somebody_else_goes_on(place: OpenScene) -> None:
    mine, theirs = pages(place), pages(place)
    place.client.post(place.address(), data={**mine[-1], "stop-here": "yes"})
    other = another_process(place)
    assert other.post(place.address(), data=theirs[-1]).headers["location"].endswith("/thanks")


def test_stop_at_the_opening_keeps_no_row(place: OpenScene) -> None:
    stopped = place.client.post(place.address(), data={"stop-here": "yes"})
    assert stopped.headers["location"].endswith("/stopped")
    assert place.read(lambda session: session.query(EndedPage).count()) == 0


def back_at_the_opening(place: OpenScene) -> tuple[list[dict[str, str]], dict[str, str]]:
    """Answer two questions and go back over both; gives their pages, and what the opening carries."""
    made = pages(place)[:2]
    for before in ("listened", "opening"):
        opening = place.client.post(
            place.address(), data={**made[-1], "listened": "no", "safety": "worse", "back": before}
        )
    return made, read_page(opening.text).fields


@pytest.mark.parametrize("how", ["yes", "leave"])
def test_stop_at_an_opening_that_carries_answers_gives_them_up(place: OpenScene, how: str) -> None:
    made, opening = back_at_the_opening(place)
    assert (opening["listened"], opening["safety"]) == ("no", "worse")
    place.client.post(place.address(), data={**opening, "stop-here": how})
    for client in (place.client, another_process(place)):
        for page in made:
            again = client.post(place.address(), data={**page, "listened": "no"})
            assert (again.status_code, again.text) == (303, "")
            assert again.headers["location"].endswith("/stopped")


def test_an_opening_that_carries_answers_can_be_left_in_one_press(place: OpenScene) -> None:
    _, opening = back_at_the_opening(place)
    shown = place.client.post(place.address(), data={**opening, "back": "opening"}).text
    assert 'class="leave"' in shown
    assert shown.count(opening["submission"]) == 2, "in the form, and in the way out"


def test_whoever_stops_behind_send_is_not_told_that_nothing_was_kept(place: OpenScene) -> None:
    sent = {**pages(place)[-1], "stop-here": ""}
    thanks = place.client.post(place.address(), data=sent).headers["location"]
    for client in (place.client, another_process(place)):
        stopped = client.post(place.address(), data={**sent, "stop-here": "yes"})
        assert stopped.headers["location"] == thanks
    assert len(place.waiting()) == 1


def test_whoever_stops_behind_a_wish_is_told_that_it_was_sent(place: OpenScene) -> None:
    wish = {**begin(place), **WISH}
    sent = place.client.post(address(place), data=wish).headers["location"]
    for client in (place.client, another_process(place)):
        assert client.post(address(place), data={**wish, "stop-here": "yes"}).headers["location"] == sent


def test_whoever_comes_new_starts_with_a_word_of_their_own(place: OpenScene) -> None:
    assert "submission" not in place.page(place.address()).fields
    assert place.start(place.address())["submission"] != place.start(place.address())["submission"]
    _, opening = back_at_the_opening(place)
    assert place.start(place.address(), **opening)["submission"] == opening["submission"]


def test_the_night_forgets_that_anybody_stopped(place: OpenScene) -> None:
    place.client.post(place.address(), data={**pages(place)[0], "stop-here": "yes"})
    yesterday = START.date() - timedelta(days=1)
    place.write(lambda session: sweep_day(session, yesterday, START, ZONE))
    assert place.read(lambda session: session.query(EndedPage).count()) == 1
    place.write(lambda session: sweep_day(session, START.date(), START, ZONE))
    assert place.read(lambda session: session.query(EndedPage).count()) == 0


def test_an_old_page_counts_once_though_the_night_has_mixed_its_answer(place_anywhere: OpenScene) -> None:
    place = place_anywhere
    walks = [pages(place) for _ in range(TOGETHER)]
    for walk in walks:
        place.client.post(place.address(), data=walk[-1])
    pass_night(place, START.date())
    assert place.waiting() == []
    for client in (place.client, another_process(place)):
        for page in (page for walk in walks for page in walk):
            again = client.post(place.address(), data=page)
            assert (again.status_code, again.text) == (303, "")
            assert again.headers["location"].endswith("/thanks")
    assert place.waiting() == []
    kept = place.read(lambda session: session.query(EndedPage).all())
    assert {one.day for one in kept} == {START.date() + timedelta(days=1)}
    words = {walk[-1]["submission"] for walk in walks}
    assert not any(word in place.dump() for word in words)


def test_nothing_slips_past_the_page_itself(place: OpenScene) -> None:
    page = pages(place)[-1]
    code, given = place.codes["family"], Answers("family", 1, {"why": SECRET})

    def send(session: Session) -> Kept | Refusal:
        day = START.date()
        return take_for_code(session, code, page["submission"], given, "en", {}, day, ZONE)

    def put(state: CampaignState) -> None:
        place.write(lambda session: session.query(Campaign).update({"state": state}) and None)

    assert place.write(send) == Kept(is_new=True, has_new_words=True)
    put(CampaignState.CLOSED)
    pass_night(place, START.date())
    put(CampaignState.LIVE)
    assert place.write(send) == Kept(is_new=False)


def test_a_day_later_it_is_forgotten(place: OpenScene) -> None:
    for _ in range(TOGETHER):
        place.client.post(place.address(), data=pages(place)[-1])
    for days, left in ((0, TOGETHER), (1, 0)):
        pass_night(place, START.date() + timedelta(days=days))
        assert place.read(lambda session: session.query(EndedPage).count()) == left


def pass_night(place: OpenScene, day: date) -> None:
    """What the night after a day does."""

    def go_by(session: Session) -> None:
        for asking in session.query(Campaign):
            rewrite(session, asking.id, day, ZONE)
        sweep_day(session, day, START, ZONE)

    place.write(go_by)


async def test_a_flood_of_stops_fills_no_table(place: OpenScene) -> None:
    shown = Ended(stops_from_a_place=2)
    for word in ("first-word", "second-word", "third-word"):
        shown.note(word, "stopped")
        await shown.write_down(place.house.database, word, START.date(), "203.0.113.9")
        assert shown.of(word) == "stopped"
    assert place.read(lambda session: session.query(EndedPage).count()) == 2


class FullDatabase(Database):
    async def write(self, fn: object, *, urgent: bool = False) -> "object":  # type: ignore[override]
        raise StoreFullError(StoreFullError.__doc__)


def test_stop_works_though_nothing_can_be_written(place: OpenScene) -> None:
    typed = pages(place)[-1]
    full, whole = FullDatabase(place.house.database.url), place.house.database
    place.house.database = full
    try:
        client = another_process(place)
        assert client.post(place.address(), data={**typed, "stop-here": "yes"}).status_code == 303
        assert client.post(place.address(), data=typed).headers["location"].endswith("/stopped")
    finally:
        place.house.database = whole
        full.close_now()
