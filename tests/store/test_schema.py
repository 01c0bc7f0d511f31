"""Migrations go up and down on every database, and end where the rows say; another version is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from store import rows, schema
from store.base import Row
from store.engine import open_engine
from store.errors import SchemaError, StoreUnreachableError

REVISIONS = ("0001", "0002", "0003", "0004")


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """A connection that leaves nothing behind."""
    engine: Engine = open_engine(url, size=0)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def tables(url: str) -> set[str]:
    with opened(url) as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def differences(url: str) -> list[object]:
    """What Alembic would still have to do to make the database as the rows say."""
    with opened(url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Row.metadata))


def test_the_migrations_end_where_the_rows_say(empty_database_url: str) -> None:
    schema.create(empty_database_url)
    assert differences(empty_database_url) == []
    assert tables(empty_database_url) == {table.name for table in rows.TABLES}


def test_partial_indexes_hold_only_what_waits(database_url: str) -> None:
    with opened(database_url) as connection:
        inspector = inspect(connection)
        kind = connection.dialect.name
        found = {
            str(index["name"]): str(index["dialect_options"].get(f"{kind}_where", ""))
            for table in ("touches", "deliveries", "holdings")
            for index in inspector.get_indexes(table)
        }
    assert "waiting" in found["ix_deliveries_waiting"]
    assert "sending" in found["ix_deliveries_leased"]
    assert "to_send" in found["ix_touches_ungathered"]
    assert "until" in found["uq_holdings_seat_current"].lower()


def test_every_migration_goes_up_and_down(empty_database_url: str) -> None:
    revisions = known_revisions()
    for revision in revisions:
        schema.move(empty_database_url, revision)
        assert schema.current(empty_database_url) == revision
    assert revisions[-1] == schema.head()
    for revision in reversed(revisions[:-1]):
        schema.move(empty_database_url, revision)
        assert schema.current(empty_database_url) == revision
    schema.move(empty_database_url, "base")
    assert tables(empty_database_url) == set()
    schema.move(empty_database_url)
    assert differences(empty_database_url) == []


def known_revisions() -> list[str]:
    """The revisions from the oldest to the newest."""
    return [entry.revision for entry in ScriptDirectory.from_config(schema._config()).walk_revisions()][::-1]


def test_making_it_whole_twice_changes_nothing(empty_database_url: str) -> None:
    schema.check(empty_database_url)
    schema.check(empty_database_url)
    assert schema.current(empty_database_url) == schema.head()


@pytest.mark.parametrize("act", [schema.check, schema.create, schema.move])
def test_a_newer_database_is_refused_with_one_line_and_left_alone(database_url: str, act: "object") -> None:
    with opened(database_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = tables(database_url)
    with pytest.raises(SchemaError, match=r"newer version \(9999\)") as refusal:
        act(database_url)  # type: ignore[operator]
    assert "\n" not in str(refusal.value)
    assert schema.current(database_url) == "9999"
    assert tables(database_url) == before


def test_an_older_database_is_not_used_until_somebody_upgrades_it(database_url: str) -> None:
    oldest = known_revisions()[0]
    schema.move(database_url, oldest)
    with pytest.raises(SchemaError, match="cascade upgrade"):
        schema.check(database_url)
    assert schema.current(database_url) == oldest
    schema.move(database_url)
    schema.check(database_url)


@pytest.mark.parametrize("act", [schema.current, schema.is_bare, schema.check, schema.move])
def test_a_file_that_is_no_database_is_refused_in_our_words(tmp_path: Path, act: "object") -> None:
    file = tmp_path / "garbage.db"
    file.write_bytes(b"no database at all " * 400)
    with pytest.raises(StoreUnreachableError, match="file is not a database") as refusal:
        act(f"sqlite:///{file}")  # type: ignore[operator]
    assert "\n" not in str(refusal.value)


def test_a_database_is_bare_until_it_holds_a_table(empty_database_url: str) -> None:
    assert schema.is_bare(empty_database_url)
    schema.create(empty_database_url)
    assert not schema.is_bare(empty_database_url)
    schema.move(empty_database_url, "base")
    assert schema.is_bare(empty_database_url)


def test_only_a_file_can_be_missing(tmp_path: Path, database_url: str) -> None:
    schema.require_file(database_url)
    schema.require_file("postgresql://cascade@/none?host=/nowhere")
    with pytest.raises(SchemaError, match="There is no installation here"):
        schema.require_file(f"sqlite:///{tmp_path / 'none.db'}")
    assert not (tmp_path / "none.db").exists()


def test_an_empty_database_is_told_from_one_that_is_not_there(empty_database_url: str) -> None:
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite:///")).touch()
    with pytest.raises(SchemaError, match="the database of the settings is empty"):
        schema.check(empty_database_url, may_create=False)
    assert schema.is_bare(empty_database_url)
