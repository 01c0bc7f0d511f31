import pytest
from playwright.async_api import Page

from tests.bot.web.forms.measures import scan
from tests.bot.web.make_browser import browsing, fits, needs_axe
from tests.bot.web.open.make_open import OpenScene
from tests.bot.web.open.make_visit import served

#: Targets smaller than 44 px in both directions, as a finger meets them: a label belongs to its button.
SMALL = """() => [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden])")]
  .filter((one) => one.offsetParent && !one.closest(".govuk-skip-link") && !one.matches(".govuk-skip-link"))
  .filter((one) => !one.closest("p") && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 90))"""


async def complaints_of(page: Page) -> list[str]:
    """What axe-core and our own measure find wrong with a page."""
    broken = await scan(page)
    broken += [f"too small: {one}" for one in await page.evaluate(SMALL)]
    return broken + ([] if await fits(page) else ["sticks out sideways"])


@needs_axe
@pytest.mark.drill
async def test_the_pages_round_about_break_no_rule_either(shipped: OpenScene) -> None:
    code = shipped.codes["s5"]
    ends = ["", "/en", "/ur", "/en/contact", "/ur/contact", "/pl/stopped", "/en-x-easy/thanks"]
    paths = [f"/s/{code}{end}" for end in ends] + ["/s/zzzzzzzz", "/s/zzzzzzzz/ur"]
    found = {}
    with served(shipped) as host:
        async with browsing() as browser:
            context = await browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 640})
            page = await context.new_page()
            for path in paths:
                await page.goto(host + path)
                await page.evaluate("document.querySelector('details').open = true")
                found[path] = await complaints_of(page)
                if await page.locator("#start").count():
                    await page.click("#start")
                    found[f"{path} begun"] = await complaints_of(page)
                if await page.locator("#send").count():
                    await page.click("#send")
                    found[f"{path} with errors"] = await complaints_of(page)
    assert {path: broken for path, broken in found.items() if broken} == {}
