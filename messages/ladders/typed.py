"""Typed: a ladder as somebody typed it, read key by key, with the line of whatever makes no sense."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from messages.chasing.ladder import Anchor, Ladder
from messages.ladders.file import read_ladder

#: Working days from an anchor beyond which nobody means it.
FURTHEST = 260
#: A rung's name: what the store has room for, without what tells a repeated notice from the first.
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_PHONE = 300
_LADDER_KEYS = frozenset({"lapse_days", "rungs"})
_WANTED = ("name", "from", "days", "to")
_MAY_HAVE = frozenset({*_WANTED, "approval", "phone", "channels"})
_HEADER = re.compile(r"^\s*\[\[\s*rungs\s*\]\]", re.MULTILINE)
_LAPSE = re.compile(r"^\s*lapse_days\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend, and the line of the file at which it is."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Typed:
    """A ladder that was read, with the lines at which its rungs and its end stand."""

    ladder: Ladder
    #: One a rung, in their order.
    lines: tuple[int, ...]
    lapse_line: int


def read_typed(text: str) -> Typed | list[Fault]:
    """Read a ladder from TOML, or tell everything that keeps it from being one."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [Fault(_line_of(error), f"this is not TOML: {error}")]
    lapse_line = next((_count(text, found.start()) for found in _LAPSE.finditer(text)), 1)
    faults = [Fault(1, f"{key!r} means nothing here") for key in sorted(told.keys() - _LADDER_KEYS)]
    if not _is_number(told.get("lapse_days")):
        faults.append(
            Fault(lapse_line, "say lapse_days = NUMBER: working days after the due day on which it ends")
        )
    rungs = told.get("rungs")
    if not isinstance(rungs, list) or not rungs or not all(isinstance(one, dict) for one in rungs):
        return [*faults, Fault(1, "a ladder has rungs: begin each with a line [[rungs]]")]
    headers = [_count(text, found.start()) for found in _HEADER.finditer(text)]
    lines = tuple(headers if len(headers) == len(rungs) else [1] * len(rungs))
    for line, rung in zip(lines, rungs, strict=True):
        faults += [Fault(line, said) for said in _complain(rung)]
    return faults or Typed(read_ladder(told), lines, lapse_line)


def _complain(rung: dict[str, Any]) -> list[str]:
    """What is wrong with one rung's own keys and values."""
    name = rung.get("name", "without a name")
    faults = [f"rung {name!r} says no {key}" for key in _WANTED if key not in rung]
    unknown = sorted(rung.keys() - _MAY_HAVE)
    if unknown:
        faults.append(f"rung {name!r}: {', '.join(unknown)} means nothing here")
    return faults + [f"rung {name!r}: {said}" for key, said in _SHAPES.items() if not _fits(key, rung)]


_SHAPES = {
    "name": "a name is a word of small letters, digits and _, at most 40",
    "from": 'from is "issue", the day it is asked, or "due", the day it is due',
    "days": f"days is a whole number of working days, from -{FURTHEST} to {FURTHEST}",
    "to": 'to is a list of addressees, as in ["asked", "deputy"]',
    "approval": "approval is true or false",
    "phone": f"phone says in a few words what to ask, at most {LONGEST_PHONE} characters",
    "channels": 'channels is a list of channels, as in ["email"]; leave it out for all of them',
}


def _fits(key: str, rung: dict[str, Any]) -> bool:
    """Whether a value has the shape that its key wants; one that is missing is told of elsewhere."""
    if key not in rung:
        return True
    value = rung[key]
    match key:
        case "name":
            return isinstance(value, str) and NAME.fullmatch(value) is not None
        case "from":
            return value in list(Anchor)
        case "days":
            return _is_number(value) and abs(value) <= FURTHEST
        case "approval":
            return isinstance(value, bool)
        case "phone":
            return isinstance(value, str) and len(value) <= LONGEST_PHONE and "\n" not in value
        case _:
            return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _count(text: str, place: int) -> int:
    # The pattern may begin on the blank line above.
    blank = len(text[place:]) - len(text[place:].lstrip())
    return text.count("\n", 0, place + blank) + 1


def _line_of(error: Exception) -> int:
    found = re.search(r"line (\d+)", str(error))
    return int(found[1]) if found else 1
