"""The clock: real time, or in the demonstration a row that its buttons move."""

from datetime import UTC, datetime
from typing import Protocol

from store import installation
from store.database import Database


def real_now() -> datetime:
    """This moment, by the machine."""
    return datetime.now(UTC)


class Clock(Protocol):
    """What tells the rules the time. Leases never ask it: they use `real_now`."""

    async def now(self) -> datetime:
        """This moment, as the rules see it."""
        ...


class RealClock:
    """The machine's own time."""

    async def now(self) -> datetime:
        """This moment."""
        return real_now()


class VirtualClock:
    """The demonstration's time: a row, so that it outlives the process."""

    def __init__(self, database: Database) -> None:
        """Keep the clock in this database."""
        self._database = database

    async def now(self) -> datetime:
        """Where the clock stands."""
        row = await self._database.read(installation.row_or_none)
        if row is None or row.virtual_now is None:
            return real_now()
        return row.virtual_now

    async def set(self, moment: datetime) -> None:
        """Move the clock."""
        await self._database.write(lambda session: installation.set_virtual(session, moment))
