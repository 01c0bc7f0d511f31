"""The schema: brought to this version, taken back, or refused when it is of another."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, inspect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from store.engine import address, explained, is_sqlite, open_engine
from store.errors import SchemaError


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The revision that this version of Cascade works with."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None  # noqa: S101 - migrations are shipped with the package
    return found


def current(url: str) -> str | None:
    """The revision a database is at; None when it is empty. Raises a StoreError when it cannot be read."""
    engine = open_engine(url, size=0)
    with explained(), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_bare(url: str) -> bool:
    """Whether a database holds no table of anybody's; the note that migrations leave does not count."""
    engine = open_engine(url, size=0)
    with explained(), engine.connect() as connection:
        return set(inspect(connection).get_table_names()) <= {"alembic_version"}


def move(url: str, revision: str = "head") -> None:
    """Bring a database to a revision: upwards, or back down where that revision is older."""
    engine = open_engine(url, size=0)
    if is_sqlite(url):
        # SQLite changes a constraint by making its table anew, and would drop what leads to the old one.
        event.listen(engine, "connect", _lift_foreign_keys)
    with explained(), engine.begin() as connection:
        before = MigrationContext.configure(connection).get_current_revision()
        script = ScriptDirectory.from_config(_config())
        known = [entry.revision for entry in script.walk_revisions()]
        if before is not None and before not in known:
            raise SchemaError(_newer(before))
        target = head() if revision == "head" else revision
        # walk_revisions goes from the newest to the oldest.
        known.append("base")
        back = before is not None and target in known and known.index(target) > known.index(before)
        (command.downgrade if back else command.upgrade)(_config(connection), revision)
        if is_sqlite(url) and (astray := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
            raise SchemaError(
                f"The database was left as it was: a row of {astray[0]} leads to none in {astray[2]}. "
                "Put back your backup, and report this."
            )


def _lift_foreign_keys(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def create(url: str) -> None:
    """Make an empty database whole, or bring an older one up to this version."""
    move(url)


def check(url: str, *, may_create: bool = True) -> None:
    """Refuse a database of another version; make an empty one whole, or refuse it too.

    Raises SchemaError; without `may_create` no file comes to be.
    """
    if not may_create:
        require_file(url)
    found = current(url)
    if found is None and not may_create:
        raise SchemaError(_nowhere("the database of the settings is empty"))
    if found is None:
        create(url)
    elif found != head():
        known = {entry.revision for entry in ScriptDirectory.from_config(_config()).walk_revisions()}
        if found in known:
            raise SchemaError(
                f"The database is of an older version ({found}); this Cascade needs {head()}. "
                "Back it up, then run: cascade upgrade"
            )
        raise SchemaError(_newer(found))


def require_file(url: str) -> None:
    """Refuse a SQLite database whose file is not there: only to look into it would make one.

    Raises SchemaError. A server's database passes: looking makes nothing there.
    """
    file = address(url).database if is_sqlite(url) else None
    if file is not None and not Path(file).exists():
        raise SchemaError(_nowhere(f"no database at {file}"))


def _nowhere(why: str) -> str:
    return (
        f"There is no installation here: {why}. Go to the folder that holds cascade.toml, or make one "
        "with `cascade init`."
    )


def _newer(found: str) -> str:
    return (
        f"The database is of a newer version ({found}) than this Cascade knows ({head()}). "
        "Nothing was changed: install the newer Cascade, or restore the backup made before the upgrade."
    )
