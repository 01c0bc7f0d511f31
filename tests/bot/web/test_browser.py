from urllib.parse import urldefrag

import pytest
from playwright.async_api import Browser, Page

from store.asking.ask import AskState
from tests.bot.web.forms.measures import scan
from tests.bot.web.make_browser import browsing, fits, needs_axe, served
from tests.bot.web.make_house import Scene


async def tab_to(page: Page, target: str) -> None:
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await page.evaluate("target => document.activeElement.matches(target)", target):
            return
    raise AssertionError(f"the keyboard does not reach {target} on {await page.title()}")


async def open_everything(browser: Browser, start: list[str]) -> set[str]:
    """Open every link that can be reached, and send every form as it stands by each of its buttons."""
    page = await browser.new_page()
    host = start[0].split("/a/")[0]
    waiting, seen = list(start), set[str]()
    while waiting:
        address = urldefrag(waiting.pop())[0]
        if address in seen or not address.startswith(host):
            continue
        seen.add(address)
        await page.goto(address)
        waiting += await page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        for number in range(await page.locator("form button").count()):
            await page.goto(address)
            await page.locator("form button").nth(number).click()
            waiting += await page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        for number in range(await page.locator("form").count()):
            await page.goto(address)
            async with page.expect_navigation():
                await page.locator("form").nth(number).evaluate("form => form.submit()")
    await page.close()
    return seen


@pytest.mark.drill
async def test_a_machine_that_opens_and_sends_everything_changes_no_row(place: Scene) -> None:
    answered = place.link("acknowledge", "Rowan B", "B")
    place.client.post(answered, data={"page": "staff", "staff": "12"})
    place.client.post(
        place.link("cascade", "Rowan B", "B"),
        data={"page": "help", "shared": "not_yet", "not_yet_reason": "half-term"},
    )
    mailed = [place.link(), f"{place.link()}/more-time", f"{place.link()}/hand-over", answered]
    mailed += [place.link("cascade", "Rowan B", "B"), place.preferences()]
    before = place.dump()
    with served(place) as host:
        async with browsing() as browser:
            seen = await open_everything(browser, [host + path for path in mailed])
    assert place.dump() == before
    assert len(seen) >= len(mailed) + 3


async def test_the_whole_way_by_keyboard_on_a_narrow_phone_without_scripts(place: Scene) -> None:
    with served(place) as host:
        async with browsing() as browser:
            context = await browser.new_context(
                java_script_enabled=True, viewport={"width": 320, "height": 640}
            )
            # The page's own scripts are held back; the test's questions to the page still work.
            await context.route("**/*.js", lambda route: route.abort())
            page = await context.new_page()
            await page.goto(host + place.link())
            assert await fits(page)
            await tab_to(page, "#staff")
            await page.keyboard.press("Enter")
            await page.wait_for_selector(".govuk-error-summary")
            assert (await page.title()).startswith("Error: ")
            assert await fits(page)
            await tab_to(page, ".govuk-error-summary a")
            await page.keyboard.press("Enter")
            await page.keyboard.type("45")
            await page.keyboard.press("Enter")
            await page.wait_for_url("**/done")
            assert await fits(page)
            await tab_to(page, 'a[href="/new-link"]')
            # The next question has a link of its own, which comes in a letter.
            await page.goto(host + place.link("cascade"))
            await page.wait_for_selector("[name=shared]")
            await confirm_by_keyboard(page)
            await page.wait_for_url("**/done")
            assert await fits(page)
    assert place.ask("cascade").state is AskState.ANSWERED


async def confirm_by_keyboard(page: Page) -> None:
    await tab_to(page, "[name=shared]")
    await page.keyboard.press("Space")
    await tab_to(page, "#send")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#reached")
    assert await page.input_value("#staff") == "45"
    assert await fits(page)
    await tab_to(page, "#reached")
    await page.keyboard.type("45")
    await tab_to(page, "[name=basis]")
    await page.keyboard.press("Space")
    for part, text in {"day": "8", "month": "10", "year": "2026"}.items():
        await tab_to(page, f"#first_shared-{part}")
        await page.keyboard.type(text)
    await tab_to(page, "[name=how]")
    await page.keyboard.press("Space")
    await tab_to(page, "#send")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("[name=help]")
    assert await fits(page)
    await tab_to(page, "#send")
    await page.keyboard.press("Enter")


@pytest.mark.drill
async def test_with_scripts_off_every_choice_shows_what_belongs_to_it(place: Scene) -> None:
    with served(place) as host:
        async with browsing() as browser:
            context = await browser.new_context(java_script_enabled=False)
            page = await context.new_page()
            await page.goto(f"{host}{place.link()}/hand-over")
            await page.check("[value=colleague]")
            for field in ("#name", "#email", "#digits"):
                assert await page.locator(field).is_visible()
            assert not await page.locator("#reason").is_visible()
            await page.check("[value=decline]")
            assert await page.locator("#reason").is_visible()
            await page.goto(f"{host}{place.link()}/more-time")
            await page.check("[name=days][value=other]")
            assert await page.locator("#other_days").is_visible()


async def test_with_scripts_the_summary_takes_the_focus_and_leads_to_the_field(place: Scene) -> None:
    complaints: list[str] = []
    with served(place) as host:
        async with browsing() as browser:
            page = await browser.new_page()
            page.on("console", lambda message: complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            await page.goto(host + place.link())
            await page.click("#send")
            await page.wait_for_function("document.activeElement.matches('.govuk-error-summary')")
            await page.click(".govuk-error-summary a")
            assert await page.evaluate("document.activeElement.id") == "staff"
    assert [text for text in complaints if "422" not in text] == []


@needs_axe
@pytest.mark.drill
async def test_no_page_breaks_a_rule_that_a_machine_can_check(place: Scene) -> None:
    place.client.post(place.link("acknowledge", "Rowan B", "B"), data={"page": "staff", "staff": "12"})
    answered = place.link("acknowledge", "Rowan B", "B")
    paths = [place.link(), f"{place.link()}/more-time", f"{place.link()}/hand-over", f"{answered}/done"]
    paths += [place.preferences(), "/a/nonsense", "/new-link", "/", "/nothing"]
    found = {}
    with served(place) as host:
        async with browsing() as browser:
            page = await (await browser.new_context(bypass_csp=True)).new_page()
            for path in paths:
                await page.goto(host + path)
                found[path] = await scan(page)
                if await page.locator("#send").count():
                    await page.click("#send")
                    found[f"{path} with errors"] = await scan(page)
    assert {path: broken for path, broken in found.items() if broken} == {}
