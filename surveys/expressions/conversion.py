"""Conversion: a value given to a function as text, number, truth or list, by XPath 1.0's rules."""

import math
import re
from collections.abc import Iterable

from lxml import etree

from surveys.expressions.scene import XPathValue, numeral

_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)


def as_text(value: XPathValue) -> str:
    """The text of a value; of a node-set its first line's ('' when it has none)."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case list():
            return _text_of(value[0]) if value else ""
        case _:
            return numeral(value)


def as_number(value: XPathValue) -> float:
    """The number of a value; NaN for an empty text and for words."""
    if isinstance(value, (bool, int, float)):
        return float(value)
    text = as_text(value)
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def as_truth(value: XPathValue) -> bool:
    """The truth of a value: a text or node-set that is not empty, a number that is neither 0 nor NaN."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def as_whole(value: XPathValue, otherwise: int = 0) -> int:
    """The number of a value without its fraction; `otherwise` for what is no finite number."""
    number = as_number(value)
    return int(number) if math.isfinite(number) else otherwise


def as_texts(values: Iterable[XPathValue]) -> list[str]:
    """The texts of all values, a node-set spread out to one for each line."""
    texts: list[str] = []
    for value in values:
        texts += [_text_of(line) for line in value] if isinstance(value, list) else [as_text(value)]
    return texts


def as_numbers(values: Iterable[XPathValue]) -> list[float]:
    """The numbers among all values, node-sets spread out; what is empty or no number is left out."""
    spread: list[XPathValue] = []
    for value in values:
        spread += [_text_of(line) for line in value] if isinstance(value, list) else [value]
    return [number for number in map(as_number, spread) if not math.isnan(number)]


def is_empty(value: XPathValue) -> bool:
    """Whether a value stands for no answer: '', NaN, or a node-set whose first line is empty."""
    return (isinstance(value, float) and math.isnan(value)) or as_text(value) == ""


def _text_of(line: etree._Element) -> str:
    return line.text or ""
