"""Rarity: which languages may stay beside answers, so that neither one nor the lack of one names anybody."""

from collections import Counter
from collections.abc import Iterable


def find_common(spoken: Iterable[str], fewest: int) -> frozenset[str]:
    """The languages that stay: each shared by the fewest or more, and so are those left without one.

    Where only a few would be left without, the rarest of the others goes too: having none would tell of them
    that they speak something rare.
    """
    counts = Counter(spoken)
    common = {language for language, count in counts.items() if language and count >= fewest}
    without = sum(count for language, count in counts.items() if language not in common)
    while common and 0 < without < fewest:
        rarest = min(common, key=lambda language: (counts[language], language))
        common.remove(rarest)
        without += counts[rarest]
    return frozenset(common)
