"""Pages on which two answers stand side by side, or none was kept, fit a narrow phone and break no rule."""

import pytest
from playwright.async_api import Page

from store.asking.ask import Ask, AskState
from tests.bot.web.forms.make_walks import PHONE
from tests.bot.web.forms.measures import measure, scan
from tests.bot.web.make_browser import browsing, needs_axe, served
from tests.bot.web.make_form import a_year_on, ask_form, ask_without_names, keep_form, send
from tests.bot.web.make_house import Scene
from tests.bot.web.test_exchanged import sams
from tests.bot.web.test_nameless import QUIET, tell_whole
from tests.bot.web.test_tasks import FORM, fill, fill_all, send_all
from tests.bot.web.test_whole_form import exchange, short

__all__ = ["short"]

#: One word that no line of a phone holds, as names of files and addresses are.
LONG = "safeguardingsupervisionarrangements" * 3
WORDS = f"We changed {LONG} this year.\n\nAsk us how."
WHY = {"kind": "long_text", "name": "why", "label": f"What changed in {LONG[:42]}?", "max_length": 500}
ALL = [{"name": "all", "title": "All", "questions": [WHY]}]
NOTICE = {"notice": "Please name nobody."}
YEARLY = {**FORM, "sections": [*FORM["sections"], {"name": "more", "title": "More", "questions": [WHY]}]}


async def look(page: Page, heading: str) -> list[str]:
    """What is wrong with a page that ought to have this heading on it."""
    headings = await page.locator("h1, h2").all_inner_texts()
    wrong = [] if any(heading in one for one in headings) else [f"no {heading} among {headings}"]
    return wrong + await measure(page, "en-GB", "ltr") + await scan(page)


async def type_and_send(page: Page, name: str, words: str) -> None:
    await page.fill(f"[name={name}]", words)
    async with page.expect_navigation():
        await page.click("#send")


@needs_axe
@pytest.mark.drill
async def test_what_a_colleague_saved_meanwhile_stands_below_ones_own_on_a_phone(place: Scene) -> None:
    path = ask_form(place, keep_form(place, YEARLY))
    with served(place) as host:
        async with browsing() as browser:
            page = await PHONE.open(browser)
            await page.goto(f"{host}{path}/sections/more")
            fill(place, place.link("returns", "Devi A"), "more", why=LONG)
            await type_and_send(page, "why", WORDS)
            assert await look(page, "Saved meanwhile by the deputy") == []
            boxes = [await one.bounding_box() for one in await page.locator(".compared td").all()]
            assert boxes[0] and boxes[1] and boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"]
            labels = await page.locator(".compared-label").all_inner_texts()
            assert labels == ["Saved", "Yours, not saved"]


@needs_axe
@pytest.mark.drill
async def test_what_changed_since_last_time_fits_a_phone_before_and_after_it_is_sent(place: Scene) -> None:
    path = ask_form(place, keep_form(place, YEARLY))
    fill_all(place, path)
    fill(place, path, "more", why=LONG)
    send_all(place, path)
    a_year_on(place)
    later = ask_form(place, "yearly", "next")
    for section, typed in (("staff", {}), ("courses", {}), ("sign_off", {}), ("more", {"why": WORDS})):
        shown = place.client.get(f"{later}/sections/{section}").text
        assert send(place, f"{later}/sections/{section}", shown, {f"still_true.{section}": "yes", **typed})
    with served(place) as host:
        async with browsing() as browser:
            page = await PHONE.open(browser)
            await page.goto(f"{host}{later}/check")
            assert await look(page, "What changed since last time") == []
            await type_and_send(page, "digits", place.digits("next"))
            assert page.url.endswith("/done")
            assert await look(page, "What changed since last time") == []


@needs_axe
@pytest.mark.drill
async def test_what_was_typed_into_a_form_that_was_exchanged_is_there_to_copy_on_a_phone(
    place: Scene, short: str
) -> None:
    exchange(place, whole=True)
    theirs = sams(place, short, "difference")
    with served(place) as host:
        async with browsing() as browser:
            page = await PHONE.open(browser)
            await page.goto(f"{host}{short}/sections/difference")
            exchange(place, whole=False)
            await type_and_send(page, "difference_example", WORDS)
            assert await look(page, "The form has changed since you opened this page") == []
            assert WORDS in await page.locator("dd.written").all_inner_texts()
            await page.goto(host + short)
            await page.evaluate("to => { document.forms[0].action = to }", theirs)
            await type_and_send(page, "difference_example", WORDS)
            assert await look(page, "Nothing more is needed from you") == []
            assert WORDS in await page.locator("dd.written").all_inner_texts()


@needs_axe
@pytest.mark.drill
async def test_words_that_come_too_late_are_there_to_copy_on_a_phone(place: Scene) -> None:
    path = ask_without_names(place, {**QUIET, **NOTICE, "sections": ALL})
    with served(place) as host:
        async with browsing() as browser:
            page = await PHONE.open(browser)
            await page.goto(host + path)
            tell_whole(place, AskState.LAPSED)
            await page.fill("[name=digits]", place.digits("quiet"))
            await type_and_send(page, "why", WORDS)
            assert await look(page, "This survey has ended") == []
            assert WORDS in await page.locator(".written").all_inner_texts()
    assert place.read(lambda session: session.query(Ask).filter_by(state=AskState.ANSWERED).count()) == 0
