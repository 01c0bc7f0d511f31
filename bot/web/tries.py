"""Tries: how often somebody has tried something of late, kept in this process's memory alone."""

import time
from collections import deque
from collections.abc import Callable, Hashable

#: Keys remembered; beyond it the ones quiet for longest are forgotten.
MOST_KEYS = 10_000


class Tries:
    """Counts tries by key within a stretch of time."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow `most` tries within any `seconds`."""
        self._most, self._seconds, self._clock = most, seconds, clock
        self._times: dict[Hashable, deque[float]] = {}

    def exhausted(self, key: Hashable) -> bool:
        """Whether no further try is allowed now."""
        times = self._times.get(key)
        if times is None:
            return False
        oldest = self._clock() - self._seconds
        while times and times[0] <= oldest:
            times.popleft()
        return len(times) >= self._most

    def count(self, key: Hashable) -> None:
        """Count one try."""
        times = self._times.pop(key, None) or deque(maxlen=self._most)
        times.append(self._clock())
        self._times[key] = times
        if len(self._times) > MOST_KEYS:
            del self._times[next(iter(self._times))]
