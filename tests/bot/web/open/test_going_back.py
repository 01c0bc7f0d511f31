from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.bot.web.open.make_open import OpenScene, open_scene
from tests.bot.web.open.make_visit import browsing_back, elsewhere, go_back, served, visit

#: Without scripts nothing differs once a page has gone: it is tried at Send each time, else by the drill.
USUALLY_WITH = [
    pytest.param(True, id="scripts"),
    pytest.param(False, id="no-scripts", marks=pytest.mark.drill),
]
SECRET = "He shouted at me on Tuesday"
#: What the page would send.
TYPED = """() => Object.fromEntries(new FormData(document.querySelector("#main-content form")))"""


@pytest.fixture
def place(new_database: Callable[[str, Path, bool], str], tmp_path: Path) -> Iterator[OpenScene]:
    """The house on SQLite, with another site to escape to."""
    with elsewhere() as host:
        made = open_scene(new_database("sqlite", tmp_path, True), tmp_path, exit_to=f"{host}/weather")
        yield made
        made.house.database.close_now()


async def answer(page: Page, start: str) -> None:
    """Answer every question, as far as the last box; nothing is sent yet."""
    await page.goto(start)
    await page.click("#start")
    await page.check("[name=listened][value=no]")
    await page.click("#send")
    await page.check("[name=safety][value=worse]")
    await page.click("#send")
    await page.click("#send")
    await page.fill("[name=why]", SECRET)


def tells(content: str) -> bool:
    return SECRET in content or 'value="worse"' in content or "\u2611" in content


@pytest.mark.parametrize("scripts", USUALLY_WITH)
@pytest.mark.drill
async def test_after_send_back_shows_no_answer(place: OpenScene, scripts: bool) -> None:
    with served(place) as host:
        async with browsing_back() as browser:
            page = await visit(browser, scripts=scripts)
            await answer(page, host + place.address())
            await page.click("#send")
            await page.wait_for_url("**/thanks")
            assert len(place.waiting()) == 1
            for _ in range(5):
                assert not tells(await go_back(page))


@pytest.mark.parametrize("scripts", USUALLY_WITH)
@pytest.mark.drill
async def test_after_leaving_quickly_back_shows_no_answer(place: OpenScene, scripts: bool) -> None:
    with served(place) as host:
        async with browsing_back() as browser:
            page = await visit(browser, scripts=scripts)
            await answer(page, host + place.address())
            await page.click(".govuk-js-exit-this-page-button" if scripts else ".leave button")
            await page.wait_for_url("**/weather")
            assert "Sunny spells" in await page.content()
            for _ in range(5):
                assert not tells(await go_back(page))
    assert place.waiting() == []


@pytest.mark.parametrize("scripts", USUALLY_WITH)
@pytest.mark.drill
async def test_after_leaving_quickly_a_page_that_is_sent_again_shows_no_answer(
    place: OpenScene, scripts: bool
) -> None:
    """As where somebody presses Back, and says yes to the browser's question whether to send it again."""
    with served(place) as host:
        async with browsing_back() as browser:
            page = await visit(browser, scripts=scripts)
            await answer(page, host + place.address())
            typed = await page.evaluate(TYPED)
            await page.click(".govuk-js-exit-this-page-button" if scripts else ".leave button")
            await page.wait_for_url("**/weather")
            await page.goto(host + place.address())
            again = await page.request.post(host + place.address(), form=typed, max_redirects=0)
            assert again.headers["location"].endswith("/stopped")
    assert place.waiting() == []


@pytest.mark.parametrize("scripts", USUALLY_WITH)
@pytest.mark.drill
async def test_after_stop_back_shows_no_answer(place: OpenScene, scripts: bool) -> None:
    with served(place) as host:
        async with browsing_back() as browser:
            page = await visit(browser, scripts=scripts)
            await answer(page, host + place.address())
            await page.click("button[name=stop-here]")
            await page.wait_for_url("**/stopped")
            for _ in range(5):
                assert not tells(await go_back(page))


@pytest.mark.parametrize("scripts", USUALLY_WITH)
@pytest.mark.drill
async def test_after_asking_to_be_contacted_back_shows_no_name(place: OpenScene, scripts: bool) -> None:
    with served(place) as host:
        async with browsing_back() as browser:
            page = await visit(browser, scripts=scripts)
            await page.goto(f"{host}/s/{place.codes['family']}/en/contact")
            await page.click("#start")
            await page.fill("#first_name", SECRET)
            await page.fill("#safe_way", "the school office")
            await page.click("#send")
            await page.wait_for_url("**/sent")
            assert SECRET not in await go_back(page)
    assert len(place.wishes()) == 1


async def test_three_presses_of_shift_leave_the_page(place: OpenScene) -> None:
    with served(place) as host:
        async with browsing_back() as browser:
            page = await visit(browser, scripts=True)
            await page.goto(host + place.address())
            for _ in range(3):
                await page.keyboard.press("Shift")
            await page.wait_for_url("**/weather")
