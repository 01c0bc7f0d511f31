"""The sending bench: letters end to end through the code of `serve`, to a sink in another process."""

import multiprocessing
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot import event_loop
from bot.bench import scene
from bot.bench.sink import sink_process
from bot.clock import real_now
from bot.worker import Worker
from messages.chasing.climb import climb_due
from messages.gathering.gather import gather_due
from messages.letters.identity import Identity
from messages.letters.press import Press
from messages.proof.links import Keyring
from messages.sending.sender import Sender, is_open
from messages.smtp import SmtpChannel, SmtpServer
from store.database import Database
from store.letters import settlement
from store.letters.settlement import Outcome

try:
    import resource
except ImportError:  # there is none for Windows
    resource = None  # type: ignore[assignment]

CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class SendFigures:
    """What a run of the sending bench measured on this machine."""

    letters_per_s: float
    peak_rss_mb: float | None
    sent: int
    doubtful: int
    seconds: float
    #: Mean size of a letter on the wire, in bytes.
    letter_bytes: int
    #: Shares of the time: claiming and settling, composing, and waiting for the mail server.
    shares: dict[str, float]
    database: str


def run(count: int, smtp: tuple[str, int] | None, database: str | None) -> dict[str, Any]:
    """Send `count` letters and measure; an own sink and a throw-away SQLite file unless told otherwise.

    `smtp` is a host and a port. Raises BenchError where the database is in use.
    """
    if database is not None:
        scene.require_unused(database)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cascade-bench-")))
        url = database or f"sqlite:///{folder / 'bench.db'}"
        # In a process of its own, so that what it takes in memory is not counted as the sender's.
        apart(prepare, url, count)
        host, port = smtp or ("127.0.0.1", 0)
        sink = None
        if smtp is None:
            sink = stack.enter_context(sink_process())
            port = sink.port
        figures = event_loop.run(_send_all(url, count, host, port))
        stack.pop_all().close() if sink is not None else None
    octets = sink.tally.octets if sink is not None and sink.tally is not None else 0
    return asdict(figures) | {"letter_bytes": octets // max(figures.sent, 1)}


def prepare(url: str, count: int) -> None:
    """Set the scene and bring every letter as far as waiting to be sent."""
    scene.build(url, count)
    database = Database(url)
    while database.write_now(lambda session: climb_due(session, scene.NOON, scene.ZONE)):
        pass
    while database.write_now(lambda session: gather_due(session, scene.NOON, scene.ZONE)):
        pass
    database.close_now()


async def _send_all(url: str, count: int, host: str, port: int) -> SendFigures:
    database = Database(url)
    identity = Identity("https://cascade.example.org", scene.BY, Keyring([b"bench" * 8]), scene.ZONE)
    channel = SmtpChannel(SmtpServer(host, port, local_hostname="bench.example.org"), connections=CONNECTIONS)
    sender = Sender(database, {"email": channel}, Press(identity), "bench", real_now)
    worker = Worker(database, sender)
    # The calendar library loads its years when first asked; that belongs to starting up, not to sending.
    await database.read(lambda session: is_open(session, scene.NOON, scene.ZONE))
    started = time.perf_counter()
    while await worker.send(scene.NOON):
        pass
    seconds = time.perf_counter() - started
    doubtful = await database.read(settlement.in_doubt)
    await sender.close()
    await database.close()
    sent = sender.tally[Outcome.SENT]
    return SendFigures(
        letters_per_s=round(sent / seconds, 1),
        peak_rss_mb=peak_memory(),
        sent=sent,
        doubtful=doubtful,
        seconds=round(seconds, 3),
        letter_bytes=0,
        shares=_shares(sender.shares.spent, seconds),
        database="sqlite" if database.is_sqlite else "postgresql",
    )


def _shares(spent: Mapping[str, float], seconds: float) -> dict[str, float]:
    return {what: round(part / seconds, 3) for what, part in spent.items()}


def peak_memory() -> float | None:
    """The most memory this process ever held, in MB; None where the system does not tell (Windows)."""
    if resource is None:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


def apart(work: Any, *given: Any) -> None:
    """Do some work in a process of its own, whose memory is not this one's."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=given)
    process.start()
    process.join()
    if process.exitcode != 0:
        raise RuntimeError("the scene of the bench could not be set; see the lines above")
