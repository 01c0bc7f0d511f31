"""The virtual environment: Python, the locked packages by hash, and the project itself."""

import os
import re
import shutil
import sys
from pathlib import Path

from tools.command import KEPT, ROOT, SetupError, answer, run

BIN = "Scripts" if os.name == "nt" else "bin"
VENV = ROOT / ".venv"
PYTHON = VENV / BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements-dev.txt"
UV = "0.13.9"
OLDEST_UV = (0, 8)
"""The first uv that reads every option used here."""

MIRRORS = (
    "The packages could not be fetched or laid down (the reason is above). Behind a proxy set HTTPS_PROXY; "
    "behind a mirror set PIP_INDEX_URL or UV_DEFAULT_INDEX, and npm_config_registry; then run it again."
)
NO_VENV = (
    "This Python can make no virtual environment and has no pip to fetch uv with. On Debian or Ubuntu: "
    "apt install python3-venv (as root), then run it again."
)


def lay() -> None:
    """Make the virtual environment hold exactly what is locked, and the project in place.

    Raises SetupError when Python, uv or the packages cannot be had.
    """
    follow_pip()
    uv = find_uv() or fetch_uv()
    if not works(PYTHON):
        run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV], NO_VENV)
    pip = [uv, "pip"]
    into = ["--python", PYTHON]
    locked = ["--require-hashes", "--only-binary", ":all:", LOCK]
    run([*pip, "sync", *into, *locked], MIRRORS)
    project = ["--no-deps", "--no-build-isolation", "--no-index", "--editable", ROOT]
    run([*pip, "install", "--quiet", *into, *project], MIRRORS)


def follow_pip() -> None:
    """Point uv at the package mirror that pip is configured to use, where nothing else says which."""
    if not {"UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"} & os.environ.keys():
        mirror = answer([sys.executable, "-m", "pip", "config", "get", "global.index-url"])
        if mirror:
            os.environ["UV_DEFAULT_INDEX"] = mirror


def fetch_wheel(requirement: str, folder: Path) -> None:
    """Lay one package's wheel, without what it depends on, into a folder of its own."""
    uv = find_uv() or fetch_uv()
    fetched = ["--no-deps", "--only-binary", ":all:", "--target", folder, requirement]
    run([uv, "pip", "install", "--quiet", "--python", PYTHON, *fetched], MIRRORS)


def works(python: Path) -> bool:
    """Say whether an interpreter is there, starts, and is new enough."""
    return answer([python, "-c", "import sys; assert sys.version_info >= (3, 11)"]) is not None


def find_uv() -> Path | None:
    """Return a uv that is installed and new enough: the user's own, or the one set-up fetched."""
    for found in (shutil.which("uv"), *_private_places()):
        told = answer([found, "--version"]) if found else None
        version = re.match(r"uv (\d+)\.(\d+)", told or "")
        if found and version and (int(version[1]), int(version[2])) >= OLDEST_UV:
            return Path(found)
    return None


def fetch_uv() -> Path:
    """Install uv beside the checkout and return it; the user's own Python is left alone.

    A private environment is tried first, then the interpreter's own pip with a folder as its target.
    """
    print("setup: fetching uv", file=sys.stderr, flush=True)
    home = KEPT / "uv"
    wanted = ["install", "--quiet", "--only-binary", ":all:", f"uv=={UV}"]
    if answer([sys.executable, "-m", "venv", "--clear", home]) is not None:
        run([home / BIN / "python", "-m", "pip", *wanted], MIRRORS)
    elif answer([sys.executable, "-m", "pip", "--version"]) is not None:
        run([sys.executable, "-m", "pip", *wanted, "--upgrade", "--target", home], MIRRORS)
    else:
        raise SetupError(NO_VENV)
    uv = find_uv()
    if uv is None:
        raise SetupError(
            f"uv was installed into {home} but does not start. Remove that folder and try again."
        )
    return uv


def _private_places() -> tuple[str, ...]:
    return tuple(str(KEPT / "uv" / BIN / name) for name in ("uv", "uv.exe"))
