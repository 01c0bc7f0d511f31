"""When a question applies."""

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import TypeAdapter

from surveys.condition import Condition, Value, holds, mentions

ADAPTER: TypeAdapter[Condition] = TypeAdapter(Condition)
SHARED = {"question": "shared", "in": ["all", "some"]}
LATE = {"question": "late", "in": ["yes"]}


@pytest.mark.parametrize(
    ("written", "values", "expected"),
    [
        (SHARED, {"shared": "all"}, True),
        (SHARED, {"shared": "not_yet"}, False),
        (SHARED, {}, False),
        (SHARED, {"shared": ("none", "some")}, True),
        (SHARED, {"shared": ()}, False),
        ({"question": "n", "in": ["0"]}, {"n": 0}, True),
        ({"not": SHARED}, {}, True),
        ({"not": SHARED}, {"shared": "some"}, False),
        ({"all": [SHARED, LATE]}, {"shared": "all"}, False),
        ({"all": [SHARED, LATE]}, {"shared": "all", "late": "yes"}, True),
        ({"any": [SHARED, LATE]}, {"late": "yes"}, True),
        ({"any": [SHARED, LATE]}, {}, False),
        ({"all": [{"not": LATE}, {"any": [SHARED]}]}, {"shared": "some"}, True),
    ],
)
def test_a_condition_holds_as_written(
    written: dict[str, Any], values: Mapping[str, Value], expected: bool
) -> None:
    assert holds(_read(written), values) is expected


def test_no_condition_always_holds() -> None:
    assert holds(None, {})
    assert mentions(None) == frozenset()


def test_a_condition_knows_every_question_it_looks_at() -> None:
    assert mentions(_read({"all": [{"not": LATE}, {"any": [SHARED]}]})) == {"shared", "late"}


def _read(written: dict[str, Any]) -> Condition:
    return ADAPTER.validate_python(written, strict=False)
