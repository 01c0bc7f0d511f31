"""Every page that holds answers has ways out, after which nothing brings them back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.bot.web.open.make_open import OpenScene, open_scene
from tests.bot.web.open.make_visit import browsing_back, elsewhere, go_back, served, visit
from tests.bot.web.open.test_going_back import SECRET, answer, tells
from tests.bot.web.open.test_midway import withdraw

WITHOUT = pytest.param(False, id="no-scripts", marks=pytest.mark.drill)
BOTH = pytest.mark.parametrize("scripts", [pytest.param(True, id="scripts"), WITHOUT])
Typed = dict[str, str | float | bool]
#: What the form of a question's page would send.
TYPED = """() => Object.fromEntries(new FormData(document.querySelector("#main-content form")))"""


@pytest.fixture
def place(new_database: Callable[[str, Path, bool], str], tmp_path: Path) -> Iterator[OpenScene]:
    """The house on SQLite, with another site to escape to."""
    with elsewhere() as host:
        made = open_scene(new_database("sqlite", tmp_path, True), tmp_path, exit_to=f"{host}/weather")
        yield made
        made.house.database.close_now()


async def leave(page: Page, *, scripts: bool) -> None:
    """Press the way out, and see the weather."""
    await page.click(".govuk-js-exit-this-page-button" if scripts else ".leave button")
    await page.wait_for_url("**/weather")
    assert "Sunny spells" in await page.content()


async def shows_nothing_again(page: Page, address: str, typed: Typed) -> None:
    """Go Back through everything, and send again what a page had held."""
    for _ in range(5):
        assert not tells(await go_back(page))
    again = await page.request.post(address, form=typed, max_redirects=0)
    assert again.headers["location"].endswith("/stopped")


async def back_at_the_opening(page: Page, start: str) -> Typed:
    """Answer, and go back as far as the opening; gives what the last page held."""
    await answer(page, start)
    typed: Typed = await page.evaluate(TYPED)
    while not await page.locator("#start").count():
        await page.click("button[name=back]")
    assert await page.locator("input[name=safety][value=worse]").count() == 1
    return typed


@BOTH
@pytest.mark.drill
async def test_the_opening_that_carries_answers_is_left_in_one_press(place: OpenScene, scripts: bool) -> None:
    with served(place) as host:
        async with browsing_back() as browser:
            page = await visit(browser, scripts=scripts)
            typed = await back_at_the_opening(page, host + place.address())
            await leave(page, scripts=scripts)
            await shows_nothing_again(page, host + place.address(), typed)


@pytest.mark.drill
async def test_stop_at_the_opening_that_carries_answers_gives_them_up(place: OpenScene) -> None:
    with served(place) as host:
        async with browsing_back() as browser:
            page = await visit(browser, scripts=False)
            typed = await back_at_the_opening(page, host + place.address())
            await page.click("button[name=stop-here]")
            await page.wait_for_url("**/stopped")
            await shows_nothing_again(page, host + place.address(), typed)


@BOTH
@pytest.mark.drill
async def test_the_page_that_came_too_late_is_left_in_one_press(place: OpenScene, scripts: bool) -> None:
    with served(place) as host:
        async with browsing_back() as browser:
            page = await visit(browser, scripts=scripts)
            await answer(page, host + place.address())
            typed: Typed = await page.evaluate(TYPED)
            place.write(withdraw)
            await page.click("#send")
            assert SECRET in await page.inner_text("main")
            await leave(page, scripts=scripts)
            await shows_nothing_again(page, host + place.address(), typed)


@BOTH
@pytest.mark.drill
async def test_the_way_out_by_keyboard_gives_the_page_up_as_the_button_does(
    place: OpenScene, scripts: bool
) -> None:
    with served(place) as host:
        async with browsing_back() as browser:
            page = await visit(browser, scripts=scripts)
            await answer(page, host + place.address())
            typed: Typed = await page.evaluate(TYPED)
            await page.evaluate("document.activeElement.blur()")
            await page.focus(".govuk-skip-link")
            await page.keyboard.press("Tab")
            assert await page.locator(".govuk-js-exit-this-page-skiplink:focus").count() == 1
            await page.keyboard.press("Enter")
            if not scripts:
                assert await page.locator("#leave-here:focus").count() == 1
                await page.keyboard.press("Enter")
            await page.wait_for_url("**/weather")
            await shows_nothing_again(page, host + place.address(), typed)
    assert place.waiting() == []
