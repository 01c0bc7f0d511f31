"""Commands of other programs, run where the checkout is, with one clear line when they fail."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".tools"
"""Everything that set-up keeps for itself: uv, Node where there was none, their caches, the stamps."""


class SetupError(Exception):
    """Set-up cannot go on; the text says what is in the way and what to do."""


def run(command: Sequence[object], advice: str) -> None:
    """Run a command to its end, its output shown as messages, so that a demonstration's result stays clean.

    Raises SetupError with the advice when it fails or cannot be started.
    """
    try:
        subprocess.run(
            [str(word) for word in command],
            cwd=ROOT,
            env=surroundings(os.environ),
            check=True,
            stdout=sys.stderr,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(f"{Path(str(command[0])).name}: {error}\n{advice}") from error


def answer(command: Sequence[object]) -> str | None:
    """Return what a command prints, or None when it is missing or fails."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=ROOT,
            env=surroundings(os.environ),
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def surroundings(given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for uv, pip and npm: the user's own, with what one of them knows told to all.

    A mirror set for pip serves uv too; a certificate bundle set for Python serves Node; caches go into the
    checkout where the home folder cannot be written.
    """
    env = dict(given)
    env.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    env.setdefault("UV_PYTHON_DOWNLOADS", "never")
    env.setdefault("UV_SYSTEM_CERTS", "true")
    env.setdefault("NODE_USE_SYSTEM_CA", "1")
    env.setdefault("npm_config_update_notifier", "false")
    if "UV_INDEX_URL" not in env and "PIP_INDEX_URL" in env:
        env.setdefault("UV_DEFAULT_INDEX", env["PIP_INDEX_URL"])
    bundle = env.get("SSL_CERT_FILE") or env.get("PIP_CERT") or env.get("REQUESTS_CA_BUNDLE")
    if bundle:
        env.setdefault("SSL_CERT_FILE", bundle)
        env.setdefault("PIP_CERT", bundle)
        env.setdefault("NODE_EXTRA_CA_CERTS", bundle)
    if not _is_writable(env.get("HOME") or env.get("USERPROFILE")):
        env["HOME"] = str(KEPT / "home")
        env.setdefault("UV_CACHE_DIR", str(KEPT / "cache" / "uv"))
        env.setdefault("npm_config_cache", str(KEPT / "cache" / "npm"))
    return env


def _is_writable(home: str | None) -> bool:
    # Asking root's permission bits is no use on a read-only mount: only writing tells.
    if not home or not Path(home).is_dir():
        return False
    trial = Path(home) / f".cascade-setup-{os.getpid()}"
    try:
        trial.touch()
        trial.unlink()
    except OSError:
        return False
    return True
