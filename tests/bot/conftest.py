"""The outside is tried on SQLite at each `make test`, and on every other database by `make drill`."""

import pytest

from tests.conftest import ENGINES

EVERYWHERE = [kind if kind == "sqlite" else pytest.param(kind, marks=pytest.mark.drill) for kind in ENGINES]


@pytest.fixture(params=EVERYWHERE)
def engine(request: pytest.FixtureRequest) -> str:
    """The kind of database that this run of the test uses: the rows below are tried on all, each time."""
    kind: str = request.param
    return kind
