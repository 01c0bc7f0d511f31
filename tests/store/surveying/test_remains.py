"""Nothing of a deleted answer stays behind in the files of the database."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from store.asking.ask import Ask
from store.asking.form import FormVersion
from store.database import Database, Session
from store.engine import address, is_sqlite, open_engine
from store.errors import StoreBusyError
from store.surveying import box, remains
from store.surveying.box import Given
from tests.store.surveying.scene import Scene, build

pytestmark = pytest.mark.sqlite_first


def fill(session: Session, scene: Scene, keys: Sequence[str]) -> None:
    asked = session.get_one(Ask, scene.ask_id)
    version = session.query(FormVersion.id).scalar()
    for key in keys:
        said = {"comment": f"said under {key}" * 8}
        given = Given(scene.board_id, scene.campaign_id, asked.step_id, None, version, "en", said, {})
        box.put(session, key, given)


def empty(session: Session, scene: Scene) -> None:
    step_id = session.get_one(Ask, scene.ask_id).step_id
    box.take_out(session, box.lock(session, step_id))


def in_the_files(url: str, keys: Sequence[str]) -> int:
    """How many keys can be read from the files of the database."""
    return sum(any(key.encode() in content for content in files_of(url)) for key in keys)


def files_of(url: str) -> list[bytes]:
    if is_sqlite(url):
        whole = Path(str(address(url).database))
        return [path.read_bytes() for path in (whole, Path(f"{whole}-wal")) if path.exists()]
    engine = open_engine(url, size=0)
    ours = "relkind IN ('r', 'i') AND relname LIKE '%waiting_answers%'"
    query = f"SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class WHERE {ours}"  # noqa: S608
    with engine.connect() as connection:
        connection.execute(text("CHECKPOINT"))
        return [bytes(content) for content in connection.execute(text(query)).scalars()]


async def test_what_was_taken_out_of_the_box_is_in_no_file_once_cleared(database: Database) -> None:
    scene = database.write_now(build)
    # Enough for pages to be split and joined.
    keys = [secrets.token_hex(32) for _ in range(150)]
    database.write_now(lambda session: fill(session, scene, keys))
    assert in_the_files(database.url, keys) == len(keys)
    database.write_now(lambda session: empty(session, scene))
    assert in_the_files(database.url, keys) > 0
    remains.clear(database.url)
    assert in_the_files(database.url, keys) == 0


async def test_what_still_waits_survives_the_clearing(database: Database) -> None:
    scene = database.write_now(build)
    keys = [uuid4().hex * 2 for _ in range(20)]
    database.write_now(lambda session: fill(session, scene, keys))
    remains.clear(database.url)
    assert all(database.read_now(lambda s, key=key: box.find(s, key)) for key in keys)  # type: ignore[misc]


async def test_somebody_in_the_way_is_told_and_nothing_is_lost(database: Database) -> None:
    scene = database.write_now(build)
    database.write_now(lambda session: fill(session, scene, ["a" * 64]))
    engine = open_engine(database.url, size=0, writes=not database.is_sqlite)
    with engine.begin() as connection:
        # A reader that holds on to what it saw, in a database that has gone on since.
        connection.execute(text("SELECT count(*) FROM waiting_answers")).scalar()
        database.write_now(lambda session: fill(session, scene, ["b" * 64]))
        with pytest.raises(StoreBusyError):
            remains.clear(database.url)
    remains.clear(database.url)
    assert database.read_now(lambda session: box.find(session, "b" * 64)) is not None
