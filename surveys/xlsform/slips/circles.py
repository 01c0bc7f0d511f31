"""Circles: calculations that need one another, so that none can be worked out first."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from surveys.xlsform.fault import Fault
from surveys.xlsform.rules import REFERENCE
from surveys.xlsform.sheets import Sheet

#: Circles that are told one by one: looking for each takes as long as the sheet has rows.
MOST = 20


def find_circles(survey: Sheet) -> Iterator[Fault]:
    """The calculations that go round in a circle, each at its own row, of the first MOST circles."""
    needs = {
        survey.cell(line, "name"): set(REFERENCE.findall(survey.cell(line, "calculation")))
        for line in survey.asked
        if survey.cell(line, "calculation")
    }
    rows = {survey.cell(line, "name"): line.row for line in survey.asked}
    for _ in range(MOST):
        circle = _find_circle(needs)
        told = " needs ".join(f"${{{name}}}" for name in circle)
        for name in sorted(set(circle), key=rows.__getitem__):
            what = f"this goes round in a circle: {told}; let one of them be asked, or worked out otherwise"
            yield survey.fault(rows[name], "calculation", what)
            del needs[name]


def _find_circle(needs: dict[str, set[str]]) -> list[str]:
    """The names of one circle, each needing the next and the last being the first; empty for none."""
    try:
        TopologicalSorter({name: others & needs.keys() for name, others in needs.items()}).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []
