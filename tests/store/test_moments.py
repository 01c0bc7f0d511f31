"""Moments are aware: refused when naive, in UTC in the store, whatever zone they came in."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from store.asking.ask import AskState
from store.base import Worded, ordered_id
from store.database import Database, Session
from store.decision import note
from store.installation import row
from store.people.person import Person

LONDON, KATHMANDU = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kathmandu")


async def test_a_moment_without_a_zone_is_refused_and_nothing_kept(database: Database) -> None:
    def keep(session: Session) -> None:
        session.add(Person(name="Ada", language="en", audience=""))
        session.flush()
        row(session).beat_at = datetime(2026, 10, 12, 9)  # noqa: DTZ001 - what is refused here
        session.flush()

    with pytest.raises((StatementError, ValueError), match="without a time zone"):
        await database.write(keep)
    assert await database.read(lambda session: session.query(Person).count()) == 0


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 10, 12, 10, tzinfo=LONDON),
        datetime(2026, 10, 12, 14, 45, tzinfo=KATHMANDU),
        datetime(2026, 10, 12, 9, tzinfo=UTC),
    ],
)
async def test_a_moment_is_kept_in_utc(database: Database, moment: datetime) -> None:
    await database.write(lambda session: setattr(row(session), "beat_at", moment))
    kept = await database.read(lambda session: row(session).beat_at)
    assert kept == moment
    assert kept is not None
    assert kept.tzinfo is UTC
    raw = await database.read(
        lambda session: str(session.execute(text("SELECT beat_at FROM installations")).scalar())
    )
    assert raw.startswith("2026-10-12 ")
    if database.is_sqlite:
        assert raw.startswith("2026-10-12 09:00:00")


async def test_the_hour_that_comes_twice_is_two_moments(database: Database) -> None:
    """At two in the morning of 25 October 2026 the clocks go back to one."""
    first = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=0)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1)
    await database.write(lambda session: [note(session, at, "told", "", "x") for at in (second, first)])

    def moments(session: Session) -> list[datetime]:
        found = session.execute(text("SELECT at FROM decisions ORDER BY at")).scalars()
        return [datetime.fromisoformat(str(at)).replace(tzinfo=None) for at in found]

    if database.is_sqlite:
        assert await database.read(moments) == [
            datetime(2026, 10, 25, 0, 30),  # noqa: DTZ001 - as the database keeps them
            datetime(2026, 10, 25, 1, 30),  # noqa: DTZ001
        ]
    assert second.astimezone(UTC) > first.astimezone(UTC)


async def test_a_day_is_a_day(database: Database) -> None:
    def keep(session: Session) -> None:
        session.add(Person(name="Ada", language="en", audience="", away_until=date(2026, 10, 25)))

    await database.write(keep)
    ada = await database.read(lambda session: session.query(Person).one())
    assert ada.is_away(date(2026, 10, 25))
    assert not ada.is_away(date(2026, 10, 26))


def test_a_word_that_the_enumeration_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a valid AskState"):
        Worded(AskState).process_bind_param("forgotten", None)  # type: ignore[arg-type]


def test_identifiers_sort_by_the_time_they_were_made() -> None:
    made = [ordered_id() for _ in range(3)]
    assert {one.version for one in made} == {7}
    assert made[0].int >> 80 <= made[2].int >> 80
