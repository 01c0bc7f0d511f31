"""What the board knows stands on the page, and an action's answers come back for that action alone."""

import re

from store.answers import inbound, response
from store.answers.inbound import Source
from store.answers.response import Response
from store.asking import form
from store.asking.ask import Ask
from store.asking.campaign import Step
from store.asking.lesson import Lesson
from store.base import ordered_id
from store.database import Session
from store.people import board
from surveys import library
from tests import make
from tests.bot.web.make_form import a_year_on, ask_form, keep_form, names_of, send
from tests.bot.web.make_house import Scene

ACTION = {
    "action_text": "Call the family before closing",
    "action_owner": "Head of access",
    "action_due": "2026-09-30",
    "action_measure": "Calls made, in a dip sample",
}
STATUS = {"status": "not_needed"}


def ask_about(place: Scene, reference: str, slug: str, **more: str) -> str:
    return ask_form(place, "action_evidence", slug, action_reference=reference, **{**ACTION, **more})


def answer(place: Scene, path: str, why: str, months: str = "") -> None:
    given = {"months": months} if months else {}
    page = place.client.get(path).text
    for typed in (given, STATUS, {"not_needed_reason": why}):
        page = send(place, path, page, {**typed, **ticks(page)}).text
    assert not page, page


def ticks(page: str) -> dict[str, str]:
    return {name: "yes" for name in names_of(page) if name.startswith("still_true.") and "_" in name}


def kept(place: Scene, slug: str) -> dict[str, object]:
    found = place.read(lambda session: response.current(session, place.asks[f"{slug} A"]))
    assert found is not None
    return found.answers


def test_what_the_board_knows_of_an_action_is_shown_and_not_asked(place: Scene) -> None:
    path = ask_about(place, "A-12", "action", months="3")
    page = place.client.get(path).text
    assert "A-12" in page and "Call the family before closing" in page and "30 September 2026" in page
    assert not names_of(page) & {"action_reference", "action_text", "action_due-day", "months"}
    answer(place, path, "The service has closed")
    assert kept(place, "action") | {"action_reference": "A-12", "months": "3"} == kept(place, "action")


def test_what_the_board_did_not_say_of_an_action_is_asked(place: Scene) -> None:
    path = ask_about(place, "A-12", "action")
    assert "months" in names_of(place.client.get(path).text)


def test_answers_about_an_action_come_back_for_that_action(place: Scene) -> None:
    answer(place, ask_about(place, "A-12", "first", months="3"), "The service has closed")
    a_year_on(place)
    again = ask_about(place, "a-12 ", "second", months="12")
    later = send(place, again, place.client.get(again).text).text
    assert "Last time: No longer needed" in later


def test_answers_about_one_action_are_never_the_start_for_another(place: Scene) -> None:
    answer(place, ask_about(place, "A-12", "first", months="3"), "The service has closed")
    a_year_on(place)
    other = ask_about(place, "A-13", "second", months="3")
    later = send(place, other, place.client.get(other).text).text
    assert "How far is the action?" in later
    assert "Last time" not in later


def test_answers_about_an_action_that_nobody_named_are_not_carried(place: Scene) -> None:
    answer(place, ask_about(place, "A-12", "first", months="3"), "The service has closed")
    a_year_on(place)
    unnamed = ask_form(place, "action_evidence", "second")
    assert "Last time" not in place.client.get(unnamed).text
    assert "The service has closed" not in place.client.get(unnamed).text


def test_what_is_about_nothing_named_is_carried_for_nothing_named(place: Scene) -> None:
    plain = {"kind": "text", "name": "reference", "label": "Reference", "given": True}
    said = {"kind": "text", "name": "said", "label": "What was done?", "required": True}
    section = {"name": "main", "title": "Main", "questions": [plain, said]}
    body = {"key": "own", "version": 1, "title": "Own", "purpose": "Tests.", "minutes": 1, "carries": True}
    keep_form(place, {**body, "carries_by": "reference", "notice": "No names.", "sections": [section]})
    path = ask_form(place, "own", "first")
    assert send(place, path, place.client.get(path).text, {"said": "A call"}).status_code == 303
    a_year_on(place)
    assert "A call" not in place.client.get(ask_form(place, "own", "second")).text


def test_a_course_names_the_lessons_that_the_board_has_sent(place: Scene) -> None:
    def draft(session: Session) -> None:
        of = board.every(session)[0]
        waiting = Lesson(board_id=of.id, code="LSN-002", title="Not sent", kind="LLLR", message="x", body="x")
        session.add(waiting)

    place.write(draft)
    path = ask_form(place, "tna")
    page = place.client.get(f"{path}/sections/courses").text
    added = send(place, f"{path}/sections/courses", page, {"act": "add:courses"}).text
    offered = re.findall(r'name="courses\.1\.course_lessons"[^>]* value="([^"]+)"', added)
    assert offered == ["Wren", "other", "own", "none"]


def test_assurance_offers_the_courses_of_the_agencys_last_training_needs_analysis(place: Scene) -> None:
    def told(session: Session) -> None:
        of = session.get_one(Ask, place.asks["tna A"])
        version = session.get_one(Step, of.step_id).form_version_id
        came, _ = inbound.keep(session, Source.PAPER, "one", b"", make.START, of.id)
        titles = {"1": {"course_title": "Basics"}, "2": {"course_title": "Neglect"}}
        response.replace(
            session,
            Response(
                id=ordered_id(),
                board_id=of.board_id,
                ask_id=of.id,
                form_version_id=version,
                inbound_id=came.id,
                answers={"courses": titles, "course_list": "Basics; Neglect"},
                at=make.START,
            ),
        )

    ask_form(place, "tna", "tna")
    place.write(told)
    a_year_on(place)
    path = ask_form(place, "assurance", "update", lesson="Wren", change="law", evidence_requested="yes")
    page = place.client.get(path).text
    assert "Law or national guidance" in page and "Evidence asked for this time:" in page
    assert not names_of(page) & {"change", "evidence_requested"}
    page = send(place, path, page, {"affected": "yes"}).text
    assert re.findall(r'name="courses"[^>]* value="([^"]+)"', page) == ["Basics", "Neglect", "other"]


def test_a_change_that_a_lesson_brings_is_not_asked_for(place: Scene) -> None:
    def swap(session: Session) -> None:
        asked = session.get_one(Ask, place.asks["acknowledge A"])
        shipped = library.load("assurance")
        kept = form.keep(session, shipped.key, shipped.version, dict(shipped.to_json()))
        session.get_one(Step, asked.step_id).form_version_id = kept.id

    place.write(swap)
    page = place.client.get(place.link()).text
    assert "This is about: Wren." in page
    assert "A lesson" in page and "change" not in names_of(page)
