"""Circles: calculations that need one another, so that none can be worked out first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from surveys.xlsform.fault import Fault
from surveys.xlsform.rules import REFERENCE
from surveys.xlsform.sheets import Sheet

#: Circles that are told one by one: looking for each takes as long as the sheet has rows.
MOST = 20
#: Names of a circle that are told.
_SHOWN = 6


@dataclass(frozen=True)
class Circle:
    """One circle, told at its first row; the same would be wrong at the `rest` of its rows."""

    fault: Fault
    rest: tuple[Fault, ...]


def find_circles(survey: Sheet) -> Iterator[Circle]:
    """The first MOST circles that calculations go round in, each once."""
    needs = {
        survey.cell(line, "name"): set(REFERENCE.findall(survey.cell(line, "calculation")))
        for line in survey.asked
        if survey.cell(line, "calculation")
    }
    rows = {survey.cell(line, "name"): line.row for line in survey.asked}
    for _ in range(MOST):
        circle = _find_circle(needs)
        if not circle:
            return
        told = _tell(circle, rows)
        what = f"this goes round in a circle: {told}; let one of them be asked, or worked out otherwise"
        first, *rest = (
            survey.fault(rows[name], "calculation", what)
            for name in sorted(set(circle), key=rows.__getitem__)
        )
        yield Circle(first, tuple(rest))
        for name in set(circle):
            del needs[name]


def _tell(circle: list[str], rows: Mapping[str, int]) -> str:
    """The names of a circle, beginning and ending with the one that stands first; the first few of many."""
    start = min(range(len(circle) - 1), key=lambda at: rows[circle[at]])
    names = [f"${{{name}}}" for name in (*circle[start:-1], *circle[: start + 1])]
    if len(names) > _SHOWN:
        names = [*names[: _SHOWN - 1], "…"]
    return " needs ".join(names)


def _find_circle(needs: dict[str, set[str]]) -> list[str]:
    """The names of one circle, each needing the next and the last being the first; empty for none."""
    try:
        TopologicalSorter({name: others & needs.keys() for name, others in needs.items()}).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []
