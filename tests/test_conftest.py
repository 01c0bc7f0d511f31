import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from store import schema
from store.database import Database
from tests.outside import OutsideError, is_inside


async def test_each_test_has_a_migrated_database_of_its_own(
    database: Database, engine: str, new_database: Callable[[str, Path, bool], str], tmp_path: Path
) -> None:
    await database.write(lambda session: session.execute(text("CREATE TABLE mine (id INTEGER)")) and None)
    assert schema.current(database.url) == schema.head()
    other = new_database(engine, tmp_path, True)
    assert other != database.url
    assert schema.current(other) == schema.head()
    neighbour = Database(other)
    with pytest.raises(Exception, match="mine"):
        await neighbour.read(lambda session: session.execute(text("SELECT id FROM mine")).all())
    await neighbour.close()


def test_an_empty_database_has_no_version(empty_database_url: str) -> None:
    assert schema.current(empty_database_url) is None


def test_a_test_cannot_leave_this_machine() -> None:
    with pytest.raises(OutsideError):
        socket.create_connection(("192.0.2.1", 25), timeout=0.1)
    with pytest.raises(OutsideError):
        socket.getaddrinfo("mail.example", 25)


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("localhost", True),
        ("::", True),
        (None, True),
        (b"localhost", True),
        ("10.0.0.1", False),
        ("192.0.2.1", False),
        ("2001:db8::1", False),
        ("mail.example", False),
        (b"mail.example", False),
    ],
)
def test_only_loopback_counts_as_this_machine(host: str | bytes | None, inside: bool) -> None:
    assert is_inside(host) is inside
