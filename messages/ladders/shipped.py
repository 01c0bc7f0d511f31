"""Shipped ladders: those that playbooks name, one file each."""

import tomllib
from functools import cache
from importlib.resources import files

from messages.chasing.ladder import Ladder
from messages.ladders.file import read_ladder

SHIPPED = files("messages.ladders")


@cache
def shipped_names() -> tuple[str, ...]:
    """The names of the shipped ladders, in alphabetical order."""
    suffix = ".toml"
    found = (entry.name for entry in SHIPPED.iterdir() if entry.name.endswith(suffix))
    return tuple(sorted(name.removesuffix(suffix) for name in found))


@cache
def shipped_ladder(name: str) -> Ladder:
    """The shipped ladder of this name. Raises LookupError where there is none."""
    if name not in shipped_names():
        raise LookupError(f"there is no ladder {name!r}; shipped are {', '.join(shipped_names())}")
    return read_ladder(tomllib.loads(SHIPPED.joinpath(f"{name}.toml").read_text("utf-8")))
