"""Pace: how much of a long work is done in one transaction, so that nobody who writes besides waits long."""

import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from store.database import Session

#: Seconds that the work of one transaction aims at, before it is committed; on a slow or busy disk the commit
#: takes as long again, and everybody else's writes still wait less than a tenth of a second.
AIM = 0.03
#: However slow it is, the work goes on by so many: with fewer, what each transaction costs takes over.
LEAST = 64
#: Where writers do not wait for each other, a portion may take so long.
UNHURRIED = 0.5

T_co = TypeVar("T_co", covariant=True)


class Portion(Protocol[T_co]):
    """Some of a long work: at most `limit` of it, in the session's transaction."""

    def __call__(self, session: Session, *, limit: int) -> T_co:
        """Do it."""


class Pace:
    """The size of the next portion: it follows what those before it took, and begins small."""

    def __init__(self, most: int, aim: float = AIM) -> None:
        """Let no portion be larger than `most`, nor aim at more than so many seconds."""
        self.limit = max(LEAST, min(most, most // 8))
        #: The size of the portion that was done last.
        self.dealt_with = 0
        self._most, self._aim = most, aim

    def timed(self, portion: Portion[T_co]) -> Callable[[Session], T_co]:
        """One portion as a writing function; the next one is as much larger or smaller as this was quick."""

        def do(session: Session) -> T_co:
            began, self.dealt_with = time.perf_counter(), self.limit
            done = portion(session, limit=self.limit)
            session.flush()
            self.follow(time.perf_counter() - began)
            return done

        return do

    def follow(self, took: float) -> None:
        """Take in what a portion of this size took: the next is at most twice as large."""
        fitting = int(self.limit * min(2.0, self._aim / max(took, 1e-6)))
        self.limit = max(LEAST, min(self._most, fitting))
