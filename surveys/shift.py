"""Shift: what people said of themselves before and after, compared for those alone who said both."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from surveys.answers import Answers
from surveys.form import Form
from surveys.kinds.scale import Scale
from surveys.totals import FEWEST

Whose = TypeVar("Whose", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Shift:
    """One scale at two times: the sums of the `pairs` of answers, and of how many asked both were given.

    `since` is the step that was answered before.
    """

    field: str
    title: str
    since: str
    before: int
    after: int
    pairs: int
    of: int
    as_at: date

    def to_json(self) -> dict[str, object]:
        """Both means with their numerators, the denominator they share, and the date."""
        return {
            "field": self.field,
            "title": self.title,
            "since": self.since,
            "before": {"sum": self.before, "mean": round(self.before / self.pairs, 2)},
            "after": {"sum": self.after, "mean": round(self.after / self.pairs, 2)},
            "pairs": self.pairs,
            "of": self.of,
            "as_at": self.as_at.isoformat(),
        }

    def __str__(self) -> str:
        told = [f"{total / self.pairs:.1f} ({total} ÷ {self.pairs})" for total in (self.before, self.after)]
        return f"{self.title}: {told[0]} before, {told[1]} after; {self.pairs} of {self.of} answered both"


def find_shifts(
    since: str,
    first: tuple[Form, Mapping[Whose, Answers]],
    then: tuple[Form, Mapping[Whose, Answers]],
    of: int,
    as_at: date,
) -> list[Shift]:
    """How the scales that two forms share have moved; one that fewer than ten people answered twice is not
    told.

    Answers are by whose they are. Scales are the same where their names and their ends are.
    """
    return list(_shifts(since, first, then, of, as_at))


def _shifts(
    since: str,
    first: tuple[Form, Mapping[Whose, Answers]],
    then: tuple[Form, Mapping[Whose, Answers]],
    of: int,
    as_at: date,
) -> Iterator[Shift]:
    (old, before), (new, after) = first, then
    for name, scale in new.questions.items():
        if not isinstance(scale, Scale) or _ends(old, name) != _ends(new, name):
            continue
        pairs = [
            (before[one].values[name], given.values[name])
            for one, given in after.items()
            if name in given.values and one in before and name in before[one].values
        ]
        whole = [(a, b) for a, b in pairs if isinstance(a, int) and isinstance(b, int)]
        if len(whole) >= FEWEST:
            sums = sum(a for a, _ in whole), sum(b for _, b in whole)
            yield Shift(name, scale.title, since, *sums, len(whole), of, as_at)


def _ends(form: Form, name: str) -> tuple[int, int] | None:
    scale = form.questions.get(name)
    return (scale.lowest, scale.highest) if isinstance(scale, Scale) else None
