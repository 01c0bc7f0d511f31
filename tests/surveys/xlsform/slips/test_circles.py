"""Calculations that need one another are all told, each at its own row."""

from tests.surveys.xlsform.workbooks import faults, read, row


def test_every_calculation_of_every_circle_is_told() -> None:
    found = faults(
        row("text", "t"),
        row("calculate", "a", calculation="${b} + 1"),
        row("calculate", "b", calculation="${a} + 1"),
        row("calculate", "c", calculation="${d} + 1"),
        row("calculate", "d", calculation="${e} + 1"),
        row("calculate", "e", calculation="${c} + 1"),
        row("calculate", "own", calculation="${own} + 1"),
    )
    assert [(fault.row, fault.column) for fault in found] == [(at, "calculation") for at in range(3, 9)]
    assert "${a}" in found[0].what
    assert "${b}" in found[0].what


def test_a_calculation_on_another_is_no_circle() -> None:
    rows = row("calculate", "a", calculation="1 + 1"), row("calculate", "b", calculation="${a} + ${a}")
    assert read(row("text", "t"), *rows)
