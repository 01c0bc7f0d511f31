"""What agencies promised is asked of each owner in a section of their own, rated, and counted."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.hearing.actions import ActionStanding, list_actions
from bot.hearing.evidence import dress, find_askable
from messages.launching.audience import Audience
from store.answers import action, action_rating
from store.answers.action_rating import RatingDecision
from store.asking import ask, form
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson
from store.database import Session
from store.people import agency
from store.people.agency import Agency
from store.people.board import Board
from surveys.judging.embedding import embedding_rate
from surveys.judging.rating import NotRated, Rated, rate
from tests import make, make_actions
from tests.bot.web.make_form import names_of
from tests.bot.web.make_house import Scene
from tests.bot.web.test_share import address
from tests.bot.web.test_tasks import fill, send_all

BY = "celia.marsden@west.example.org"
SIX = datetime(2027, 1, 12, 10, 0, tzinfo=make.START.tzinfo)
YEAR = datetime(2027, 7, 13, 10, 0, tzinfo=make.START.tzinfo)


def around(session: Session) -> tuple[Board, Agency, Lesson]:
    """The board, Agency A and the lesson of the scene."""
    where = agency.by_name(session, "Agency A")
    assert where is not None
    return session.query(Board).one(), where, session.query(Lesson).one()


def launch(place: Scene, slug: str, months: int, key: str = "evidence") -> str:
    """Ask Agency A about its actions; gives its path."""

    def write(session: Session) -> None:
        of, where, about = around(session)
        made = make_actions.asked_about(session, of, slug, months, about, place.clock.moment)
        place.asks[f"{key} A"] = make_actions.ask_of(session, made, where).id

    place.write(write)
    return place.link(key)


def stands(place: Scene) -> dict[str, ActionStanding]:
    """How every action stands, by reference."""

    def read(session: Session) -> list[ActionStanding]:
        return list_actions(session, place.board_id, place.clock.moment, make.ZONE)

    return {one.action.reference: one for one in place.read(read)}


def judged(place: Scene, reference: str, rating: int, decision: str, because: str = "") -> Rated | NotRated:
    """Rate one action today."""

    def write(session: Session) -> Rated | NotRated:
        one = action.by_reference(session, place.board_id, reference)
        assert one is not None
        now = place.clock.moment
        chosen = RatingDecision(decision)
        return rate(session, one.id, rating, chosen, because, now, now.date(), BY)

    return place.write(write)


@pytest.fixture
def path(place: Scene) -> str:
    """Where Agency A, with three open actions and one that was closed, is asked after three months."""

    def write(session: Session) -> None:
        of, where, about = around(session)
        for number in (1, 2, 3):
            make_actions.promised(session, of, where, f"WREN-{number}", about)
        shut = make_actions.promised(session, of, where, "WREN-4", about)
        shut.state, shut.closed_on, shut.why = action.ActionState.CLOSED, make_actions.AGREED, "done at once"

    place.write(write)
    return launch(place, "wren-3-months", 3)


def say(place: Scene, path: str, number: int, **answers: str) -> None:
    """Fill in the section of one action."""
    flat: dict[str, Any] = {f"still_true.a{number}": "yes"}
    for name, texts in make_actions.typed(number, **answers).items():
        if "/" in texts[0]:  # a date has three boxes
            flat |= dict(
                zip((f"{name}-day", f"{name}-month", f"{name}-year"), texts[0].split("/"), strict=True)
            )
        else:
            flat[name] = texts
    assert fill(place, path, f"a{number}", **flat) == path


def test_each_open_action_has_a_section_that_shows_what_is_known(place: Scene, path: str) -> None:
    page = place.client.get(path).text
    assert [f"WREN-{number}:" in page for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert "about 45 minutes" in page
    section = place.client.get(f"{path}/sections/a1").text
    for known in (
        "Head of nursing",
        "12 November 2026",
        "Twenty files looked at each quarter",
        "11 (01/06/2026)",
    ):
        assert known in section
    assert "a1_action_owner" not in names_of(section)


def test_an_owner_fills_in_theirs_alone_and_the_representative_sends_the_whole(
    place: Scene, path: str
) -> None:
    wish = {"section": "a2", "name": "Sam Okoro", "email": address(place), "digits": place.digits("evidence")}
    assert place.client.post(f"{path}/share", data=wish).status_code == 303
    theirs = place.link("evidence", "Sam Okoro")
    shown = place.client.get(theirs).text
    assert "WREN-2:" in shown
    assert "WREN-1:" not in shown
    assert place.client.get(f"{theirs}/sections/a1").status_code == 404
    say(place, theirs, 2, status="delayed", delay_reason="No trainer", new_due="1/2/2027")
    say(place, path, 1)
    say(place, path, 3, status="on_track")
    send_all(place, path, "evidence")
    found = stands(place)
    assert {name: str(one.judgement).partition(":")[0] for name, one in found.items()} == {
        "WREN-1": "green",
        "WREN-2": "amber",
        "WREN-3": "green",
        "WREN-4": "grey",
    }
    assert found["WREN-1"].latest == "17 of 20 (01/10/2026)"
    assert found["WREN-2"].reading is not None
    assert found["WREN-2"].reading.new_due == date(2027, 2, 1)


def test_a_correction_is_read_and_nothing_is_kept_twice(place: Scene, path: str) -> None:
    for number in (1, 2, 3):
        say(place, path, number)
    send_all(place, path, "evidence")
    say(place, path, 1, status="not_started", delay_reason="Too soon", new_due="1/2/2027")
    send_all(place, path, "evidence")
    one = stands(place)["WREN-1"]
    assert [check.reading.status for check in one.checks if check.reading] == ["not_started"]
    assert one.latest == ""


def test_rated_closed_reopened_and_asked_again_with_last_times_answers(place: Scene, path: str) -> None:
    for number in (1, 2, 3):
        say(place, path, number)
    send_all(place, path, "evidence")
    refused = judged(place, "WREN-1", 1, "close")
    assert isinstance(refused, NotRated)
    assert "--because" in refused.reason
    assert isinstance(judged(place, "WREN-1", 3, "close"), Rated)
    assert str(stands(place)["WREN-1"].judgement) == "blue: closed, its evidence rated 3"
    assert isinstance(judged(place, "WREN-1", 3, "keep"), NotRated)
    assert isinstance(judged(place, "WREN-2", 2, "close"), Rated)
    assert isinstance(judged(place, "WREN-2", 1, "reopen"), Rated)
    assert isinstance(judged(place, "WREN-3", 0, "close", "the team is no more"), Rated)
    place.clock.moment = SIX
    later = launch(place, "wren-6-months", 6, "later")
    page = place.client.get(later).text
    assert "WREN-1:" not in page
    # One action is left, so that there is no list of sections; what was said of it stands there.
    assert place.client.get(f"{later}/sections/a2").status_code == 404
    kept = place.read(lambda session: form.versions(session, _key(session, place), place.board_id))
    assert [one.version for one in kept] == [1, 2]
    page = place.client.post(later, data={"page": "a2_action_reference", "form-version": _version(page)}).text
    assert "Last time: Complete" in page


def _key(session: Session, place: Scene) -> str:
    return session.get_one(form.FormVersion, ask.version_of(session, place.ask("later"))).key


def _version(page: str) -> str:
    return page.split('name="form-version" value="')[1].split('"')[0]


def test_an_action_without_a_return_at_twelve_months_counts_as_not_embedded(place: Scene, path: str) -> None:
    for number in (1, 2, 3):
        say(place, path, number)
    send_all(place, path, "evidence")
    judged(place, "WREN-1", 3, "close")
    place.clock.moment = YEAR
    late = launch(place, "wren-12-months", 12, "late")
    say(place, late, 2, new_starter="yes", recommend="close")
    found = stands(place)
    today = place.clock.moment.date()
    assert str(found["WREN-3"].judgement) == "red: no evidence at twelve months"
    assert isinstance(judged(place, "WREN-2", 2, "keep"), Rated)
    rated = stands(place)
    assert rated["WREN-2"].ratings[-1].response_id is None
    rate_now = embedding_rate([one.aged for one in rated.values()], 12, today)
    assert (rate_now.numerator, rate_now.denominator) == (2, 4)


def test_dressing_again_changes_nothing_and_an_action_of_nobody_asks_nobody(place: Scene, path: str) -> None:
    def again(session: Session) -> tuple[int, int, int]:
        wanted = session.query(Campaign).filter_by(slug="wren-3-months").one()
        asked = session.get_one(ask.Ask, place.ask("evidence").id)
        asked.state = ask.AskState.PENDING
        session.flush()
        before = session.query(form.FormVersion).count(), session.query(action_rating.ActionAsked).count()
        dress(session, wanted)
        after = session.query(form.FormVersion).count(), session.query(action_rating.ActionAsked).count()
        assert before == after
        return (*after, asked.minutes or 0)

    assert place.write(again)[1:] == (3, 45)

    def nobody(session: Session) -> tuple[Audience | str, Audience | str]:
        of, _, about = around(session)
        return find_askable(session, of.id, about.id), find_askable(session, of.id, None, "Another review")

    asked, none = place.read(nobody)
    assert asked == Audience(agencies=frozenset({"agency a"}))
    assert "no agency has an open action" in str(none)


def test_an_agency_whose_last_action_is_closed_before_the_launch_is_not_asked(
    place: Scene, path: str
) -> None:
    def close_and_dress(session: Session) -> int:
        wanted = session.query(Campaign).filter_by(slug="wren-3-months").one()
        session.get_one(ask.Ask, place.ask("evidence").id).state = ask.AskState.PENDING
        for one in action.open_of(session, place.board_id, lesson_id=wanted.lesson_id):
            one.state = action.ActionState.CLOSED
        session.flush()
        dress(session, wanted)
        return session.query(ask.Ask).filter_by(campaign_id=wanted.id).count()

    assert place.write(close_and_dress) == 0


def test_what_has_come_of_it_is_looked_at_at_its_own_check(place: Scene, path: str) -> None:
    for number in (1, 2, 3):
        say(place, path, number)
    send_all(place, path, "evidence")
    place.clock.moment += timedelta(days=100)
    kept = judged(place, "WREN-2", 0, "keep")
    # Six months have gone by, and nothing has come at that check.
    assert isinstance(kept, Rated)
    assert (kept.rating.months, kept.rating.response_id) == (6, None)
