import ast
import functools
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "messages", "store", "surveys")
LONGEST = 300
VAGUE = {"utils", "util", "helpers", "helper", "manager", "core", "common", "misc", "base_utils"}
LISTED = re.compile(r"^ {4}(?P<path>[\w./-]+)(?: {2,}(?P<caption>\S.*))?$", re.MULTILINE)

# Written in halves, so that this file does not find itself.
BUILD_PLACES = (
    "/" + "work/",
    "/" + "root/",
    "/opt" + "/pypi",
    "files.python" + "hosted",
    "registry.npm" + "js",
)
PRIVATE_MARKS = re.compile("[DKMP]" + "§[0-9]|\\b[DKM]" + "§")


@functools.cache
def tracked() -> tuple[Path, ...]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout, so its own files cannot be told from made ones")
    return tuple(
        sorted(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())
    )


def modules() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py"]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def caption(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def layout() -> dict[str, str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = re.search(r"^## Layout$(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    assert section, "README.md has no section called Layout"
    return {found["path"].rstrip("/"): found["caption"] or "" for found in LISTED.finditer(section[1])}


def test_no_module_is_too_long_to_read_at_once() -> None:
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_every_module_opens_with_its_caption() -> None:
    ours = [path for path in modules() if path.relative_to(ROOT).parts[0] in (*PACKAGES, "tools")]
    assert ours
    assert [shown(path) for path in ours if not caption(path).endswith((".", "?", "!"))] == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [shown(path) for path in tracked() if path.stem.lower() in VAGUE] == []


def test_the_readme_names_every_folder() -> None:
    folders = {shown(path.parent) for path in modules() if path.relative_to(ROOT).parts[0] in PACKAGES}
    folders |= {path.relative_to(ROOT).parts[0] for path in tracked() if path.parent != ROOT}
    shipped = {name for name in folders if not name.startswith(".")}
    assert sorted(shipped - layout().keys()) == []


def test_the_readme_names_only_what_is_there() -> None:
    assert [name for name in layout() if not (ROOT / name).exists()] == []


def test_the_readme_gives_modules_their_own_captions() -> None:
    told = {name: said for name, said in layout().items() if said}
    meant = {}
    for name in told:
        path = ROOT / name / "__init__.py" if (ROOT / name).is_dir() else ROOT / name
        meant[name] = caption(path) if path.suffix == ".py" and path.is_file() else told[name]
    assert told == meant


@pytest.mark.parametrize("place", BUILD_PLACES)
def test_no_file_names_the_machine_it_was_made_on(place: str) -> None:
    assert [shown(path) for path in tracked() if place.encode() in path.read_bytes()] == []


def test_no_file_points_to_private_notes() -> None:
    texts = {shown(path): path.read_bytes().decode("utf-8", "replace") for path in tracked()}
    assert [name for name, text in texts.items() if PRIVATE_MARKS.search(text)] == []
