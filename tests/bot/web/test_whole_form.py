"""Who has the short form and fifty staff or more opens the whole one, and loses nothing typed."""

from collections.abc import Mapping
from typing import Any

import pytest

from store.asking.ask import Ask
from store.database import Session
from store.decision import Decision
from store.people.agency import Agency
from store.people.person import Person
from store.surveying.draft import Draft
from surveys.answering.exchange import Exchanged, exchange_form
from surveys.answering.intake import form_of
from tests import make
from tests.bot.web.forms.make_walks import PHONE
from tests.bot.web.forms.measures import measure, scan
from tests.bot.web.make_browser import browsing, needs_axe, served
from tests.bot.web.make_form import ask_form, send, typed_on
from tests.bot.web.make_house import Scene

OFFER = "We have fifty staff or more: open the whole form"
TYPED = {"paid_staff": "60", "sector": "health", "headcount": "55", "rag": "green"}

#: The first section of the whole form, filled in.
LATER = {
    "as_at-day": "30",
    "as_at-month": "9",
    "as_at-year": "2026",
    "source": "spreadsheet",
    "paid_staff": "40",
    "volunteers": "3",
    "contact_all": "yes",
}


@pytest.fixture
def short(place: Scene) -> str:
    """The path of an agency that is asked the short analysis."""

    def shrink(session: Session) -> None:
        session.query(Agency).filter_by(name="Agency A").one().staff = 12

    place.write(shrink)
    return ask_form(place, "tna", "tna", small="tna_short")


def form_now(place: Scene) -> str:
    return place.read(lambda session: form_of(session, session.get_one(Ask, place.asks["tna A"])).key)


def drafts(place: Scene) -> dict[str, Mapping[str, Any]]:
    def read(session: Session) -> dict[str, Mapping[str, Any]]:
        kept = session.query(Draft).filter_by(ask_id=place.asks["tna A"])
        return {one.section: one.raw for one in kept}

    return place.read(read)


def leave(place: Scene, path: str, **typed: str) -> str:
    """Press the button of the short form; gives where it leads."""
    sent = send(place, path, place.client.get(path).text, {**typed, "act": "whole-form"})
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


def exchange(place: Scene, *, whole: bool) -> None:
    """Put the other form in the place of the one that is asked, as a coordinator does."""
    asked, by = place.asks["tna A"], "morgan.ellery@west.example.org"
    done = place.write(lambda session: exchange_form(session, asked, "x", by, make.START, whole=whole))
    assert isinstance(done, Exchanged)


def open_whole(place: Scene, path: str) -> Any:
    return place.client.post(f"{path}/whole-form", data={"digits": place.digits("tna")})


def test_the_short_form_offers_the_whole_one_and_the_whole_one_offers_nothing(
    place: Scene, short: str
) -> None:
    assert OFFER in place.client.get(short).text
    assert OFFER not in place.client.get(place.link("tna", "Rowan B", "B")).text


def test_what_was_typed_is_saved_before_anything_changes(place: Scene, short: str) -> None:
    assert leave(place, short, **TYPED) == f"{short}/whole-form"
    assert form_now(place) == "tna_short"
    page = place.client.get(f"{short}/whole-form").text
    assert "Paid staff" in page.partition("has to be filled in again")[0]
    assert "Headcount" in page.partition("has to be filled in again")[2]
    back = typed_on(place.client.get(short).text)
    assert {name: back[name] for name in TYPED} == {name: [text] for name, text in TYPED.items()}


def test_the_whole_form_opens_with_what_both_ask(place: Scene, short: str) -> None:
    leave(place, short, **TYPED)
    sent = open_whole(place, short)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{short}/whole-form/done")
    done = place.client.get(f"{short}/whole-form/done").text
    assert "The whole form is open" in done
    assert "Headcount" in done
    assert form_now(place) == "tna"
    assert place.read(lambda session: session.get_one(Ask, place.asks["tna A"]).minutes) is None
    section = typed_on(place.client.get(f"{short}/sections/agency").text)
    assert (section["paid_staff"], section["sector"]) == (["60"], ["health"])
    assert typed_on(place.client.get(f"{short}/sections/difference").text)["rag"] == ["green"]
    assert "about 40 minutes" in place.client.get(short).text


def test_only_the_digits_of_the_letter_open_it(place: Scene, short: str) -> None:
    leave(place, short, **TYPED)
    before = place.dump()
    for digits in ("", "x"):
        refused = place.client.post(f"{short}/whole-form", data={"digits": digits})
        assert refused.status_code == 422
    place.client.get(f"{short}/whole-form")
    assert place.dump() == before


def test_two_presses_are_one_change_with_its_reason(place: Scene, short: str) -> None:
    assert [open_whole(place, short).status_code for _ in range(2)] == [303, 303]
    made = place.read(lambda session: session.query(Decision).filter_by(what="whole form").all())
    assert [(one.reason, one.by) for one in made] == [
        ("they say that they have fifty staff or more; the directory says 12", "the representative")
    ]


def test_what_had_no_place_is_there_again_with_the_short_form(place: Scene, short: str) -> None:
    leave(place, short, **TYPED)
    open_whole(place, short)
    section = place.client.get(f"{short}/sections/agency").text
    sent = send(place, f"{short}/sections/agency", section, LATER)
    assert sent.status_code == 303

    def back(session: Session) -> None:
        asked, by = place.asks["tna A"], "morgan.ellery@west.example.org"
        exchange_form(session, asked, "a slip", by, make.START, whole=False)

    place.write(back)
    fields = typed_on(place.client.get(short).text)
    assert (fields["headcount"], fields["sector"]) == (["55"], ["health"])
    assert drafts(place)[""]["page"]
    # What was typed later counts.
    assert (fields["paid_staff"], fields["volunteers"]) == (["40"], ["3"])


def test_what_was_cleared_in_the_short_form_does_not_come_back_with_the_whole_one(
    place: Scene, short: str
) -> None:
    leave(place, short, **TYPED)
    open_whole(place, short)
    exchange(place, whole=False)
    assert leave(place, short, sector="", headcount="") == f"{short}/whole-form"
    open_whole(place, short)
    section = typed_on(place.client.get(f"{short}/sections/agency").text)
    assert (section["paid_staff"], section.get("sector", [""])) == (["60"], [""])
    exchange(place, whole=False)
    assert typed_on(place.client.get(short).text)["headcount"] == [""]


def test_the_words_stay_those_of_whoever_typed_them(place: Scene, short: str) -> None:
    leave(place, short, **TYPED)

    def change(session: Session) -> None:
        asked, by = place.asks["tna A"], "morgan.ellery@west.example.org"
        exchange_form(session, asked, "they rang", by, make.START, whole=True)

    place.write(change)

    def savers(session: Session) -> set[str]:
        return {session.get_one(Person, one.saved_by).name for one in session.query(Draft)}

    assert place.read(savers) == {"Rowan A"}


def test_nothing_is_exchanged_once_it_is_answered(place: Scene, short: str) -> None:
    def close(session: Session) -> str:
        asked = session.get_one(Ask, place.asks["tna A"])
        asked.state = type(asked.state).ANSWERED
        done = exchange_form(session, asked.id, "late", "morgan", make.START, whole=True)
        return getattr(done, "reason", "")

    assert "answered already" in place.write(close)
    assert form_now(place) == "tna_short"


def test_where_all_get_one_form_there_is_nothing_to_exchange(place: Scene) -> None:
    path = place.link()
    assert OFFER not in place.client.get(path).text
    assert place.client.get(f"{path}/whole-form").headers["location"] == path

    def change(session: Session) -> str:
        done = exchange_form(session, place.ask().id, "why not", "morgan", make.START, whole=True)
        return getattr(done, "reason", "")

    assert "there is no short one" in place.write(change)


def test_a_page_that_was_open_in_the_meantime_is_refused_in_plain_words(place: Scene, short: str) -> None:
    page = place.client.get(short).text
    open_whole(place, short)
    before = place.dump()
    sent = send(place, short, page, TYPED)
    assert sent.status_code == 409
    assert "this page was NOT kept" in sent.text
    section = place.client.get(f"{short}/sections/agency").text

    def back(session: Session) -> None:
        asked = place.asks["tna A"]
        exchange_form(session, asked, "a slip", "morgan", make.START, whole=False)

    assert place.dump() == before
    place.write(back)
    assert send(place, f"{short}/sections/agency", section, LATER).status_code == 409
    assert drafts(place) == {}


@needs_axe
@pytest.mark.drill
async def test_the_way_to_the_whole_form_is_gone_by_keyboard_without_scripts(
    place: Scene, short: str
) -> None:
    wrong = []
    with served(place) as host:
        async with browsing() as browser:
            page = await PHONE.open(browser)
            await page.goto(host + short)
            for button in (OFFER, "Open the whole form"):
                if await page.locator("#digits").count():
                    await page.focus("#digits")
                    await page.keyboard.type(place.digits("tna"))
                await page.get_by_role("button", name=button).focus()
                async with page.expect_navigation():
                    await page.keyboard.press("Enter")
                wrong += await measure(page, "en-GB", "ltr") + await scan(page)
            assert await page.locator("h1").inner_text() == "The whole form is open"
    assert wrong == []
    assert form_now(place) == "tna"


def test_an_empty_page_leaves_no_draft_behind(place: Scene, short: str) -> None:
    assert leave(place, short) == f"{short}/whole-form"
    assert drafts(place) == {}
    open_whole(place, short)
    assert drafts(place) == {}
