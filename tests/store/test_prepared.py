"""A statement that the driver runs alone keeps what SQLAlchemy would keep, and complains as it does."""

from datetime import date

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from store.answers.inbound import Inbound, Source
from store.base import Row, ordered_id
from store.database import Database, Session
from store.people.agency import Agency, CalendarKind
from store.quick.plain import columns_of, run, table_of
from store.surveying.ended_page import EndedPage
from tests import make

AGENCIES = table_of(Agency)


def agency(name: str) -> Agency:
    return Agency(
        id=ordered_id(),
        name=name,
        folded=name.casefold(),
        sector="health",
        calendar=CalendarKind.SCHOOL,
        term_set=None,
        domains=["a.example", "b.example"],
        staff=None,
    )


def inbound() -> Inbound:
    return Inbound(
        id=ordered_id(), source=Source.WEB, source_id="one", received_at=make.START, raw=b"\x00\xff"
    )


@pytest.mark.parametrize(
    "row",
    [agency("Kestrel"), inbound(), EndedPage(key="a" * 64, day=date(2026, 10, 13))],
    ids=lambda row: type(row).__name__.lower(),
)
async def test_every_kind_of_value_comes_back_as_it_was_put(database: Database, row: Row) -> None:
    table = table_of(type(row))
    database.write_now(lambda session: run(session, insert(table), columns_of(row)))

    def look(session: Session) -> None:
        [plain] = run(session, select(table), {}).all()
        assert dict(zip((column.key for column in table.columns), plain, strict=True)) == columns_of(row)
        assert columns_of(session.query(type(row)).one()) == columns_of(row)

    database.read_now(look)


async def test_it_tells_how_many_rows_it_changed(database: Database) -> None:
    rename = update(AGENCIES).where(AGENCIES.c.sector == bindparam("of")).values(term_set=bindparam("to"))

    def write(session: Session) -> list[int]:
        for name in ("Kestrel", "Merlin"):
            run(session, insert(AGENCIES), columns_of(agency(name)))
        return [run(session, rename, {"of": of, "to": "west"}).rowcount for of in ("health", "police")]

    assert database.write_now(write) == [2, 0]


async def test_what_the_session_has_not_written_yet_goes_first(database: Database) -> None:
    def write(session: Session) -> int:
        session.add(agency("Kestrel"))
        return len(run(session, select(AGENCIES.c.id), {}).all())

    assert database.write_now(write) == 1


async def test_a_list_of_any_length_still_finds_its_rows(database: Database) -> None:
    named = select(AGENCIES.c.name).where(AGENCIES.c.name.in_(bindparam("among", expanding=True)))

    def write(session: Session) -> list[int]:
        run(session, insert(AGENCIES), columns_of(agency("Kestrel")))
        lists: tuple[list[str], ...] = ([], ["Kestrel"], ["Kestrel", "Merlin"])
        return [len(run(session, named, {"among": names}).all()) for names in lists]

    assert database.write_now(write) == [0, 1, 1]


async def test_a_complaint_is_sqlalchemys_own_and_repeats_no_value(database: Database) -> None:
    def twice(session: Session) -> None:
        for _ in range(2):
            run(session, insert(AGENCIES), columns_of(agency("Typed by somebody")))

    with pytest.raises(IntegrityError) as raised:
        database.write_now(twice)
    assert "typed by somebody" not in str(raised.value).casefold()


async def test_a_reader_is_told_that_it_may_not_write(database: Database) -> None:
    if database.is_sqlite:
        with pytest.raises(Exception, match="readonly") as raised:
            database.read_now(lambda session: run(session, insert(AGENCIES), columns_of(agency("Kestrel"))))
        assert isinstance(raised.value.__cause__, OperationalError)
