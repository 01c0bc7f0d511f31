"""Every shipped form, in every language it has, in every window, with scripts and without."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.bot.web.forms.make_walks import (
    LANGUAGES,
    OPEN,
    PHONE,
    STAFF,
    Window,
    answer_at_once,
    ask_staff,
    go,
    hold,
    open_for_families,
    open_house,
    staff_house,
)
from tests.bot.web.make_browser import browsing, needs_axe
from tests.bot.web.make_form import a_year_on

#: Both ends at once: no scripts on a narrow phone, and all scripts at four times the size.
WINDOWS = {
    "narrow": PHONE,
    "enlarged with scripts": Window(height=256, scale=4, has_scripts=True),
}
#: The forms that start from the answers of last time.
CARRYING = ("section11", "section175", "tna", "tna_short")

pytestmark = [
    pytest.mark.drill,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(600),
    needs_axe,
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """The browser of all the walks."""
    async with browsing() as started:
        yield started


@pytest.fixture
def url(new_database: Callable[[str, Path, bool], str], tmp_path: Path) -> str:
    """A database that no other walk uses."""
    return new_database("sqlite", tmp_path, True)


@pytest.mark.parametrize("window", [*WINDOWS.values()], ids=[*WINDOWS])
@pytest.mark.parametrize("key", STAFF)
async def test_each_form_for_staff_in_every_window(
    browser: Browser, url: str, tmp_path: Path, key: str, window: Window
) -> None:
    with staff_house(url, tmp_path) as served:
        walk, page = ask_staff(served.place, key), await window.open(browser)
        hold(walk, await go(walk, served, page, window))
    await page.context.close()


@pytest.mark.parametrize("window", [*WINDOWS.values()], ids=[*WINDOWS])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [*OPEN])
async def test_each_form_for_families_in_every_language_and_window(
    browser: Browser, url: str, tmp_path: Path, key: str, language: str, window: Window
) -> None:
    with open_house(url, tmp_path) as served:
        walk, page = open_for_families(served.place, key, language), await window.open(browser)
        hold(walk, await go(walk, served, page, window))
    await page.context.close()


@pytest.mark.parametrize("key", CARRYING)
async def test_the_answers_of_last_year_are_confirmed_a_year_on(
    browser: Browser, url: str, tmp_path: Path, key: str
) -> None:
    with staff_house(url, tmp_path) as served:
        answer_at_once(served.place, ask_staff(served.place, key))
        a_year_on(served.place)
        walk, page = ask_staff(served.place, key), await PHONE.open(browser)
        hold(walk, await go(walk, served, page, PHONE))
    await page.context.close()
