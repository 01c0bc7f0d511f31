"""The pages round about a survey, in every language, in a window as narrow as a telephone's."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, Route

from store.asking.campaign import Campaign, CampaignState
from store.database import Session
from surveys.tongues.tongue import find_tongue
from tests.bot.web.forms.make_walks import LANGUAGES, PHONE
from tests.bot.web.forms.measures import measure, scan
from tests.bot.web.make_browser import browsing, needs_axe
from tests.bot.web.open.make_open import OpenScene, name_reader, open_scene
from tests.bot.web.open.make_visit import served

LONG = "He shouted at me, and nobody came. " * 8 + "x" * 90
#: The widest words and the other direction each time, the rest by the drill.
USUALLY = [tag if tag == "ur" else pytest.param(tag, marks=pytest.mark.drill) for tag in LANGUAGES]
#: Puts what was written on other pages into the form, or more than may be sent at all.
CARRY = """(fields) => {
  const form = document.querySelector("#main-content form");
  for (const [name, text] of Object.entries(fields)) {
    const more = document.createElement("textarea");
    more.name = name; more.value = text; more.hidden = true; form.append(more);
  }
}"""
WRITTEN = {"worked": LONG, "stop_start_keep": LONG, "submission": "a-word-of-twenty-two"}


class Visit:
    """Somebody who looks at one page after another, and at what is wrong with each."""

    def __init__(self, page: Page, start: str, language: str) -> None:
        """Begin nowhere yet."""
        self.page, self.start, self.language = page, start, language
        self.found: dict[str, list[str]] = {}

    async def look(self, name: str) -> None:
        """Measure a page, and let axe-core look at it."""
        direction = find_tongue(self.language).direction
        wrong = await measure(self.page, self.language, direction) + await scan(self.page)
        if wrong:
            self.found[f"{name} in {self.language}"] = wrong

    async def go(self, end: str, name: str) -> None:
        """Open a page by its address."""
        await self.page.goto(self.start + end)
        await self.look(name)

    async def press(self, what: str, name: str = "") -> None:
        """Press something, and look at what comes."""
        async with self.page.expect_navigation():
            await self.page.click(what)
        if name:
            await self.look(name)


def withdraw(session: Session) -> None:
    session.query(Campaign).filter_by(slug="s5").one().state = CampaignState.WITHDRAWN


async def stand(page: Page) -> None:
    """Let the page that leads elsewhere stay where it is."""

    async def stop(route: Route) -> None:
        await route.fulfill(status=204)

    await page.route("https://www.bbc.co.uk/**", stop)


@needs_axe
@pytest.mark.parametrize("language", USUALLY)
@pytest.mark.drill
async def test_every_way_a_visit_can_end_fits(
    new_database: Callable[[str, Path, bool], str], tmp_path: Path, language: str
) -> None:
    place = open_scene(new_database("sqlite", tmp_path, True), tmp_path, shipped=True, is_demo=True)
    with served(place) as host:
        async with browsing() as browser:
            page = await PHONE.open(browser)
            await stand(page)
            seen = Visit(page, f"{host}/s/{place.codes['s5']}/{language}", language)
            await seen.go("/older", "opening, unread")
            await seen.go("/thanks", "thanks, unread")
            name_reader(place, language)
            await seen.go("/stopped", "stopped")
            await end(seen, place)
    place.house.database.close_now()
    assert seen.found == {}


async def end(seen: Visit, place: OpenScene) -> None:
    """Come back to the opening, be refused, come too late, and leave."""
    page = seen.page
    await page.goto(f"{seen.start}/older")
    await page.evaluate(CARRY, WRITTEN | {"back": "opening"})
    await page.evaluate("document.querySelector('#start').name = ''")
    await seen.press("#start", "opening with answers")
    assert await page.locator("input[type=hidden][name=worked]").count() == 1
    await page.evaluate(CARRY, {"more": "x" * 2_000_000})
    await seen.press("#start", "too much")
    await page.goto(f"{seen.start}/older")
    await page.evaluate(CARRY, WRITTEN)
    place.write(withdraw)
    await seen.press("#start", "late")
    assert await page.locator(".written").count() == 2
    await seen.press(".leave button", "leaving")
    assert await page.locator("meta[http-equiv=refresh]").count() == 1
