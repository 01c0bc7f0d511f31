from pathlib import Path

import pytest

from tools.command import KEPT, SetupError, answer, run, surroundings

MIRROR = "https://mirror.example/simple"


def test_a_mirror_set_for_pip_serves_uv_too(tmp_path: Path) -> None:
    assert surroundings({"HOME": str(tmp_path), "PIP_INDEX_URL": MIRROR})["UV_DEFAULT_INDEX"] == MIRROR


@pytest.mark.parametrize("name", ["UV_DEFAULT_INDEX", "UV_INDEX_URL"])
def test_a_mirror_set_for_uv_is_left_alone(name: str, tmp_path: Path) -> None:
    given = {"HOME": str(tmp_path), name: MIRROR, "PIP_INDEX_URL": "https://other.example/simple"}
    told = surroundings(given)
    assert told[name] == MIRROR
    assert "https://other.example/simple" not in (told.get("UV_DEFAULT_INDEX"), told.get("UV_INDEX_URL"))


def test_one_certificate_bundle_is_told_to_all(tmp_path: Path) -> None:
    told = surroundings({"HOME": str(tmp_path), "PIP_CERT": "/etc/council.pem"})
    assert {told["SSL_CERT_FILE"], told["PIP_CERT"], told["NODE_EXTRA_CA_CERTS"]} == {"/etc/council.pem"}


@pytest.mark.parametrize("home", [{}, {"HOME": ""}, {"HOME": "/proc"}, {"HOME": "/nowhere/at/all"}])
def test_without_a_home_that_can_be_written_caches_stay_in_the_checkout(home: dict[str, str]) -> None:
    told = surroundings(home)
    assert Path(told["UV_CACHE_DIR"]).is_relative_to(KEPT)
    assert Path(told["npm_config_cache"]).is_relative_to(KEPT)


def test_a_home_that_can_be_written_keeps_its_caches(tmp_path: Path) -> None:
    told = surroundings({"HOME": str(tmp_path)})
    assert told["HOME"] == str(tmp_path)
    assert "UV_CACHE_DIR" not in told
    assert list(tmp_path.iterdir()) == []


def test_a_failing_command_ends_in_advice() -> None:
    with pytest.raises(SetupError, match="Try the other door"):
        run(["false"], "Try the other door.")
    with pytest.raises(SetupError, match="Try the other door"):
        run(["no-such-program-here"], "Try the other door.")


def test_a_missing_program_answers_nothing() -> None:
    assert answer(["no-such-program-here"]) is None
    assert answer(["false"]) is None
    assert answer(["echo", "yes"]) == "yes"
