"""Embedding: how many promised changes have become usual practice, of all that are old enough to tell."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from surveys.judging.evidence import CHECKS

#: From this rating on a change counts as embedded, and from this one as shown to benefit children.
EMBEDDED, BENEFIT = 2, 4


@dataclass(frozen=True, slots=True)
class AgedAction:
    """What a rate looks at in one action: its day, its newest rating at each check, and how it ended."""

    agreed_on: date
    #: By the months of the check.
    ratings: Mapping[int, int] = field(default_factory=dict)
    #: The months of the check at which it was closed for good; None while it is asked about.
    closed_at: int | None = None
    #: Whether the sub-group agreed that nobody needs it any more.
    is_dropped: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, as at a day."""

    numerator: int
    denominator: int
    as_at: date

    def __str__(self) -> str:
        if not self.denominator:
            return f"not known yet: no action is old enough (as at {self.as_at:%d/%m/%Y})"
        share = f"{100 * self.numerator / self.denominator:.0f}%"
        return f"{self.numerator} of {self.denominator} ({share}), as at {self.as_at:%d/%m/%Y}"


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where that month is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def age_reached(agreed_on: date, today: date) -> int:
    """The newest check that an action is old enough for: 3, 6 or 12 months; 0 before the first."""
    return max((months for months in CHECKS if months_after(agreed_on, months) <= today), default=0)


def embedding_rate(
    actions: Iterable[AgedAction], months: int, today: date, *, at_least: int = EMBEDDED
) -> Rate:
    """Actions rated `at_least` so high at a check, of all that have reached that age.

    One that nobody answered for or rated counts as not embedded. One that was closed at an earlier check
    keeps the rating that it was closed with; one that is agreed to be needed no more is left out.
    """
    aged = [one for one in actions if not one.is_dropped and months_after(one.agreed_on, months) <= today]
    return Rate(sum(_rating(one, months) >= at_least for one in aged), len(aged), today)


def _rating(one: AgedAction, months: int) -> int:
    if one.closed_at is not None and one.closed_at < months:
        return one.ratings.get(one.closed_at, 0)
    return one.ratings.get(months, 0)
