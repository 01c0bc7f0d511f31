"""Release: what of the answers under a code may be told, so that no two tellings differ by a few people."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

#: By so many people two tellings differ, at the least.
TOGETHER = 10


def find_release(began: Sequence[datetime], whole_at: datetime | None = None) -> datetime | None:
    """The moment as at which answers are told, corrections of that time included; None while none are.

    `began`: when each person first answered. Answers are told ten people or more at a time; while more may
    come the latest ten wait, so that the last few are never told alone. `whole_at`: when no more were to
    come. All are told as at then; whoever comes later waits until they are ten.
    """
    moments = sorted(began)
    if whole_at is None:
        told = [at for at, count in _cuts(moments) if len(moments) - count >= TOGETHER]
        return told[-1] if told else None
    later = [at for at, _ in _cuts([moment for moment in moments if moment > whole_at])]
    return later[-1] if later else whole_at


def _cuts(moments: Sequence[datetime]) -> Iterator[tuple[datetime, int]]:
    """Each moment at which ten more people have answered since the one before, and how many have by then.

    Those who answered at one moment are never parted.
    """
    count = last = 0
    for moment, same in groupby(moments):
        count += len(list(same))
        if count - last >= TOGETHER:
            last = count
            yield moment, count
