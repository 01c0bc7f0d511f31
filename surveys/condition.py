"""Condition: when a question applies, as a small form of data over the answers before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Union

from pydantic import ConfigDict, Discriminator, Field, Tag

Value = int | str | tuple[str, ...]
"""A checked answer: a whole number, a text (dates as 2026-11-03), or chosen values in the form's order."""

STRICT = ConfigDict(extra="forbid", strict=True)
_BY_KEY = {"in": "in", "all": "all", "any": "any", "not": "not"}


@dataclass(frozen=True)
class Among:
    """`{"question": "shared", "in": ["all", "some"]}`: the answer, or one of the answers, is listed."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    question: str
    values: Annotated[tuple[str, ...], Field(alias="in", min_length=1, max_length=500)]


@dataclass(frozen=True)
class Every:
    """`{"all": [...]}`: each of the conditions holds."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    conditions: Annotated[tuple["Condition", ...], Field(alias="all", min_length=1, max_length=50)]


@dataclass(frozen=True)
class Either:
    """`{"any": [...]}`: at least one of the conditions holds."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    conditions: Annotated[tuple["Condition", ...], Field(alias="any", min_length=1, max_length=50)]


@dataclass(frozen=True)
class Unless:
    """`{"not": {...}}`: the condition does not hold; true as long as the question is unanswered."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    condition: Annotated["Condition", Field(alias="not")]


def _shape(condition: object) -> str | None:
    match condition:
        case Among():
            return "in"
        case Every():
            return "all"
        case Either():
            return "any"
        case Unless():
            return "not"
        case dict():
            return next((key for key in _BY_KEY if key in condition), None)
        case _:
            return None


Condition = Annotated[
    Union[  # noqa: UP007 - a forward reference cannot be joined with `|`
        Annotated[Among, Tag("in")],
        Annotated[Every, Tag("all")],
        Annotated[Either, Tag("any")],
        Annotated[Unless, Tag("not")],
    ],
    Discriminator(
        _shape,
        custom_error_type="condition",
        custom_error_message='a condition needs one of "in", "all", "any" or "not"',
    ),
]


def holds(condition: Condition | None, values: Mapping[str, Value]) -> bool:
    """Say whether the condition is met by the answers so far; no condition is always met."""
    match condition:
        case None:
            return True
        case Among(question, wanted):
            return not set(_chosen(values.get(question))).isdisjoint(wanted)
        case Every(conditions):
            return all(holds(each, values) for each in conditions)
        case Either(conditions):
            return any(holds(each, values) for each in conditions)
        case Unless(inner):
            return not holds(inner, values)


def leaves(condition: Condition | None) -> Iterator[Among]:
    """Every test of a single question inside the condition."""
    match condition:
        case None:
            return
        case Among():
            yield condition
        case Every(conditions) | Either(conditions):
            for each in conditions:
                yield from leaves(each)
        case Unless(inner):
            yield from leaves(inner)


def mentions(condition: Condition | None) -> frozenset[str]:
    """The names of the questions the condition looks at."""
    return frozenset(leaf.question for leaf in leaves(condition))


def _chosen(value: Value | None) -> tuple[str, ...]:
    match value:
        case None:
            return ()
        case tuple():
            return value
        case _:
            return (str(value),)
