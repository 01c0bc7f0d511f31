"""Calculations that need one another are told once a circle, at the first of their rows."""

from tests.surveys.xlsform.workbooks import faults, read, row


def test_every_circle_is_told_once() -> None:
    found = faults(
        row("text", "t"),
        row("calculate", "a", calculation="${b} + 1"),
        row("calculate", "b", calculation="${a} + 1"),
        row("calculate", "c", calculation="${d} + 1"),
        row("calculate", "d", calculation="${e} + 1"),
        row("calculate", "e", calculation="${c} + 1"),
        row("calculate", "own", calculation="${own} + 1"),
    )
    assert [(fault.row, fault.column) for fault in found] == [(at, "calculation") for at in (3, 5, 8)]
    assert "${c} needs ${d} needs ${e} needs ${c};" in found[1].what


def test_a_long_circle_is_told_by_its_first_few_names() -> None:
    links = (row("calculate", f"c{at}", calculation=f"${{c{(at + 1) % 60}}} + 1") for at in range(60))
    [fault] = faults(row("text", "t"), *links)
    assert (fault.row, fault.letter) == (3, "D")
    assert "${c0} needs ${c1} needs ${c2} needs ${c3} needs ${c4} needs \u2026;" in fault.what


def test_a_circle_hides_no_other_fault() -> None:
    found = faults(
        row("calculate", "a", calculation="${b} + 1"),
        row("calculate", "b", calculation="${a} + 1"),
        row("text", "c", relevant="${gone} = 'x'"),
    )
    assert [(fault.row, fault.column) for fault in found] == [(2, "calculation"), (4, "relevant")]


def test_a_calculation_on_another_is_no_circle() -> None:
    rows = row("calculate", "a", calculation="1 + 1"), row("calculate", "b", calculation="${a} + ${a}")
    assert read(row("text", "t"), *rows)
