"""The tick bench: what one wake-up costs with a thousand asks due, among few quiet ones and among many."""

import gc
import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from bot.bench import scene
from messages.chasing.climb import climb_due
from store.database import Database
from store.quick import bulk

DUE = 1000
TICKS = 7


@dataclass(frozen=True, slots=True)
class TickFigures:
    """What a run of the tick bench measured on this machine."""

    #: Median of several ticks, in milliseconds.
    tick_ms: float
    ticks_ms: list[float]
    quiet: int
    due: int
    database: str


def run(count: int, database: str | None) -> dict[str, Any]:
    """Measure ticks with DUE asks due among `count` quiet ones.

    Raises BenchError where the database is in use.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cascade-bench-")))
        url = database or f"sqlite:///{folder / 'bench.db'}"
        campaign_id = scene.build(url, count)
        opened = Database(url)
        try:
            figures = _measure(opened, campaign_id, count)
        finally:
            opened.close_now()
    return asdict(figures)


def _measure(database: Database, campaign_id: UUID, count: int) -> TickFigures:
    far = scene.NOON + timedelta(days=365)
    database.write_now(partial(bulk.quieten, campaign_id=campaign_id, until=far))
    took: list[float] = []
    due = min(DUE, count // (TICKS + 1))
    for turn in range(TICKS + 1):
        rung = partial(
            bulk.ring_some, campaign_id=campaign_id, after=turn * due * 2, count=due * 2, now=scene.NOON
        )
        database.write_now(rung)
        gc.collect()
        started = time.perf_counter()
        while database.write_now(lambda session: climb_due(session, scene.NOON, scene.ZONE)):
            pass
        took.append((time.perf_counter() - started) * 1000)
    # The first tick only warms the statement and page caches.
    counted = [round(one, 2) for one in took[1:]]
    kind = "sqlite" if database.is_sqlite else "postgresql"
    return TickFigures(round(statistics.median(counted), 2), counted, count, due, kind)
