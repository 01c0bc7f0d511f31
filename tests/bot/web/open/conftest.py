"""A house with open surveys, before whose door a browser stands."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bot.web.open.make_open import OpenScene, open_scene


@pytest.fixture
def place(new_database: Callable[[str, Path, bool], str], tmp_path: Path) -> Iterator[OpenScene]:
    """The house on SQLite."""
    made = open_scene(new_database("sqlite", tmp_path, True), tmp_path)
    yield made
    made.house.database.close_now()


@pytest.fixture
def shipped(new_database: Callable[[str, Path, bool], str], tmp_path: Path) -> Iterator[OpenScene]:
    """The shipped surveys in the demonstration, where unsigned translations are shown too."""
    made = open_scene(new_database("sqlite", tmp_path, True), tmp_path, shipped=True, is_demo=True)
    yield made
    made.house.database.close_now()


@pytest.fixture
def place_anywhere(database_url: str, tmp_path: Path) -> Iterator[OpenScene]:
    """The house on each kind of database."""
    made = open_scene(database_url, tmp_path)
    yield made
    made.house.database.close_now()
