"""Set-up of a checkout: each part is made once, and again only when what it is made from has changed."""

import hashlib
import json
import platform
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from tools import environment, styles
from tools.command import KEPT, ROOT, SetupError


def prepare() -> None:
    """Make the environment and the page styles, leaving alone what is up to date."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    made_by = json.dumps([project["project"], project["build-system"], str(ROOT), platform.python_version()])
    _make(
        "the Python environment",
        "environment",
        environment.lay,
        _mark([environment.LOCK], made_by),
        environment.PYTHON.exists(),
    )
    packages = [ROOT / "package.json", ROOT / "package-lock.json"]
    frontend = (styles.MODULES / "sass").is_dir() and (styles.MODULES / "govuk-frontend").is_dir()
    sources = sorted(path for path in styles.SOURCE.rglob("*") if path.is_file())
    look = _mark([*packages, *sources, ROOT / "tools" / "styles.py"])
    if not _is_stamped("styles", look) or not styles.is_built():
        _make("the style packages", "packages", styles.fetch, _mark(packages), frontend)
    _make("the page styles", "styles", styles.build, look, styles.is_built())


def main() -> int:
    """Prepare the checkout; return 0, or 1 after one clear line."""
    try:
        prepare()
    except SetupError as refusal:
        print(f"setup: {refusal}", file=sys.stderr)
        return 1
    return 0


def _make(what: str, name: str, make: Callable[[], None], mark: str, present: bool) -> None:
    if present and _is_stamped(name, mark):
        return
    print(f"setup: {what}", file=sys.stderr, flush=True)
    stamp = _stamp(name)
    stamp.unlink(missing_ok=True)  # an interrupted run must not look finished
    make()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark, encoding="ascii")


def _is_stamped(name: str, mark: str) -> bool:
    stamp = _stamp(name)
    return stamp.is_file() and stamp.read_text(encoding="ascii") == mark


def _stamp(name: str) -> Path:
    return KEPT / "stamps" / name


def _mark(paths: Iterable[Path], more: str = "") -> str:
    total = hashlib.sha256(more.encode())
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
