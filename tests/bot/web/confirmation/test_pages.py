"""A manager says what they have seen by a link that was passed on: once, without a login or a name."""

from datetime import timedelta

import pytest

from messages.proof.links import Purpose, sign_link
from store.asking.ask import Ask
from store.asking.campaign import Campaign, CampaignState, Step
from store.database import Session
from store.people.booking import Booking
from surveys.answering.confirming import LAST_DAYS
from tests.bot.test_training import LATER, answer, course, link
from tests.bot.web.confirmation.make_course import (
    YES,
    answered,
    asked_of,
    confirmations,
    letter_of,
    passed_on,
    say,
)
from tests.bot.web.make_house import HOST, Scene
from tests.bot.web.make_page import read_page

__all__ = ["course"]

PEOPLE = ("Jo", "Ash", "jo.ash", "Kim", "Birch", "Agency A")


def test_who_agrees_is_shown_a_link_to_copy_and_a_letter_with_the_link_alone(course: Scene) -> None:
    page = answered(course)
    path = passed_on(page)
    assert path.startswith("/c/")
    own = link(course, "course-5").rpartition("/")[2]
    assert own not in path
    letter = letter_of(page)
    assert letter["to"] == [""]
    assert letter["subject"] == ["Two short questions"]
    [body] = letter["body"]
    assert [word for word in body.split() if "/" in word] == [HOST + path]
    told = f"{letter['subject']} {body.replace(HOST + path, '')}"
    assert not any(word in told for word in (*PEOPLE, "Neglect", "course"))


@pytest.mark.parametrize("wish", ["no", ""])
def test_who_does_not_agree_is_shown_none(course: Scene, wish: str) -> None:
    assert passed_on(answered(course, wish=wish)) == ""


def test_the_same_link_is_there_whenever_the_page_is_opened_again(course: Scene) -> None:
    first = passed_on(answered(course))
    address = link(course, "course-5")
    assert f"{address}/done#manager" in course.client.get(address).text
    assert passed_on(course.client.get(f"{address}/done").text) == first


def test_the_manager_reads_the_consent_and_the_course_and_nobodys_name(course: Scene) -> None:
    page = course.client.get(passed_on(answered(course)))
    assert page.status_code == 200
    assert "A worker you manage passed you this link." in page.text
    assert "Neglect: seeing and acting" in page.text
    assert not any(word in page.text for word in PEOPLE)
    title = page.text.partition("</title>")[0]
    assert "Neglect" not in title


def test_a_managers_answer_is_kept_under_the_booking_and_without_a_name(course: Scene) -> None:
    path = passed_on(answered(course))
    assert say(course, path) == 303
    [kept] = confirmations(course)
    assert kept.answers == {"change_seen": "clear", "change_shown": ["audit"]}
    assert kept.day == LATER.date()
    place = course.read(lambda session: session.get_one(Booking, kept.booking_id))
    assert place.person_id == asked_of(course).person_id
    columns = {column.name for column in kept.__table__.columns}
    assert columns == {"id", "booking_id", "step_id", "form_version_id", "answers", "day"}


def test_it_is_answered_once_and_thanks_without_showing_what_was_said(course: Scene) -> None:
    path = passed_on(answered(course))
    say(course, path)
    assert course.client.get(path).headers["location"] == f"{path}/thanks"
    again = course.client.get(f"{path}/thanks")
    assert "Thank you" in again.text
    assert not {"change_seen", "a clear change"} & set(again.text.split('"'))
    second = course.client.post(path, data={"page": "change_seen", "change_seen": "none"})
    assert (second.status_code, second.headers["location"]) == (303, f"{path}/thanks")
    assert course.client.post(path, data={"page": "change_seen"}).status_code == 303
    [kept] = confirmations(course)
    assert kept.answers["change_seen"] == "clear"


def test_nobody_is_thanked_before_the_answer(course: Scene) -> None:
    path = passed_on(answered(course))
    assert course.client.get(f"{path}/thanks").headers["location"] == path


def test_two_presses_are_one_answer(course: Scene) -> None:
    path = passed_on(answered(course))
    page = {"page": "change_seen", "change_seen": "none"}
    assert [course.client.post(path, data=page).status_code for _ in range(2)] == [303, 303]
    assert len(confirmations(course)) == 1


def test_looking_keeps_nothing_and_an_empty_page_is_no_answer(course: Scene) -> None:
    path = passed_on(answered(course))
    before = course.dump()
    course.client.get(path)
    course.client.head(path)
    empty = course.client.post(path, data={"page": "change_seen"})
    assert empty.status_code == 422
    assert "#change_seen" in read_page(empty.text).links
    assert course.dump() == before


def test_what_shows_a_change_is_asked_only_where_one_was_seen(course: Scene) -> None:
    path = passed_on(answered(course))
    first = course.client.get(path).text
    assert "change_shown" not in first
    page = course.client.post(path, data={"page": "change_seen", "change_seen": "some"})
    assert "What shows it?" in page.text
    back = course.client.post(path, data=read_page(page.text).fields | {"back": "change_seen"})
    assert "change_shown" not in back.text
    assert confirmations(course) == []


def test_each_booking_has_a_link_of_its_own(course: Scene) -> None:
    jo = passed_on(answered(course))
    kim = passed_on(answered(course, "course-6", "Kim Birch"))
    assert jo != kim
    assert [say(course, path, "none") for path in (jo, kim)] == [303, 303]
    assert len({one.booking_id for one in confirmations(course)}) == 2


def test_the_link_opens_nothing_of_the_worker(course: Scene) -> None:
    token = passed_on(answered(course)).rpartition("/")[2]
    for way in (f"/a/{token}", f"/a/{token}/done", f"/u/{token}"):
        assert course.client.get(way).status_code == 404


def closed(place: Scene, path: str) -> bool:
    """Whether a link neither shows its questions nor takes an answer."""
    shown = place.client.get(path)
    sent = place.client.post(path, data={"page": "change_seen", "change_seen": "none"})
    assert (shown.status_code == 404) == (sent.status_code == 404)
    return shown.status_code == 404 and not confirmations(place)


def test_it_closes_fifteen_working_days_after_the_answer(course: Scene) -> None:
    page = answered(course)
    path = passed_on(page)
    assert "until Wednesday 10 February 2027" in page
    course.clock.moment = LATER + timedelta(days=21)
    assert course.client.get(path).status_code == 200
    course.clock.moment = LATER + timedelta(days=22)
    assert closed(course, path)
    assert passed_on(course.client.get(f"{link(course, 'course-5')}/done").text) == ""


@pytest.mark.parametrize("state", [CampaignState.CLOSED, CampaignState.WITHDRAWN])
def test_it_closes_with_its_campaign(course: Scene, state: CampaignState) -> None:
    path = passed_on(answered(course))

    def end(session: Session) -> None:
        session.query(Campaign).one().state = state

    course.write(end)
    assert closed(course, path)


def test_it_is_closed_by_the_day_on_which_all_answers_are_told(course: Scene) -> None:
    path = passed_on(answered(course))

    def end(days: int) -> None:
        def write(session: Session) -> None:
            step = session.get_one(Step, asked_of(course).step_id)
            step.told_whole_on = LATER.date() - timedelta(days=days)

        course.write(write)

    end(LAST_DAYS)
    assert course.client.get(path).status_code == 200
    end(LAST_DAYS + 1)
    assert closed(course, path)


def test_who_passed_it_on_sees_that_it_was_answered_and_the_manager_is_told_so_before(course: Scene) -> None:
    page = answered(course)
    path = passed_on(page)
    assert "Once they have answered, this page tells you so, and never what they said." in page
    assert "Whoever passed it on to you can see that it was answered" in course.client.get(path).text
    say(course, path)
    done = course.client.get(f"{link(course, 'course-5')}/done").text
    assert "Your manager has answered the two questions" in done
    assert passed_on(done) == ""
    assert path not in done
    course.clock.moment = LATER + timedelta(days=22)
    assert "Your manager has answered" in course.client.get(f"{link(course, 'course-5')}/done").text


def test_who_answers_after_the_last_day_for_managers_is_told_why_there_is_no_link(course: Scene) -> None:
    answered(course)

    def end(session: Session) -> None:
        step = session.get_one(Step, asked_of(course).step_id)
        step.told_whole_on = LATER.date() - timedelta(days=LAST_DAYS + 1)

    course.write(end)
    late = answered(course, "course-6", "Kim Birch")
    assert passed_on(late) == ""
    assert "Managers are not asked about this course any more" in late
    assert "Managers are not asked" not in answered(course, "course-6", "Kim Birch", wish="no")


def test_who_changes_their_mind_closes_it(course: Scene) -> None:
    path = passed_on(answered(course))
    answer(course, "course-5", YES | {"manager_link": "no"})
    assert closed(course, path)


def test_links_that_were_revoked_open_nothing(course: Scene) -> None:
    path = passed_on(answered(course))

    def revoke(session: Session) -> None:
        session.get_one(Ask, asked_of(course).id).generation += 1

    course.write(revoke)
    assert closed(course, path)


def test_a_link_made_of_other_parts_opens_nothing(course: Scene) -> None:
    path = passed_on(answered(course))
    answered(course, "course-6", "Kim Birch")
    asked, other = asked_of(course), asked_of(course, "course-6")
    places = course.read(lambda session: {one.person_id: one.id for one in session.query(Booking)})
    assert asked.person_id is not None
    assert other.person_id is not None
    keyring = course.house.identity.keyring
    wrong = [
        sign_link(keyring, asked.id, places[other.person_id], Purpose.CONFIRM, asked.generation),
        sign_link(keyring, asked.id, asked.person_id, Purpose.CONFIRM, asked.generation),
        sign_link(keyring, asked.id, places[asked.person_id], Purpose.ANSWER, asked.generation),
        path.rpartition("/")[2][::-1],
    ]
    assert all(closed(course, f"/c/{token}") for token in wrong)


def test_a_page_of_nobodys_making_is_told_so(course: Scene) -> None:
    path = passed_on(answered(course))
    assert course.client.post(path, data={"change_seen": "none"}).status_code == 400
