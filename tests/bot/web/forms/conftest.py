"""One browser, and one house of each kind with its pages served, for all the forms of a module."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.bot.web.forms.make_walks import Served, Window, open_house, staff_house
from tests.bot.web.make_browser import browsing
from tests.bot.web.make_house import Scene
from tests.bot.web.open.make_open import OpenScene


@dataclass
class Desk:
    """A browser, its windows that are open already, and the kinds of things that axe-core has looked at."""

    browser: Browser
    windows: dict[Window, Page] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    async def sit(self, window: Window) -> Page:
        """A window of that kind."""
        if window not in self.windows:
            self.windows[window] = await window.open(self.browser)
        return self.windows[window]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk() -> AsyncIterator[Desk]:
    """The browser of a module."""
    async with browsing() as browser:
        yield Desk(browser)


@pytest.fixture(scope="module")
def staff(
    migrated: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served[Scene]]:
    """A house in which anything can be asked of agencies."""
    folder = tmp_path_factory.mktemp("staff")
    with staff_house(_database(migrated, folder), folder) as served:
        yield served


@pytest.fixture(scope="module")
def families(
    migrated: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served[OpenScene]]:
    """A house with the surveys of children and families."""
    folder = tmp_path_factory.mktemp("families")
    with open_house(_database(migrated, folder), folder) as served:
        yield served


def _database(migrated: Callable[[str], str], folder: Path) -> str:
    shutil.copyfile(migrated("sqlite"), folder / "cascade.db")
    return f"sqlite:///{folder / 'cascade.db'}"
