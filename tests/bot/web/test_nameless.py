"""Answers without a name, and under a code, on the pages of an ask."""

import json
from typing import Any

import pytest

from store.answers.inbound import Inbound
from store.answers.response import Response
from store.asking.ask import Ask, AskState
from store.asking.campaign import Step
from store.base import Row
from store.database import Session
from store.surveying.anonymous import AnonymousAnswer
from store.surveying.box import WaitingAnswer
from store.surveying.draft import Draft
from tests.bot.web.make_form import ask_form, ask_without_names, keep_form, send, typed_on
from tests.bot.web.make_house import Scene
from tests.make import START

QUIET: dict[str, Any] = {
    "key": "quiet",
    "version": 1,
    "title": "Two questions",
    "purpose": "Tests.",
    "minutes": 1,
    "privacy": "anonymous",
    "consent": "It is your choice.",
    "sections": [
        {
            "name": "first",
            "title": "First",
            "questions": [{"kind": "yes_no", "name": "heard", "label": "Had you heard of it?"}],
        },
        {
            "name": "second",
            "title": "Second",
            "questions": [{"kind": "scale", "name": "sure", "label": "How sure are you?"}],
        },
    ],
}
CODED = QUIET | {"key": "coded", "privacy": "coded"}


@pytest.fixture
def path(place: Scene) -> str:
    return ask_without_names(place, QUIET)


def answer(place: Scene, path: str, slug: str = "quiet", **given: str) -> Any:
    """Go through both pages; gives the last response."""
    second = send(place, path, place.client.get(path).text, {"heard": given.get("heard", "yes")}).text
    digits = given.get("digits", place.digits(slug))
    return send(place, path, second, {"sure": given.get("sure", "4"), "digits": digits})


def count(place: Scene, kind: type[Row]) -> int:
    return place.read(lambda session: session.query(kind).count())


def test_an_answer_without_a_name_leaves_nothing_that_holds_both(place: Scene, path: str) -> None:
    response = answer(place, path)
    assert (response.status_code, response.headers["location"]) == (303, f"{path}/done")
    assert place.ask("quiet").state is AskState.ANSWERED
    assert (count(place, Response), count(place, Inbound), count(place, Draft)) == (0, 0, 0)
    [waiting] = place.read(lambda session: session.query(WaitingAnswer).all())
    assert waiting.answers == {"heard": "yes", "sure": 4}
    asked, token = place.ask("quiet"), path.removeprefix("/a/")
    told = " ".join(str(value) for value in vars(waiting).values())
    assert str(asked.id) not in told and str(asked.person_id or asked.seat_id) not in told
    assert token not in place.dump()


def test_what_is_typed_travels_with_the_page_and_is_nowhere_kept_before_it_is_sent(
    place: Scene, path: str
) -> None:
    before = place.dump()
    second = send(place, path, place.client.get(path).text, {"heard": "yes"}).text
    assert typed_on(second)["heard"] == ["yes"]
    assert "stay on this page until you press Send" in place.client.get(path).text
    assert place.dump() == before


def test_once_sent_no_page_shows_the_answer_again(place: Scene, path: str) -> None:
    answer(place, path)
    shown = place.client.get(path, follow_redirects=True)
    assert shown.status_code == 200
    assert "without your name" in shown.text
    assert "Had you heard" not in shown.text


def test_a_program_that_sends_what_it_finds_has_answered_nothing(place: Scene, path: str) -> None:
    assert answer(place, path, digits="").status_code == 422
    assert place.ask("quiet").state is AskState.ASKED
    assert count(place, WaitingAnswer) == 0


def test_until_the_night_the_same_page_may_send_again_and_counts_once(place: Scene, path: str) -> None:
    second = send(place, path, place.client.get(path).text, {"heard": "yes"}).text
    for sure in ("4", "2"):
        given = {"sure": sure, "digits": place.digits("quiet")}
        assert send(place, path, second, given).status_code == 303
    [waiting] = place.read(lambda session: session.query(WaitingAnswer).all())
    assert waiting.answers["sure"] == 2
    assert count(place, AnonymousAnswer) == 0


def test_answers_under_a_code_are_kept_without_an_author_and_keep_a_draft(place: Scene) -> None:
    path = ask_form(place, keep_form(place, CODED), "coded")
    send(place, path, place.client.get(path).text, {"heard": "yes"})
    assert count(place, Draft) == 1
    back = place.client.get(path).text
    assert typed_on(back)["heard"] == ["yes"], "it goes on where it was left"
    assert send(place, path, back, {"sure": "3", "digits": place.digits("coded")}).status_code == 303
    [given] = place.read(lambda session: session.query(Response).all())
    assert given.author_id is None
    assert count(place, Draft) == 0
    assert "booking" in place.client.get(path).text


def test_a_draft_that_is_whole_already_is_not_sent_by_a_program(place: Scene) -> None:
    made = json.loads(json.dumps(CODED)) | {"key": "filled"}
    made["sections"][0]["questions"][0]["required"] = True
    path = ask_form(place, keep_form(place, made), "filled")
    send(place, path, place.client.get(path).text, {"heard": "yes"})
    resumed = place.client.get(path).text
    assert send(place, path, resumed).status_code == 422
    assert place.ask("filled").state is AskState.ASKED
    assert send(place, path, resumed, {"digits": place.digits("filled")}).status_code == 303


def tell_whole(place: Scene, state: AskState) -> None:
    """A night told of all answers; somebody had not answered by then."""

    def write(session: Session) -> None:
        asked = session.get_one(Ask, place.ask("quiet").id)
        asked.state = state
        session.get_one(Step, asked.step_id).told_whole_on = START.date()

    place.write(write)


@pytest.mark.parametrize("state", [AskState.LAPSED, AskState.DECLINED])
def test_once_all_is_told_nobody_is_asked_to_type_what_cannot_be_kept(
    place: Scene, path: str, state: AskState
) -> None:
    begun = place.client.get(path).text
    tell_whole(place, state)
    shown = place.client.get(path)
    assert (shown.status_code, "<form" in shown.text) == (200, False)
    assert "This survey has ended" in shown.text
    assert "still welcome" not in shown.text and "can still answer" not in shown.text
    sent = send(place, path, begun, {"heard": "yes"})
    assert (sent.status_code, "What you sent was NOT kept" in sent.text) == (409, True)
    assert count(place, WaitingAnswer) == 0


def test_what_was_written_by_then_can_be_copied(place: Scene) -> None:
    worded = json.loads(json.dumps(QUIET)) | {"notice": "Please name nobody."}
    worded["sections"][0]["questions"].append({"kind": "long_text", "name": "why", "label": "Why?"})
    path = ask_without_names(place, worded)
    begun = place.client.get(path).text
    tell_whole(place, AskState.LAPSED)
    assert "More time to talk" in send(place, path, begun, {"why": "More time to talk"}).text


def test_before_that_a_late_answer_is_welcome(place: Scene, path: str) -> None:
    place.write(lambda session: session.query(Ask).update({"state": AskState.LAPSED}))
    assert "your answer is still welcome" in place.client.get(path).text
    assert answer(place, path).status_code == 303
