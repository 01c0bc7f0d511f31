"""Release: what of the answers under a code may be told, so that no two tellings differ by a few people."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TypeVar

#: By so many people two tellings differ, at the least.
TOGETHER = 10

Whose = TypeVar("Whose", bound=Hashable)
#: A moment, or a day where nothing nearer is known.
Moment = TypeVar("Moment", bound=date)


def find_release(began: Sequence[Moment], whole_at: Moment | None = None) -> Moment | None:
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


def find_parts(began: Mapping[Whose, Moment], whole_at: Moment) -> list[frozenset[Whose]]:
    """Those who are told of once no more were to come, in the parts in which they may have been told before.

    `began`: when each person first answered. No telling ever parted those of one part.
    """
    by_then = {who: at for who, at in began.items() if at <= whole_at}
    moments = sorted(by_then.values())
    ends = [at for at, count in _cuts(moments) if len(moments) - count >= TOGETHER]
    bounds = zip((None, *ends), (*ends, whole_at), strict=True)
    parts = [
        frozenset(who for who, at in by_then.items() if (after is None or at > after) and at <= until)
        for after, until in bounds
    ]
    return [part for part in parts if part]


def may_tell_apart(some: Collection[Whose], parts: Sequence[frozenset[Whose]]) -> bool:
    """Whether of some people something may be told beside what was told of whole parts.

    Whoever adds and takes away tellings is left, in each part, with those told of apart or with the others.
    So either nothing is left, since it is told of everybody, or the answers of ten people at the least.
    """
    apart = frozenset(some)
    if not any(part - apart for part in parts):
        return True
    return sum(min(len(part & apart), len(part - apart)) for part in parts) >= TOGETHER


def _cuts(moments: Sequence[Moment]) -> Iterator[tuple[Moment, int]]:
    """Each moment at which ten more people have answered since the one before, and how many have by then.

    Those who answered at one moment are never parted.
    """
    count = last = 0
    for moment, same in groupby(moments):
        count += len(list(same))
        if count - last >= TOGETHER:
            last = count
            yield moment, count
