"""A long form as a list of sections: several colleagues fill it, one of them sends it."""

from typing import Any

import pytest
from lxml import html

from store.answers.response import Response
from store.asking.ask import AskState
from store.surveying.draft import Draft
from surveys import library
from tests.bot.web.make_form import a_year_on, ask_form, keep_form, names_of, send, typed_on
from tests.bot.web.make_house import Scene

FORM: dict[str, Any] = {
    "key": "yearly",
    "version": 1,
    "title": "Yearly return",
    "purpose": "Tests.",
    "minutes": 5,
    "layout": "tasks",
    "carries": True,
    "notice": "Please name nobody.",
    "sections": [
        {
            "name": "staff",
            "title": "Your staff",
            "questions": [
                {"kind": "integer", "name": "headcount", "label": "How many staff?", "required": True},
                {
                    "kind": "integer",
                    "name": "trained",
                    "label": "How many are trained?",
                    "constraint": ". <= ${headcount}",
                    "constraint_message": "Trained cannot be more than all staff ({headcount})",
                },
            ],
        },
        {
            "name": "courses",
            "title": "Your courses",
            "questions": [
                {
                    "kind": "repeat",
                    "name": "courses",
                    "label": "Courses",
                    "item": "course",
                    "summary": "course_title",
                    "questions": [
                        {"kind": "text", "name": "course_title", "label": "Title", "required": True},
                        {"kind": "yes_no", "name": "reviewed", "label": "Reviewed?"},
                    ],
                }
            ],
        },
        {
            "name": "sign_off",
            "title": "Sign off",
            "questions": [{"kind": "text", "name": "by", "label": "Completed by", "required": True}],
        },
    ],
}


@pytest.fixture
def path(place: Scene) -> str:
    return ask_form(place, keep_form(place, FORM))


def fill(place: Scene, path: str, section: str, **answers: str) -> str:
    """Fill a section page by page with what is known of it; gives where it ends."""
    page = place.client.get(f"{path}/sections/{section}").text
    for _ in range(12):
        known = {name: value for name, value in answers.items() if name in names_of(page)}
        response = send(place, f"{path}/sections/{section}", page, known)
        if response.status_code == 303:
            return str(response.headers["location"])
        assert response.status_code == 200, response.text
        page = response.text
    raise AssertionError(f"{section} asks for ever more")


def fill_all(place: Scene, path: str) -> None:
    assert fill(place, path, "staff", headcount="60", trained="45") == path
    assert fill(place, path, "courses") == path
    assert fill(place, path, "sign_off", by="Rowan A") == path


def send_all(place: Scene, path: str, slug: str = "returns") -> None:
    digits = {"digits": place.digits(slug)}
    response = send(place, f"{path}/check", place.client.get(f"{path}/check").text, digits)
    assert (response.status_code, response.headers.get("location")) == (303, f"{path}/done")


def cells(page: str) -> list[tuple[str, ...]]:
    """The rows of the table of what a page tells of two people's answers: question, theirs, one's own."""
    rows = html.fromstring(page).xpath("//table[contains(@class, 'compared')]/tbody/tr")
    return [(row.findtext("th"), *row.xpath("td/span[@class='written']/text()")) for row in rows]


def drafts(place: Scene) -> dict[str, Draft]:
    return place.read(lambda session: {one.section: one for one in session.query(Draft)})


def test_the_page_of_a_long_form_lists_its_sections_and_how_far_each_is(place: Scene, path: str) -> None:
    assert place.client.get(path).text.count("Not started") == 3
    fill(place, path, "staff", headcount="60")
    text = place.client.get(path).text
    assert text.count("Not started") == 2
    assert "1 of 3 sections is done" in text


def test_every_section_of_the_shipped_training_needs_analysis_opens(place: Scene) -> None:
    path = ask_form(place, "tna")
    sections = library.load("tna").sections
    listed = place.client.get(path).text
    assert sum(section.title in listed for section in sections) >= 7
    for section in sections:
        response = place.client.get(f"{path}/sections/{section.name}")
        if section.title in listed:
            assert (response.status_code, section.title in response.text) == (200, True)
        else:
            assert (response.status_code, response.headers["location"]) == (303, path)


def test_a_section_is_saved_by_itself_and_stands_there_again(place: Scene, path: str) -> None:
    fill(place, path, "staff", headcount="60", trained="45")
    assert typed_on(place.client.get(f"{path}/sections/staff").text)["trained"] == ["45"]
    assert place.read(lambda session: session.query(Response).count()) == 0


def test_colleagues_in_different_sections_do_not_touch_each_others(place: Scene, path: str) -> None:
    deputy = place.link("returns", "Devi A")
    mine = place.client.get(f"{path}/sections/staff").text
    theirs = place.client.get(f"{deputy}/sections/sign_off").text
    assert send(place, f"{path}/sections/staff", mine, {"headcount": "60"}).status_code == 303
    assert send(place, f"{deputy}/sections/sign_off", theirs, {"by": "Devi A"}).status_code == 303
    saved = drafts(place)
    assert saved["staff"].raw["headcount"] == ["60"]
    assert saved["sign_off"].raw == {"by": ["Devi A"]}


def test_colleagues_in_one_section_never_overwrite_each_other_unseen(place: Scene, path: str) -> None:
    deputy = place.link("returns", "Devi A")
    mine = place.client.get(f"{path}/sections/staff").text
    theirs = place.client.get(f"{deputy}/sections/staff").text
    assert send(place, f"{path}/sections/staff", mine, {"headcount": "60"}).status_code == 303
    late = send(place, f"{deputy}/sections/staff", theirs, {"headcount": "70", "trained": "45"})
    assert late.status_code == 409
    assert "NOT saved" in late.text
    assert typed_on(late.text)["headcount"] == ["70"]
    assert cells(late.text) == [("How many staff?", "60", "70"), ("How many are trained?", "no answer", "45")]
    assert "Saved meanwhile by the training representative" in late.text
    assert f'href="{deputy}/sections/staff">leave yours' in late.text
    assert drafts(place)["staff"].raw["headcount"] == ["60"]
    # Having read that, theirs may take its place.
    assert send(place, f"{deputy}/sections/staff", late.text).status_code == 303
    assert drafts(place)["staff"].raw["headcount"] == ["70"]


def test_what_may_be_chosen_is_said_in_a_section_too(place: Scene) -> None:
    asked = {"kind": "file", "name": "proof", "label": "Proof", "most": 1}
    shown = {"name": "shown", "title": "What shows it", "questions": [asked]}
    path = ask_form(place, keep_form(place, {**FORM, "sections": [*FORM["sections"], shown]}))
    assert "Up to 1 file, each of at most 10 MB" in place.client.get(f"{path}/sections/shown").text


def test_what_is_wrong_is_said_and_is_not_saved(place: Scene, path: str) -> None:
    page = place.client.get(f"{path}/sections/staff").text
    response = send(place, f"{path}/sections/staff", page, {"headcount": "60", "trained": "61"})
    assert response.status_code == 422
    assert "Trained cannot be more than all staff (60)" in response.text
    assert drafts(place) == {}


def test_entries_are_added_changed_and_taken_away_by_buttons_alone(place: Scene, path: str) -> None:
    there = f"{path}/sections/courses"
    page = place.client.get(there).text
    for title in ("Induction", "Neglect"):
        page = send(place, there, page, {"act": "add:courses"}).text
        number = "1" if title == "Induction" else "2"
        page = send(place, there, page, {f"courses.{number}.course_title": title}).text
    assert "Induction" in page and "Neglect" in page
    assert drafts(place)["courses"].raw["courses.2.course_title"] == ["Neglect"]
    page = send(place, there, page, {"act": "remove:courses.1"}).text
    assert "Induction" not in page
    assert drafts(place)["courses"].raw["courses.1.course_title"] == ["Neglect"]
    page = send(place, there, page, {"act": "change:courses.1"}).text
    assert typed_on(page)["courses.1.course_title"] == ["Neglect"]


def test_an_unfinished_form_is_not_sent_and_says_what_it_still_needs(place: Scene, path: str) -> None:
    fill(place, path, "staff", headcount="60")
    page = place.client.get(f"{path}/check")
    assert page.status_code == 422
    assert "“Sign off” is not started" in page.text
    fields = {"submission": "x" * 12, "revisions": "staff:1", "digits": place.digits("returns")}
    forced = place.client.post(f"{path}/check", data=fields)
    assert forced.status_code == 422
    assert place.ask("returns").state is AskState.ASKED


def test_the_whole_is_sent_once_from_the_page_that_shows_it(place: Scene, path: str) -> None:
    fill_all(place, path)
    shown = place.client.get(f"{path}/check").text
    assert "How many are trained?" in shown and "45" in shown
    send_all(place, path)
    assert place.ask("returns").state is AskState.ANSWERED
    [given] = place.read(lambda session: session.query(Response).all())
    assert given.answers == {"headcount": 60, "trained": 45, "by": "Rowan A"}
    assert drafts(place) == {}
    again = send(place, f"{path}/check", shown, {"digits": place.digits("returns")})
    assert again.status_code in (303, 409)
    assert place.read(lambda session: session.query(Response).count()) == 1


def test_a_section_changed_after_it_was_looked_at_is_shown_before_it_is_sent(place: Scene, path: str) -> None:
    fill_all(place, path)
    shown = place.client.get(f"{path}/check").text
    fill(place, place.link("returns", "Devi A"), "staff", headcount="70", trained="45")
    response = send(place, f"{path}/check", shown, {"digits": place.digits("returns")})
    assert response.status_code == 409
    assert "NOT sent" in response.text and "70" in response.text
    assert place.ask("returns").state is AskState.ASKED


def test_what_was_sent_can_be_corrected_section_by_section(place: Scene, path: str) -> None:
    fill_all(place, path)
    send_all(place, path)
    fill(place, path, "staff", headcount="61", trained="45")
    send_all(place, path)
    given = place.read(lambda session: session.query(Response).filter_by(superseded_by=None).one())
    assert given.answers == {"headcount": 61, "trained": 45, "by": "Rowan A"}


def test_last_years_answers_wait_to_be_confirmed_or_changed(place: Scene, path: str) -> None:
    fill_all(place, path)
    send_all(place, path)
    a_year_on(place)
    later = ask_form(place, "yearly", "next")
    assert "please confirm" in place.client.get(later).text
    page = place.client.get(f"{later}/sections/staff").text
    assert typed_on(page)["headcount"] == ["60"]
    assert "Last time: 60" in page
    unticked = send(place, f"{later}/sections/staff", page, {"trained": "50"})
    assert unticked.status_code == 422
    assert "still true" in unticked.text
    ticked = {"still_true.staff": "yes"}
    assert send(place, f"{later}/sections/staff", unticked.text, ticked).status_code == 303
    fill(place, later, "sign_off", by="Devi A")
    send_all(place, later, "next")
    changed = place.client.get(f"{later}/done").text
    assert "What changed since last time" in changed
    assert "45" in changed and "50" in changed and "Devi A" in changed


def test_a_section_that_is_not_there_cannot_be_opened(place: Scene, path: str) -> None:
    assert place.client.get(f"{path}/sections/nonsense").status_code == 404
    assert place.client.post(f"{path}/sections/nonsense", data={"page": "x"}).status_code == 404
    assert place.client.get(f"{place.link()}/sections/staff").status_code == 404


def test_a_program_that_presses_send_on_a_filled_form_sends_nothing(place: Scene, path: str) -> None:
    fill_all(place, path)
    response = send(place, f"{path}/check", place.client.get(f"{path}/check").text)
    assert response.status_code == 422
    assert "two digits" in response.text
    assert place.ask("returns").state is AskState.ASKED


def test_what_is_in_other_sections_does_not_travel_with_a_page(place: Scene, path: str) -> None:
    fill(place, path, "staff", headcount="60", trained="45")
    page = place.client.get(f"{path}/sections/sign_off").text
    assert "headcount" not in names_of(page)
    astray = send(place, f"{path}/sections/sign_off", page, {"by": "Rowan A", "back": "headcount"})
    assert "headcount" not in names_of(astray.text)
    whole = place.client.post(path, data={"page": "headcount", "headcount": "1"})
    assert whole.status_code == 400
