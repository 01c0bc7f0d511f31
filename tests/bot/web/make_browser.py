"""Builders: the pages on a real server on loopback, and a real browser before them."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.bot.web.make_house import Scene
from tests.bot.web.make_server import serving


def served(place: Scene) -> AbstractContextManager[str]:
    """Serve the scene's pages in a thread; gives the address they have."""
    return serving(place.client.app)


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """Start Chromium without a window."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no chromium is installed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        await browser.close()


async def fits(page: Page) -> bool:
    """Whether nothing sticks out of the window sideways."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
