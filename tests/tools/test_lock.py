import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
PINNED = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w,]+\])?==(?P<version>[^\s;\\]+)", re.MULTILINE)


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {canonicalize_name(found["name"]): found["version"] for found in PINNED.finditer(text)}


def wanted(lock: str) -> list[Requirement]:
    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = described["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["postgres"]]
    if lock == "requirements-dev.txt":
        lines += described["dependency-groups"]["dev"]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_every_package_within_its_bounds(lock: str) -> None:
    versions = pinned(lock)
    outside = [
        str(requirement)
        for requirement in wanted(lock)
        if not requirement.specifier.contains(versions.get(canonicalize_name(requirement.name), "0"))
    ]
    assert outside == [], "run `make lock`"


def test_what_is_tested_is_what_is_shipped() -> None:
    assert pinned("requirements.txt").items() <= pinned("requirements-dev.txt").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_is_known_by_its_hash(lock: str) -> None:
    stanzas = re.split(r"\n(?=\w)", (ROOT / lock).read_text(encoding="utf-8"))
    assert [stanza for stanza in stanzas if "==" in stanza and "--hash=sha256:" not in stanza] == []


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json"])
def test_a_lock_names_no_address_so_that_any_mirror_may_serve_it(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r'"resolved"|--(extra-)?index-url|--find-links|@ *https?:', text)


def test_the_style_packages_are_known_by_their_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, told in packages.items() if name and "integrity" not in told] == []
