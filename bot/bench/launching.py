"""The launch bench: how fast a campaign comes to ask, and how long that keeps others from writing."""

import asyncio
import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from bot.asking.launching import carry_out
from bot.bench import scene
from bot.bench.bystander import bystander
from bot.bench.sending import apart, peak_memory
from messages.days.calendar import office_calendar
from store.asking.campaign import Campaign
from store.database import Database, Session

#: The lesson asks each agency twice: that it has the lesson, and how it was passed on.
STEPS = 2


@dataclass(frozen=True, slots=True)
class LaunchFigures:
    """What a run of the launch bench measured on this machine."""

    asks: int
    seconds: float
    asks_per_s: int
    #: How long small writes of another process took meanwhile: at most, in one of a hundred, and mostly.
    longest_wait_ms: float
    wait_p99_ms: float
    wait_ms: float
    waits: int
    peak_rss_mb: float | None
    #: By how much the launch made that grow.
    grown_mb: float | None
    database: str


def run(count: int, database: str | None) -> dict[str, Any]:
    """Measure the launch of a campaign of about `count` asks.

    Raises BenchError where the database is in use.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cascade-bench-")))
        url = database or f"sqlite:///{folder / 'bench.db'}"
        scene.require_unused(url)
        # In a process of its own, so that its memory is not counted.
        apart(scene.prepare, url, count // STEPS)
        opened = Database(url)
        stack.callback(opened.close_now)
        campaign_id, board_id = opened.read_now(_find)
        return asdict(_measure(opened, url, campaign_id, board_id))


def _find(session: Session) -> tuple[UUID, UUID]:
    made = session.query(Campaign).one()
    return made.id, made.board_id


def _measure(database: Database, url: str, campaign_id: UUID, board_id: UUID) -> LaunchFigures:
    # A launch is planned before it is carried out, by the same calendars.
    office_calendar().next_working(scene.NOON.date())
    before = peak_memory()
    with bystander(url, board_id) as other:
        started = time.perf_counter()
        asked = asyncio.run(carry_out(database, scene.ZONE, campaign_id, scene.NOON, scene.BY))
        took = time.perf_counter() - started
    waits = sorted(other.waits)
    after = peak_memory()
    return LaunchFigures(
        asks=asked * STEPS,
        seconds=round(took, 2),
        asks_per_s=round(asked * STEPS / took),
        longest_wait_ms=round(waits[-1] * 1000, 1),
        wait_p99_ms=round(waits[int(len(waits) * 0.99)] * 1000, 1),
        wait_ms=round(statistics.median(waits) * 1000, 1),
        waits=len(waits),
        peak_rss_mb=after,
        grown_mb=round(after - before, 1) if after is not None and before is not None else None,
        database="sqlite" if database.is_sqlite else "postgresql",
    )
