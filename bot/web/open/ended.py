"""Ended: pages whose answers were sent or given up, so that going back and sending again shows none.

This process remembers them at once; the others learn it from the database. See `surveys.open.ended`.
"""

import logging
from datetime import date

from bot.web.tries import Tries
from store.database import Database
from store.errors import StoreError
from surveys.open import ended

#: Words remembered; beyond it the oldest are forgotten.
MOST_WORDS = 20_000
#: Stops in a minute from one place that are written down.
MOST_STOPS = 600
A_MINUTE = 60.0

log = logging.getLogger(__name__)


class Ended:
    """The random words of pages that came to their end."""

    def __init__(self, most: int = MOST_WORDS, stops_from_a_place: int = MOST_STOPS) -> None:
        """Remember up to `most` words, and write down so many stops a minute from one place."""
        self._most = most
        self._ends: dict[str, str] = {}
        self._stops = Tries(stops_from_a_place, A_MINUTE)

    def note(self, word: str, end: str) -> None:
        """Remember how a page ended, by the name of the next one; a page without a word held nothing.

        What was sent stays sent, whoever stops after it.
        """
        if not word or (end == ended.STOPPED and word in self._ends):
            return
        self._ends[word] = end
        while len(self._ends) > self._most:
            self._ends.pop(next(iter(self._ends)), None)

    async def write_down(self, database: Database, word: str, day: date, place: str) -> None:
        """Tell the other processes that a page was given up; nobody waits for it.

        Where the database cannot remember it, or one place floods it, this process still does.
        """
        if not word or self._stops.exhausted(place):
            return
        self._stops.count(place)
        try:
            await database.write(lambda session: ended.stop(session, word, day), urgent=True)
        except StoreError as error:
            log.error("that a page was given up is known to one process alone: %s", error)

    def of(self, word: str) -> str:
        """How a page ended, as far as this process knows; empty where it has not."""
        return self._ends.get(word, "")
