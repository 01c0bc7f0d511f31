"""Numbers: the telephone numbers that a text tells, however they are spaced and in whatever digits."""

import re

from surveys.forms.marks import take_out
from surveys.paging.keystrokes import ascii_digits

#: Fewer digits together than in 101, 111 or 999 are an age, a choice or a time of day.
LEAST_DIGITS = 3
#: Digits that may stand apart, as in 0800 1111 or (0118) 496-0123, all of them or none. Those with a point, a
#: comma or a colon between them are an amount, a date or a time, save points in what begins as a number does.
_NUMBER = re.compile(
    r"(?<![\d.,:])(?>\+?\(?0\d+\)?(?:\.\d{3,})+|\+?\(?\d+\)?(?:[ \u00a0\u202f-]\(?\d+\)?)*)(?![.,:]?\d)"
)
#: What follows a number in groups of one or two digits: from nine to five.
_TAIL = re.compile(r"(?<=\d{3})\)?(?:[ \u00a0\u202f-]\d{1,2})+$")
#: A day written with strokes; other strokes part two numbers.
_STROKES = re.compile(r"\b\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b")
_DIGITS = re.compile(r"\d+")
#: A count that follows a number without belonging to it: 0800 1111 24 hours a day, 85258 24/7.
_COUNT = re.compile(r"[ \u00a0\u202f-]\d{1,2}(?= ?(?:hours?|hrs?|days?|minutes?|mins?|weeks?)\b|/7)")
_DAY = re.compile(r"\d{1,2}[ -]\d{1,2}[ -](?:19|20)\d\d")
#: Marks that show nothing and may stand between digits: the plain marks of direction, joiners.
_UNSEEN = re.compile("[\u200b-\u200f\u061c\u2060\ufeff]")


def find_numbers(text: str) -> list[str]:
    """The telephone numbers of an English text, each as it is written there, once."""
    plain = _COUNT.sub(" ", _STROKES.sub(" ", text))
    found = (_TAIL.sub("", match[0].strip()) for match in _NUMBER.finditer(plain))
    return list(dict.fromkeys(one for one in found if _is_number(one)))


def lacks_number(text: str, number: str) -> bool:
    """Whether a text in any language does not tell a number digit by digit, in Western digits or its own."""
    wanted = "".join(_DIGITS.findall(number))
    plain = ascii_digits(_UNSEEN.sub("", take_out(text)))
    runs = (_DIGITS.findall(run[0]) for run in re.finditer(r"\d+(?:[^\w]{1,3}\d+)*", plain))
    return not any(_holds(groups, wanted) for groups in runs)


def _is_number(run: str) -> bool:
    groups = _DIGITS.findall(run)
    is_long = any(len(group) >= LEAST_DIGITS for group in groups)
    return (
        (is_long or groups[0].startswith("0") or run.startswith("+"))
        and len("".join(groups)) >= LEAST_DIGITS
        and not _DAY.fullmatch(run)
    )


def _holds(groups: list[str], wanted: str) -> bool:
    """Whether some groups of digits that stand together are exactly the digits wanted."""
    return any(
        "".join(groups[start:end]) == wanted
        for start in range(len(groups))
        for end in range(start + 1, len(groups) + 1)
    )
