"""Impact: figures read from counts, each with its numerator, its denominator and its date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

#: How a figure is told where there is nothing to divide by.
NOT_KNOWN = "not known"
#: Answers to "How do you know that number?" that rest on a count.
COUNTED = frozenset({"counted", "receipts"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One share: how many, of how many, on which day."""

    n: int
    of: int
    as_at: date

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, None when not known. Only all of them are 100, and only none 0."""
        if self.of <= 0:
            return None
        rounded = round(100 * self.n / self.of)
        if 0 < self.n < self.of:
            return min(max(rounded, 1), 99)
        return rounded

    def to_json(self) -> dict[str, object]:
        """Numerator, denominator, per cent (null when not known) and date."""
        return {"n": self.n, "of": self.of, "percent": self.percent, "as_at": self.as_at.isoformat()}

    def __str__(self) -> str:
        share = NOT_KNOWN if self.percent is None else f"{self.percent}%"
        return f"{self.n:,} of {self.of:,} ({share})"


@dataclass(frozen=True, slots=True)
class Told:
    """What one agency told about its staff; None where it gave no number."""

    scope: int | None
    reached: int | None
    basis: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it gave both numbers: the only kind that may be added up."""
        return self.scope is not None and self.reached is not None


@dataclass(frozen=True, slots=True)
class Reach:
    """Staff reached of staff in scope, over the agencies that gave both; the rest is not known."""

    all: Figure
    counted: Figure
    estimated: Figure
    #: Agencies that gave both numbers, of those asked.
    agencies: Figure

    def to_json(self) -> dict[str, object]:
        """The four figures by name."""
        return {
            "all": self.all.to_json(),
            "counted": self.counted.to_json(),
            "estimated": self.estimated.to_json(),
            "agencies": self.agencies.to_json(),
        }


def rate(n: int, of: int, as_at: date) -> Figure:
    """A share. With nothing to divide by it is not known, which is neither 0 % nor 100 %."""
    return Figure(n, of, as_at)


def reach(told: Iterable[Told], asked: int, as_at: date) -> Reach:
    """Add up staff reached and in scope over the agencies that gave both; `asked`: how many were asked.

    Numbers that rest on a count and numbers that are estimates are told apart.
    """
    whole = [one for one in told if one.is_whole]
    counted = [one for one in whole if one.basis in COUNTED]
    estimated = [one for one in whole if one.basis not in COUNTED]
    return Reach(
        _add_up(whole, as_at),
        _add_up(counted, as_at),
        _add_up(estimated, as_at),
        Figure(len(whole), asked, as_at),
    )


def _add_up(some: list[Told], as_at: date) -> Figure:
    return Figure(sum(one.reached or 0 for one in some), sum(one.scope or 0 for one in some), as_at)
