"""Builders: the pages on a real server on loopback, and a real browser before them."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.bot.web.make_house import Scene
from tests.bot.web.make_server import serving
from tests.postgres import UNDER_CI

AXE = Path("node_modules/axe-core/axe.min.js")
#: Under CI nothing may be missing.
needs_axe = pytest.mark.skipif(
    not AXE.is_file() and not UNDER_CI, reason="axe-core is not among the node modules: run make setup"
)


def served(place: Scene) -> AbstractContextManager[str]:
    """Serve the scene's pages in a thread; gives the address they have."""
    return serving(place.client.app)


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """Start Chromium without a window."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        (pytest.fail if UNDER_CI else pytest.skip)("no chromium is installed: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        await browser.close()


async def fits(page: Page) -> bool:
    """Whether nothing sticks out of the window sideways."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
