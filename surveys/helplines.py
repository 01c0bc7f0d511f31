"""Helplines: the public numbers Cascade comes with, shown to whoever needs help now."""

import json
from functools import cache
from importlib.resources import files
from typing import Literal, TypedDict

Audience = Literal["child", "family", "staff", "all"]


class Helpline(TypedDict):
    """One number. `name`, `note` and `hours` are texts by language; `hours` is empty where they are not sure.

    `source` is the public site that gives the number; `position` orders the list.
    """

    key: str
    number: str
    name: dict[str, str]
    note: dict[str, str]
    audience: Audience
    hours: dict[str, str]
    source: str
    position: int


def shipped() -> list[Helpline]:
    """Every number of public bodies and charities, in the order shown; local ones are the board's to add.

    Numbers and hours change: none of these counts as checked until somebody at the board has rung it.
    """
    return [line.copy() for line in _read()]


@cache
def _read() -> tuple[Helpline, ...]:
    return tuple(json.loads((files("surveys") / "helplines.json").read_text("utf-8")))
