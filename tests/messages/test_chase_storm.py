"""A storm over a whole installation, in small: whatever is done and whatever breaks, promises hold."""

from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.messages.storm.people import Storm

FEW = settings(
    max_examples=4,
    stateful_step_count=12,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_whatever_happens_the_chase_keeps_its_promises(
    migrated: Callable[[str], str], tmp_path: Path
) -> None:
    storm = type("SmallStorm", (Storm,), {"template": migrated("sqlite"), "folder": tmp_path})
    run_state_machine_as_test(storm, settings=FEW)
