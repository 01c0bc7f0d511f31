"""A storm over a whole installation, for long: many histories, some of them ending in months of calm."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.messages.storm.people import Storm


@pytest.mark.drill
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("histories", "events", "is_long"), [(120, 25, False), (10, 10, True)])
def test_whatever_happens_for_long_the_chase_keeps_its_promises(
    migrated: Callable[[str], str], tmp_path: Path, histories: int, events: int, is_long: bool
) -> None:
    kept = {"template": migrated("sqlite"), "folder": tmp_path, "is_long": is_long}
    many = settings(
        max_examples=histories,
        stateful_step_count=events,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(type("LongStorm", (Storm,), kept), settings=many)
