"""Catalogue: every function an expression may call, and why others of XLSForm's are refused."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from surveys.expressions.functions import choices, dates, numbers, texts
from surveys.expressions.scene import XPathValue

PREFIX = "odk-"
"""What is put before the names of our functions, as XPath's own of the same names cannot be replaced."""

NATIVE = frozenset({"true", "false", "not", "boolean"})
"""The functions that XPath 1.0 has and that mean the same in XLSForm."""


@dataclass(frozen=True)
class Function:
    """A function with the fewest and the most arguments it takes (None: as many as are written)."""

    least: int
    most: int | None
    work: Callable[..., XPathValue] | None = None
    needs_stage: bool = False


def _mathematics(work: Callable[[float], float]) -> Function:
    return Function(1, 1, numbers.of_one_number(work))


FUNCTIONS: dict[str, Function] = {
    "true": Function(0, 0),
    "false": Function(0, 0),
    "not": Function(1, 1),
    "boolean": Function(1, 1),
    "if": Function(3, 3, texts.if_else),
    "coalesce": Function(2, 2, texts.coalesce),
    "once": Function(1, 1, texts.once, needs_stage=True),
    "selected": Function(2, 2, choices.selected),
    "selected-at": Function(2, 2, choices.selected_at),
    "count-selected": Function(1, 1, choices.count_selected),
    "jr:choice-name": Function(2, 2, choices.choice_name, needs_stage=True),
    "checklist": Function(3, None, choices.checklist),
    "weighted-checklist": Function(4, None, choices.weighted_checklist),
    "count": Function(1, 1, numbers.count),
    "count-non-empty": Function(1, 1, numbers.count_non_empty),
    "sum": Function(1, 1, numbers.total),
    "min": Function(1, None, numbers.smallest),
    "max": Function(1, None, numbers.largest),
    "regex": Function(2, 2, texts.matches, needs_stage=True),
    "contains": Function(2, 2, texts.contains),
    "starts-with": Function(2, 2, texts.starts_with),
    "ends-with": Function(2, 2, texts.ends_with),
    "substr": Function(2, 3, texts.substr),
    "substring-before": Function(2, 2, texts.substring_before),
    "substring-after": Function(2, 2, texts.substring_after),
    "translate": Function(3, 3, texts.translate),
    "string-length": Function(0, 1, texts.string_length, needs_stage=True),
    "normalize-space": Function(0, 1, texts.normalize_space, needs_stage=True),
    "concat": Function(1, None, texts.concat),
    "join": Function(2, None, texts.join),
    "string": Function(0, 1, texts.to_string, needs_stage=True),
    "boolean-from-string": Function(1, 1, numbers.boolean_from_string),
    "number": Function(1, 1, numbers.to_number),
    "int": Function(1, 1, numbers.to_int),
    "round": Function(1, 2, numbers.round_half_up),
    "abs": _mathematics(abs),
    "pow": Function(2, 2, numbers.power),
    "sqrt": _mathematics(math.sqrt),
    "log": _mathematics(math.log),
    "log10": _mathematics(math.log10),
    "exp": _mathematics(math.exp),
    "exp10": Function(1, 1, numbers.exponential10),
    "pi": Function(0, 0, numbers.circle_number),
    "sin": _mathematics(math.sin),
    "cos": _mathematics(math.cos),
    "tan": _mathematics(math.tan),
    "asin": _mathematics(math.asin),
    "acos": _mathematics(math.acos),
    "atan": _mathematics(math.atan),
    "atan2": Function(2, 2, numbers.angle_of),
    "today": Function(0, 0, dates.today, needs_stage=True),
    "date": Function(1, 1, dates.to_date),
    "decimal-date-time": Function(1, 1, dates.to_date),
    "format-date": Function(2, 2, dates.format_date),
}

_DAY = "only the day of an answer is kept: use today() or date()"
_CHANCE = "it would give another value each time the page is drawn: leave it out"
_LISTS = "no lists outside the form are read: put the choices into the form and use a choice_filter"
_PLACE = "places on a map are not asked for: leave it out"
_DEVICE = "nothing is known of the device that answers: leave it out"
_ELSEWHERE = "nothing here needs it: leave it out"
_PATHS = "answers are not looked up by path: write ${question}"

REFUSED: dict[str, str] = {
    **dict.fromkeys(("now", "date-time", "decimal-time", "format-date-time"), _DAY),
    **dict.fromkeys(("random", "randomize", "uuid"), _CHANCE),
    **dict.fromkeys(("pulldata", "instance", "current", "document", "doc", "search"), _LISTS),
    **dict.fromkeys(("area", "distance", "enclosed-area", "geofence", "intersects"), _PLACE),
    **dict.fromkeys(("property", "deviceid", "phonenumber", "simserial", "username"), _DEVICE),
    **dict.fromkeys(("version", "digest", "base64-decode", "extract-signed"), _ELSEWHERE),
    **dict.fromkeys(("node", "text", "comment", "processing-instruction", "id", "name", "last"), _PATHS),
    **dict.fromkeys(("local-name", "namespace-uri", "lang"), _PATHS),
    "indexed-repeat": "write ${question} inside the repeat, or sum(${question}) outside it",
    "substring": "XLSForm counts from 0 and calls it substr(text, start, end)",
    "is-selected": "write selected(${question}, 'value')",
    "floor": "write int(x)",
    "ceiling": "write round(x + 0.5)",
    "upper-case": "XLSForm has no such function: write translate(x, 'abc', 'ABC')",
    "lower-case": "XLSForm has no such function: write translate(x, 'ABC', 'abc')",
}
"""Functions that other programs know, each with the reason it is refused and what to use."""


def evaluator_name(name: str) -> str:
    """The name under which the evaluator knows the function."""
    return name if name in NATIVE else PREFIX + name.replace(":", "-")


def _adapted(work: Callable[..., XPathValue]) -> Callable[..., XPathValue]:
    def call(_context: object, *arguments: XPathValue) -> XPathValue:
        try:
            return work(*arguments)
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError, ArithmeticError):
            return math.nan

    return call


EXTENSIONS: dict[tuple[None, str], Callable[..., XPathValue]] = {
    (None, evaluator_name(name)): _adapted(function.work)
    for name, function in FUNCTIONS.items()
    if function.work is not None
}
"""The functions as lxml wants them."""
