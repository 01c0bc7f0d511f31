"""Ranges: ODK's sliders, asked as a scale where the points are few, else as a number."""

from decimal import Decimal, InvalidOperation
from typing import Any

from surveys.kinds.scale import LONGEST
from surveys.xlsform.odk import Node, row_of
from surveys.xlsform.work import Work

#: What is said of a number between the steps, where the form has no words of its own.
STEPS = "Give a number on one of the steps"
#: What ODK takes where the parameters say nothing.
_START, _END, _STEP = "0", "10", "1"


def write_range(work: Work, node: Node) -> dict[str, Any]:
    """A range as a scale or a number; its step becomes a rule."""
    control = node.get("control", {})
    try:
        start, end = Decimal(str(control.get("start", _START))), Decimal(str(control.get("end", _END)))
        step = abs(Decimal(str(control.get("step", _STEP))))
    except InvalidOperation:
        work.blame(
            row_of(node), "parameters", "start, end and step must be numbers, as in start=1 end=5 step=1"
        )
        return {"kind": "integer"}
    lowest, highest = min(start, end), max(start, end)
    whole = all(number == number.to_integral_value() for number in (start, end, step))
    if whole and step == 1 and 1 <= highest - lowest < LONGEST and lowest >= -10 and highest <= 20:
        return {"kind": "scale", "lowest": int(lowest), "highest": int(highest)}
    found: dict[str, Any] = {"kind": "integer" if whole else "decimal"}
    found |= {"minimum": _plain(lowest, whole), "maximum": _plain(highest, whole)}
    if not whole:
        places = max(-int(number.as_tuple().exponent) for number in (start, step))
        found["places"] = min(10, max(0, places))
    return found


def step_rule(node: Node) -> str:
    """The rule that an answer lies on a step of its range; empty where any does."""
    control = node.get("control", {})
    try:
        start, step = Decimal(str(control.get("start", _START))), Decimal(str(control.get("step", _STEP)))
    except InvalidOperation:
        return ""
    if abs(step) == 1 and start == start.to_integral_value():
        return ""
    # Rounding keeps binary fractions such as 0.1 from missing their own steps.
    taken = f"(. - {start}) div {abs(step)}" if start >= 0 else f"(. + {abs(start)}) div {abs(step)}"
    return f"round({taken}, 6) = round({taken}, 0)" if step else ""


def _plain(number: Decimal, whole: bool) -> int | float:
    return int(number) if whole else float(number)
