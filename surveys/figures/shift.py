"""Shift: what people said of themselves before and after, compared for those alone who said both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic

from surveys.answering.answers import Answers
from surveys.figures.release import Whose, may_tell_apart
from surveys.figures.totals import FEWEST
from surveys.forms.form import Form
from surveys.kinds.scale import Scale


@dataclass(frozen=True, slots=True)
class Side(Generic[Whose]):
    """One step as it was told whole: what each person had answered by then, by whose it is."""

    title: str
    form: Form
    answers: Mapping[Whose, Answers]
    #: By scale those who have answered it, in the parts in which its total may have been told of them.
    parts: Mapping[str, Sequence[frozenset[Whose]]]
    #: The day on which it was found to be over.
    whole_on: date


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


def find_shifts(first: Side[Whose], later: Sequence[Side[Whose]], of: int) -> list[list[Shift]]:
    """How the scales that a first step shares with later ones have moved, later step by later step.

    `later` is in the order in which they were told; `of`: how many were asked. Scales are the same where
    their names and their ends are. A change is told of ten people or more who answered both times, and only
    where totals and changes together show nothing else, or the answers of ten people at the least.
    """
    told: dict[str, list[frozenset[Whose]]] = {}
    return [list(_shifts(first, then, of, told)) for then in later]


def _shifts(
    first: Side[Whose], then: Side[Whose], of: int, told: dict[str, list[frozenset[Whose]]]
) -> Iterator[Shift]:
    as_at = max(first.whole_on, then.whole_on)
    for name, scale in then.form.questions.items():
        if not isinstance(scale, Scale) or _ends(first.form, name) != _ends(then.form, name):
            continue
        before, after = _points(first, name), _points(then, name)
        both = frozenset(before.keys() & after.keys())
        earlier = told.setdefault(name, [])
        if len(both) < FEWEST or not _may_tell(both, first, then, name, earlier):
            continue
        earlier.append(both)
        sums = sum(before[one] for one in both), sum(after[one] for one in both)
        yield Shift(name, scale.title, first.title, *sums, len(both), of, as_at)


def _may_tell(
    both: frozenset[Whose], first: Side[Whose], then: Side[Whose], name: str, earlier: list[frozenset[Whose]]
) -> bool:
    """Whether a change may be told of some people; `earlier`: of whom one was told for the same scale."""
    parts = _parts(first, name)
    for some in earlier:
        parts = [cell for part in parts for cell in (part & some, part - some)]
    is_known_before = both in earlier or may_tell_apart(both, parts)
    return is_known_before and may_tell_apart(both, _parts(then, name))


def _parts(side: Side[Whose], name: str) -> list[frozenset[Whose]]:
    """The parts of a side, of those alone whose answer to one question is in its totals."""
    given = {whose for whose, one in side.answers.items() if one.values.get(name) is not None}
    return [part & given for part in side.parts[name]]


def _points(side: Side[Whose], name: str) -> dict[Whose, int]:
    found = {whose: one.values.get(name) for whose, one in side.answers.items()}
    return {whose: point for whose, point in found.items() if isinstance(point, int)}


def _ends(form: Form, name: str) -> tuple[int, int] | None:
    scale = form.questions.get(name)
    return (scale.lowest, scale.highest) if isinstance(scale, Scale) else None
