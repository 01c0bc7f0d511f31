"""Builders: a real browser that keeps pages to go back to, as those on telephones do."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, suppress

import pytest
from playwright.async_api import Browser, Error, Page, async_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from tests.bot.web.make_server import serving
from tests.bot.web.open.make_open import OpenScene


async def show_weather(request: Request) -> HTMLResponse:
    """The page to escape to."""
    return HTMLResponse("<title>Weather</title><h1>Sunny spells</h1>")


def elsewhere() -> AbstractContextManager[str]:
    """Another site, with no more on it than the weather."""
    return serving(Starlette(routes=[Route("/weather", show_weather)]))


def served(place: OpenScene) -> AbstractContextManager[str]:
    """Serve the scene's pages in a thread; gives the address they have."""
    return serving(place.client.app)


@asynccontextmanager
async def browsing_back() -> AsyncIterator[Browser]:
    """Start Chromium with its cache of whole pages, which its drivers otherwise turn off."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no chromium is installed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox"],
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        await browser.close()


async def visit(browser: Browser, *, scripts: bool) -> Page:
    """A window as wide as a telephone's."""
    context = await browser.new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 740})
    return await context.new_page()


async def go_back(page: Page) -> str:
    """Press Back; gives all that is then in the window, with what stands in its boxes."""
    # The browser may rather show nothing than ask the server again.
    with suppress(Error):
        await page.go_back(wait_until="load", timeout=5_000)
    for _ in range(20):
        try:
            return await page.content() + " ".join(await typed_in(page))
        except Error:
            await page.wait_for_timeout(50)  # it is still on its way to another page
    raise AssertionError("the page never came to rest")


async def typed_in(page: Page) -> list[str]:
    """What stands in boxes and is chosen, as the person sees it."""
    found = []
    for box in await page.locator("input:not([type=hidden]), textarea").all():
        kind = await box.get_attribute("type")
        if kind in ("radio", "checkbox"):
            found += ["\u2611"] if await box.is_checked() else []
        else:
            found.append(await box.input_value())
    return found
