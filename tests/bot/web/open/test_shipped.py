from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from tests.bot.web.make_browser import browsing, fits
from tests.bot.web.open.make_open import OpenScene, name_reader
from tests.bot.web.open.make_visit import served

AXE = Path("node_modules/axe-core/axe.min.js")
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
VERSIONS = [("s5", "younger"), ("s5", "middle"), ("s5", "older"), ("s6", "s6")]
LANGUAGES = ["en", "en-x-easy", "pl", "ur"]
MATRIX = [(*version, language) for version in VERSIONS for language in LANGUAGES]
#: More presses of Tab than any page takes.
MOST_TABS = 150
#: Targets smaller than 44 px in both directions, as a finger meets them: a label belongs to its button.
SMALL = """() => [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden])")]
  .filter((one) => one.offsetParent && !one.closest(".govuk-skip-link") && !one.matches(".govuk-skip-link"))
  .filter((one) => !one.closest("p") && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 90))"""


async def complaints_of(page: Page) -> list[str]:
    """What axe-core and our own measure find wrong with a page."""
    await page.add_script_tag(path=AXE)
    result = await page.evaluate(f"axe.run(document, {RULES})")
    broken = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in result["violations"]]
    broken += [f"too small: {one}" for one in await page.evaluate(SMALL)]
    return broken + ([] if await fits(page) else ["sticks out sideways"])


async def answer_by_keyboard(page: Page) -> None:
    """Choose something for every question of a page and press Continue, with no mouse at hand."""
    seen: set[str] = set()
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        kind, name, value = await page.evaluate(
            "(({ type, name, value }) => [type || '', name || '', value || ''])(document.activeElement)"
        )
        if await page.evaluate("document.activeElement.id === 'send'"):
            async with page.expect_navigation():
                await page.keyboard.press("Enter")
            return
        if kind in ("radio", "checkbox") and name not in seen:
            await page.keyboard.press("Space")
        elif kind in ("text", "textarea") and not value:
            await page.keyboard.type("More time to talk")
        elif kind == "submit" and name == "act" and value.startswith("pick:") and name not in seen:
            async with page.expect_navigation():
                await page.keyboard.press("Enter")
        seen.add(name)
    raise AssertionError(f"the keyboard does not reach Continue on {page.url}")


async def walk(browser: Browser, start: str, width: int, height: int) -> dict[str, list[str]]:
    """Go from the opening to the thanks by keyboard, without scripts; gives what was wrong where."""
    context = await browser.new_context(bypass_csp=True, viewport={"width": width, "height": height})
    await context.route("**/*.js", lambda route: route.abort())
    page = await context.new_page()
    await page.goto(start)
    found = {"opening": await complaints_of(page)}
    await page.focus("#start")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    for number in range(1, 60):
        found[f"page {number}"] = await complaints_of(page)
        await answer_by_keyboard(page)
        if page.url.endswith("/thanks"):
            found["thanks"] = await complaints_of(page)
            await context.close()
            return {where: broken for where, broken in found.items() if broken}
    raise AssertionError("the survey does not end")


pytestmark = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not among the node modules")


@pytest.mark.parametrize(("survey", "version"), VERSIONS)
async def test_each_survey_is_answered_by_keyboard_on_a_narrow_phone(
    shipped: OpenScene, survey: str, version: str
) -> None:
    language = LANGUAGES[[*VERSIONS].index((survey, version)) % len(LANGUAGES)]
    name_reader(shipped, language)
    with served(shipped) as host:
        async with browsing() as browser:
            assert await walk(browser, host + shipped.address(survey, language, version), 320, 640) == {}
    [kept] = shipped.waiting()
    assert kept.language == language
    assert len(kept.answers) >= 3


@pytest.mark.drill
@pytest.mark.parametrize(("survey", "version", "language"), MATRIX)
async def test_each_survey_in_each_language_enlarged_four_times(
    shipped: OpenScene, survey: str, version: str, language: str
) -> None:
    name_reader(shipped, language)
    with served(shipped) as host:
        async with browsing() as browser:
            assert await walk(browser, host + shipped.address(survey, language, version), 320, 256) == {}


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
