"""Builders: the pages on a real server on loopback, and a real browser before them."""

import asyncio
import shutil
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.async_api import Browser, Page, async_playwright

from bot.web.app import configure_server
from tests.bot.web.make_house import Scene

STATIC = Path("bot/web/static/site.css")


@contextmanager
def served(place: Scene) -> Iterator[str]:
    """Serve the scene's pages in a thread; gives the address they have."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        server = uvicorn.Server(configure_server(place.client.app, "127.0.0.1", port))  # type: ignore[arg-type]
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()


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
