"""A house with a launched lesson, before whose door a browser stands."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bot.web.make_house import Scene, scene


@pytest.fixture
def place(new_database: Callable[[str, Path, bool], str], tmp_path: Path) -> Iterator[Scene]:
    """The house on SQLite."""
    made = scene(new_database("sqlite", tmp_path, True), tmp_path)
    yield made
    made.house.database.close_now()


@pytest.fixture
def place_anywhere(database_url: str, tmp_path: Path) -> Iterator[Scene]:
    """The house on each kind of database."""
    made = scene(database_url, tmp_path)
    yield made
    made.house.database.close_now()
