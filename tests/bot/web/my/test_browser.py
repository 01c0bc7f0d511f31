"""The pages of one's own on a narrow phone: nothing sticks out, and no rule of accessibility is broken."""

import pytest
from playwright.async_api import Page

from tests.bot.web.forms.make_walks import PHONE
from tests.bot.web.forms.measures import measure, scan
from tests.bot.web.make_browser import browsing, needs_axe
from tests.bot.web.make_house import Scene
from tests.bot.web.make_server import serving
from tests.bot.web.my.make_reader import ROWAN, browser, digits


async def look(page: Page, heading: str) -> list[str]:
    """What is wrong with a page that ought to have this heading on it."""
    headings = await page.locator("h1").all_inner_texts()
    wrong = [] if headings == [heading] else [f"no {heading}: {headings}"]
    return wrong + await measure(page, "en-GB", "ltr") + await scan(page)


async def press(page: Page, name: str) -> None:
    async with page.expect_navigation():
        await page.get_by_role("button", name=name).click()


@needs_axe
@pytest.mark.drill
async def test_signing_in_looking_and_leaving_fit_a_phone(place: Scene) -> None:
    place.client.post(place.link("acknowledge", "Rowan B", "B"), data={"page": "staff", "staff": "12"})
    with serving(browser(place).app) as host:
        async with browsing() as chromium:
            page = await PHONE.open(chromium)
            await page.goto(f"{host}/my")
            assert await look(page, "All that you are asked for") == []
            await page.fill("#email", ROWAN)
            await press(page, "Send me six digits")
            assert await look(page, "Type the six digits") == []
            await page.fill("#digits", "nothing")
            await press(page, "Go on")
            assert await look(page, "Type the six digits") == []
            await page.fill("#digits", digits(place))
            await press(page, "Go on")
            assert await look(page, "All that you are asked for") == []
            await page.goto(f"{host}/my/left")
            await press(page, "Send")
            assert await look(page, "I have left, or do another job now") == []
            await page.get_by_label("I have left").check()
            await press(page, "Send")
            assert await look(page, "Thank you for telling us") == []
