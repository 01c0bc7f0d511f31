"""The lock: every package with its version and hashes, and no address, so that any mirror may serve it."""

import sys

from tools.command import ROOT, SetupError, run
from tools.environment import MIRRORS, find_uv

RUN = ROOT / "requirements.txt"
DEVELOP = ROOT / "requirements-dev.txt"


def lock(wishes: list[str]) -> None:
    """Resolve what runs, then what develops on top of it, keeping versions that still fit."""
    uv = find_uv()
    if uv is None:
        raise SetupError("uv is missing: run `make setup` first.")
    shape = ["--quiet", "--universal", "--generate-hashes", "--no-annotate", "--no-emit-index-url"]
    command = [uv, "pip", "compile", "pyproject.toml", "--extra", "postgres", *shape]
    named = ["--custom-compile-command", "make lock", *wishes]
    run([*command, *named, "--output-file", RUN], MIRRORS)
    run([*command, *named, "--group", "dev", "--constraint", RUN, "--output-file", DEVELOP], MIRRORS)


def main() -> int:
    """Write both locks; return 0, or 1 after one clear line."""
    try:
        lock(sys.argv[1:])
    except SetupError as refusal:
        print(f"lock: {refusal}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
