"""Ended: pages whose answers were sent or given up, so that going back and sending again shows none."""

#: Words remembered; beyond it the oldest are forgotten.
MOST_WORDS = 20_000


class Ended:
    """The random words of pages that came to their end, kept in this process's memory alone."""

    def __init__(self, most: int = MOST_WORDS) -> None:
        """Remember up to `most` words."""
        self._most = most
        self._ends: dict[str, str] = {}

    def note(self, word: str, end: str) -> None:
        """Remember how a page ended: the name of the page that followed."""
        self._ends[word] = end
        while len(self._ends) > self._most:
            self._ends.pop(next(iter(self._ends)), None)

    def of(self, word: str) -> str:
        """How a page ended; empty where it has not."""
        return self._ends.get(word, "")
