"""The event loop of work that lasts: the quickest there is, and a collector that seldom looks."""

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any, TypeVar

try:
    import uvloop
except ImportError:  # there is none for Windows
    new_loop = asyncio.new_event_loop
else:
    new_loop = uvloop.new_event_loop

Result = TypeVar("Result")

#: New objects between two looks for garbage. A group of letters makes a few thousand at once, none of
#: them in circles, and Python would look for circles among them a dozen times (it looks every 700).
SELDOM = 20_000


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run one piece of work to its end, and give back what it gave."""
    gc.set_threshold(SELDOM, 10, 10)
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(work)
