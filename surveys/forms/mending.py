"""Mending: something plain in the place of what was refused in a form, so that all else can be judged."""

import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from surveys.forms.faults import Steps

#: What stands for settings of a form or a section that have to be there.
_PLAIN = {
    "key": "form",
    "version": 1,
    "title": "-",
    "purpose": "-",
    "minutes": 1,
    "notice": "-",
    "consent": "-",
}
#: Where the questions of a section, of a repeat and of a matrix are written.
_HELD = ("questions", "columns")
Trail: TypeAlias = list[tuple[Any, Any]]
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(slots=True)
class Mended:
    """A form as it is written, with something plain in some places."""

    whole: Any
    #: The questions for which something stands under their own name.
    stood_in: set[str] = field(default_factory=set)
    #: Those of which nothing is left, as the questions of a table, or what cannot be a name.
    gone: set[str] = field(default_factory=set)
    #: The question in which each place was, where it was in one.
    names: dict[Steps, str] = field(default_factory=dict)


def mend(written: object, places: Iterable[Steps]) -> Mended:
    """Put something plain in each place of a form, as JSON-able dicts and lists, and leave the form alone."""
    mended = Mended(copy.deepcopy(written))
    for number, steps in enumerate(places):
        _mend_at(mended, steps, f"stand_in_{number}")
    return mended


def _mend_at(mended: Mended, steps: Steps, spare: str) -> None:
    trail = _follow(mended.whole, steps)
    held = [at for at in range(1, len(trail)) if trail[at - 1][1] in _HELD and isinstance(trail[at][1], int)]
    if held:
        holder, at = trail[held[-1]]
        holder[at] = _stand_in(mended, steps, holder[at], spare)
        return
    place, key = _find_setting(mended.whole, trail, steps)
    if isinstance(place, list):
        place[key] = {"name": spare, "title": "-", "questions": [_plain_question(spare)]}
    elif isinstance(place, dict):
        _set_plain(mended, place, str(key), spare)


def _find_setting(whole: Any, trail: Trail, steps: Steps) -> tuple[Any, Any]:
    """The form or section in which a setting was refused, and its name; or the list and a place in it."""
    if not trail or trail[0][1] != "sections":
        return whole, trail[0][1] if trail else steps[-1]
    if len(trail) == 2 and isinstance(trail[1][0][trail[1][1]], dict):
        return trail[1][0][trail[1][1]], steps[-1]  # what is not there has a name, but no place
    return trail[2] if len(trail) > 2 else trail[-1]


def _follow(whole: Any, steps: Steps) -> Trail:
    """Each holder on the way to a place with the key by which it goes on; names of the reader's are none."""
    trail: Trail = []
    for step in steps:
        match whole, step:
            case dict(), str() if step in whole:
                pass
            case list(), int() if step < len(whole):
                pass
            case _:
                continue
        trail.append((whole, step))
        whole = whole[step]
    return trail


def _set_plain(mended: Mended, place: dict[str, Any], key: str, spare: str) -> None:
    if key in _HELD:
        mended.gone |= _names_in(place)
        place[key] = [_plain_question(spare)]
    elif key == "name":
        place[key] = spare
    elif key in _PLAIN:
        place[key] = _PLAIN[key]
    else:
        place.pop(key, None)


def _stand_in(mended: Mended, steps: Steps, asked: object, spare: str) -> dict[str, Any]:
    name = asked.get("name") if isinstance(asked, dict) else None
    if isinstance(name, str):
        mended.names[steps] = name
    if not (isinstance(name, str) and _NAME.fullmatch(name)):
        mended.gone |= _names_in(asked)
        mended.stood_in.add(spare)
        return _plain_question(spare)
    mended.gone |= _names_in(asked) - {name}
    mended.stood_in.add(name)
    return _plain_question(name)


def _plain_question(name: str) -> dict[str, Any]:
    """A question that nobody can object to."""
    return {"kind": "text", "name": name, "label": "-", "notice": "-"}


def _names_in(asked: object) -> set[str]:
    """The name of a question, and those of the questions in it where it is a table."""
    if not isinstance(asked, dict):
        return set()
    inner = [each for key in _HELD if isinstance(asked.get(key), list) for each in asked[key]]
    names = [asked.get("name"), *(each.get("name") for each in inner if isinstance(each, dict))]
    return {name for name in names if isinstance(name, str)}
