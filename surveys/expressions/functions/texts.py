"""Functions on text, and the ones that choose between values."""

import time
from functools import lru_cache

import regex

from surveys.expressions.conversion import as_text, as_texts, as_truth, as_whole, is_empty
from surveys.expressions.errors import ExpressionError, ExpressionTimeout
from surveys.expressions.scene import XPathValue, clean
from surveys.expressions.stage import current_stage

LONGEST_PATTERN = 500
LONGEST_CHECKED = 20_000


def if_else(condition: XPathValue, then: XPathValue, otherwise: XPathValue) -> XPathValue:
    """The second value where the condition holds, else the third."""
    return then if as_truth(condition) else otherwise


def coalesce(first: XPathValue, second: XPathValue) -> XPathValue:
    """The first value, or the second where the first is empty."""
    return second if is_empty(first) else first


def once(value: XPathValue) -> XPathValue:
    """The answer that is there already, or the value where there is none."""
    own = _own()
    return value if is_empty(own) else own


def to_string(*value: XPathValue) -> str:
    """The text of a value, or of the question's own answer."""
    return as_text(value[0] if value else _own())


def string_length(*value: XPathValue) -> float:
    """The number of characters of a text, or of the question's own answer."""
    return float(len(to_string(*value)))


def normalize_space(*value: XPathValue) -> str:
    """The text without spaces at its ends and with single ones inside."""
    return " ".join(to_string(*value).split())


def contains(text: XPathValue, part: XPathValue) -> bool:
    """Whether the part is in the text."""
    return as_text(part) in as_text(text)


def starts_with(text: XPathValue, part: XPathValue) -> bool:
    """Whether the text begins with the part."""
    return as_text(text).startswith(as_text(part))


def ends_with(text: XPathValue, part: XPathValue) -> bool:
    """Whether the text ends with the part."""
    return as_text(text).endswith(as_text(part))


def substr(text: XPathValue, start: XPathValue, *end: XPathValue) -> str:
    """The text from `start` (counted from 0, from the end when negative) up to but without `end`."""
    whole = as_text(text)
    return whole[as_whole(start) : as_whole(end[0]) if end else len(whole)]


def substring_before(text: XPathValue, part: XPathValue) -> str:
    """What stands before the part; '' when it is not there."""
    before, found, _ = as_text(text).partition(as_text(part) or "\0")
    return before if found else ""


def substring_after(text: XPathValue, part: XPathValue) -> str:
    """What stands behind the part; '' when it is not there, all of it when the part is empty."""
    whole, wanted = as_text(text), as_text(part)
    return whole.partition(wanted)[2] if wanted else whole


def translate(text: XPathValue, old: XPathValue, new: XPathValue) -> str:
    """The text with each character of `old` made the one at its place in `new`, or dropped."""
    olds, news = as_text(old), as_text(new)
    table = {ord(char): news[at : at + 1] for at, char in reversed(list(enumerate(olds)))}
    return as_text(text).translate(table)


def concat(*values: XPathValue) -> str:
    """All texts in a row, those of a node-set line by line."""
    return "".join(as_texts(values))


def join(separator: XPathValue, *values: XPathValue) -> str:
    """All texts in a row with the separator between."""
    return as_text(separator).join(as_texts(values))


def matches(value: XPathValue, pattern: XPathValue) -> bool:
    """Whether the whole text fits the pattern; raises ExpressionTimeout when that takes too long."""
    text, stage, started = as_text(value), current_stage(), time.perf_counter()
    if len(text) > LONGEST_CHECKED:
        raise ExpressionTimeout(f"an answer over {LONGEST_CHECKED} characters is too long for regex()")
    try:
        found = compile_pattern(as_text(pattern)).fullmatch(text, timeout=max(stage.seconds_left, 1e-6))
    except TimeoutError:
        found = None
        stage.seconds_left = 0.0
    stage.spend(started)
    return found is not None


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str) -> regex.Pattern[str]:
    r"""The pattern, read as Java's are: \d, \w and \s are ASCII's unless it uses \p itself."""
    if len(pattern) > LONGEST_PATTERN:
        raise ExpressionError(f"the pattern in regex() is over {LONGEST_PATTERN} characters: shorten it")
    letters = regex.UNICODE if r"\p" in pattern.lower() else regex.ASCII
    try:
        return regex.compile(pattern, regex.VERSION1 | letters)
    except regex.error as refusal:
        raise ExpressionError(
            f"the pattern {pattern!r} in regex() cannot be read ({refusal}): mend it there"
        ) from refusal


def _own() -> XPathValue:
    own = current_stage().scene.own
    return clean(own) if isinstance(own, str) else own
