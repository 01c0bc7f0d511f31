"""One browser, and one house of each kind with its pages served, for all the forms of a module."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.bot.web.forms.make_walks import Served
from tests.bot.web.make_browser import browsing, served
from tests.bot.web.make_house import Scene, scene
from tests.bot.web.make_server import serving
from tests.bot.web.open.make_open import OpenScene, name_reader, open_scene
