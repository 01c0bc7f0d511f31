"""What was typed on a page that cannot be kept stands on the page that says so, to be copied."""

from importlib.resources import files

import pytest
from lxml import html

from bot.web.asks.replaced import find_typed
from bot.web.submission import Submission
from store.asking.ask import Ask, AskState
from tests.bot.web.make_form import ask_form, ask_without_names, keep_form, send
from tests.bot.web.make_house import Scene
from tests.bot.web.make_upload import FORM as FILES
from tests.bot.web.test_exchanged import sams, seen_by, shrink, site_of
from tests.bot.web.test_nameless import QUIET
from tests.bot.web.test_tasks import FORM
from tests.bot.web.test_whole_form import LATER, TYPED, exchange, short
from tests.surveys.files import make

__all__ = ["short"]

WORDS = "Three new starters,\nand <one> who left."


def told(page: str) -> dict[str, str]:
    """What a page gives back to be copied: each question with what was typed."""
    rows = html.fromstring(page).xpath("//dl[contains(@class, 'govuk-summary-list')]/div")
    return {row.findtext("dt").strip(): "".join(row.xpath("dd//text()")).strip() for row in rows}


def test_a_page_of_the_short_form_is_given_back_question_by_question(place: Scene, short: str) -> None:
    page = place.client.get(short).text
    exchange(place, whole=True)
    sent = send(place, short, page, {**TYPED, "difference_example": WORDS})
    assert sent.status_code == 409
    shown = told(sent.text)
    assert (shown["Paid staff"], shown["Headcount"], shown["Sector"]) == ("60", "55", "Health")
    assert WORDS in shown.values()
    assert place.client.get(short).status_code == 200


def test_a_section_of_the_whole_form_is_given_back_question_by_question(place: Scene, short: str) -> None:
    exchange(place, whole=True)
    page = place.client.get(f"{short}/sections/agency").text
    exchange(place, whole=False)
    before = place.dump()
    sent = send(place, f"{short}/sections/agency", page, LATER)
    shown = told(sent.text)
    assert (sent.status_code, place.dump()) == (409, before)
    assert {"30 September 2026", "40", "3", "Yes"} <= {*shown.values()}


def test_a_colleague_of_whom_nothing_more_is_needed_gets_back_what_they_typed(
    place: Scene, short: str
) -> None:
    exchange(place, whole=True)
    theirs = sams(place, short)
    page = place.client.get(f"{theirs}/sections/agency").text
    exchange(place, whole=False)
    for path in (theirs, f"{theirs}/sections/agency"):
        assert {"40", "3"} <= {*told(send(place, path, page, LATER).text).values()}
    assert told(place.client.get(theirs).text) == {}


async def test_the_campaigns_own_words_stand_in_the_questions_given_back(place: Scene) -> None:
    asked = {"kind": "long_text", "name": "why", "label": "What does {agency} need?", "max_length": 500}
    sections = [{"name": "all", "title": "All", "questions": [asked]}]
    form = {**FORM, "layout": "pages", "carries": False, "sections": sections}
    path = ask_form(place, keep_form(place, form))
    visit = seen_by(place, path, place.clock.moment)
    found = await find_typed(site_of(place), visit, Submission({"why": [WORDS], "page": ["why"]}))
    assert found == [("What does Agency A need?", WORDS)]


def test_a_file_that_was_chosen_is_named_and_has_to_be_chosen_again(place: Scene) -> None:
    shrink(place)
    small = keep_form(place, {**FORM, "key": "brief"})
    path = ask_form(place, keep_form(place, {**FILES, "key": "shown"}), "tna", small=small)
    exchange(place, whole=True)
    page = place.client.get(path).text
    exchange(place, whole=False)
    assert 'type="file"' in page
    chosen = {"evidence": ("minutes.jpg", make.jpeg())}
    sent = place.client.post(path, data={"form-version": "shown-1", "page": "evidence"}, files=chosen)
    assert sent.status_code == 409
    assert "minutes.jpg (a file: please choose it again)" in told(sent.text).values()


def test_what_is_refused_because_somebody_answered_before_is_given_back(place: Scene) -> None:
    asked = {"kind": "long_text", "name": "why", "label": "Why?"}
    sections = [{"name": "all", "title": "All", "questions": [asked]}]
    path = ask_without_names(place, {**QUIET, "notice": "Please name nobody.", "sections": sections})
    page, digits = place.client.get(path).text, place.digits("quiet")
    place.write(lambda session: session.query(Ask).update({"state": AskState.ANSWERED}))
    sent = send(place, path, page, {"why": WORDS, "digits": digits})
    assert (sent.status_code, told(sent.text)) == (409, {"Why?": WORDS})


@pytest.mark.parametrize("section", ["", "/sections/more"])
def test_what_was_written_while_a_link_lost_its_hold_is_given_back(place: Scene, section: str) -> None:
    asked = {"kind": "long_text", "name": "why", "label": "Why?", "max_length": 500}
    sections = [{"name": "more", "title": "More", "questions": [asked]}]
    layout = {"layout": "tasks" if section else "pages", "carries": False}
    path = ask_form(place, keep_form(place, {**FORM, **layout, "sections": sections}))
    page = place.client.get(f"{path}{section}").text
    place.write(lambda session: session.query(Ask).update({"generation": Ask.generation + 1}))
    before = place.dump()
    sent = send(place, f"{path}{section}", page, {"why": WORDS})
    assert (sent.status_code, place.dump()) == (404, before)
    assert html.fromstring(sent.text).xpath("string(//p[contains(@class, 'written')])") == WORDS
    assert "NOT kept" in sent.text
    assert "NOT kept" not in place.client.get(path).text


@pytest.mark.parametrize("template", [one.name for one in files("bot.web").joinpath("templates").iterdir()])
def test_no_page_sends_anybody_back_to_one_that_no_browser_keeps(template: str) -> None:
    read = files("bot.web").joinpath("templates", template)
    if template.endswith(".html"):
        assert "go back" not in read.read_text("utf-8").lower()


def test_whoever_sent_a_single_number_to_a_dead_link_is_told_that_it_was_not_kept(place: Scene) -> None:
    asked = {"kind": "text", "name": "why", "label": "How many?"}
    sections = [{"name": "more", "title": "More", "questions": [asked]}]
    of = keep_form(place, {**FORM, "layout": "pages", "carries": False, "sections": sections})
    path = ask_form(place, of)
    page = place.client.get(path).text
    place.write(lambda session: session.query(Ask).update({"generation": Ask.generation + 1}))
    assert "What you sent was NOT kept." in send(place, path, page, {"why": "60"}).text
    assert "NOT kept" not in place.client.get(path).text
