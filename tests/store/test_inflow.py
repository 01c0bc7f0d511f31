"""Many rows added at once: what is kept is as from single ones, and a failure keeps nothing of them."""

from datetime import timedelta
from typing import Any

import pytest

from store.asking import making
from store.asking.ask import Ask
from store.base import ordered_ids
from store.database import Database, Session
from store.errors import DriverError
from store.quick import inflow
from tests import make
from tests.make import START


def rows_like(session: Session, count: int) -> list[dict[str, Any]]:
    """Rows as those of an ask that stands, each of an occasion and a number of its own."""
    known = session.query(Ask).order_by(Ask.number).first()
    assert known is not None
    same = {column.key: getattr(known, column.key) for column in Ask.__table__.columns}
    return [
        same | {"id": made, "number": 100 + place, "occasion": f"“tab\tand\\line\n{place}”", "minutes": place}
        for place, made in enumerate(ordered_ids(count))
    ]


def begin(session: Session) -> None:
    board, _ = make.world(session, "A")
    make.launched(session, make.campaign(session, board), START)


def test_what_is_poured_in_is_read_back_as_it_was_given(database_url: str) -> None:
    database = Database(database_url)
    database.write_now(begin)
    given = database.write_now(lambda session: rows_like(session, 40))
    database.write_now(lambda session: inflow.pour(session, Ask, given))

    def look(session: Session) -> list[dict[str, Any]]:
        found = session.query(Ask).filter(Ask.number >= 100).order_by(Ask.number)
        return [{column.key: getattr(one, column.key) for column in Ask.__table__.columns} for one in found]

    assert database.read_now(look) == given
    database.close_now()


def test_one_row_that_stands_already_fails_them_all_without_telling_its_values(database_url: str) -> None:
    database = Database(database_url)
    database.write_now(begin)
    given = database.write_now(lambda session: rows_like(session, 3))
    twice = [*given, given[0] | {"id": ordered_ids(1)[0], "number": 999}]
    with pytest.raises(DriverError) as met:
        database.write_now(lambda session: making.add(session, twice))
    assert "tab" not in str(met.value)
    assert database.read_now(lambda session: session.query(Ask).filter(Ask.number >= 100).count()) == 0
    # The connection is as good as before.
    database.write_now(lambda session: making.add(session, given))
    database.close_now()


def test_a_naive_moment_is_refused_however_many_rows_there_are(database_url: str) -> None:
    database = Database(database_url)
    database.write_now(begin)
    [given] = database.write_now(lambda session: rows_like(session, 1))
    naive = (START + timedelta(days=1)).replace(tzinfo=None)
    with pytest.raises(Exception, match="without a time zone"):
        database.write_now(lambda session: inflow.pour(session, Ask, [given | {"asked_at": naive}]))
    assert database.read_now(lambda session: session.query(Ask).filter(Ask.number >= 100).count()) == 0
    database.close_now()
