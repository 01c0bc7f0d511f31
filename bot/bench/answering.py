"""The answering bench: people read pages and send answers while letters go out, by the code of `serve`."""

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bot.bench import questions, respondents, scene
from bot.bench.respondents import Crowd, Errand
from bot.bench.served import SENDING, ServerProcess, server_process
from bot.bench.sink import sink_process
from bot.serve import Part
from store.database import Database
from store.letters.delivery import DeliveryState

CONNECTIONS = 32
#: Answers given before the measuring begins: templates, forms and statements are read when first needed.
WARMING = 64
#: Letters that wait to be sent, for each answer and at the least.
LETTERS, FEWEST_LETTERS = 4, 500
#: Milliseconds that the mail server takes for a letter, as one across a network does.
LETTER_MS = 20.0


@dataclass(frozen=True, slots=True)
class Times:
    """How long a step took, in milliseconds."""

    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """What a crowd met with."""

    answers_per_s: float
    seconds: float
    get_ms: Times
    post_ms: Times
    answers: int
    errors: dict[str, int]
    #: Acknowledged, and not in the database.
    lost: int
    #: In the database more than once.
    twice: int
    #: Sent since the warming began; some were left to send where the sender was busy all the while.
    letters_sent: int
    letters_left: int
    #: Milliseconds of processor time by answer: the process that serves the pages, and the crowd itself.
    server_cpu_ms: float
    crowd_cpu_ms: float


#: Seconds to wait for the first letter.
PATIENCE = 30.0


def run(count: int, connections: int, database: str | None) -> dict[str, Any]:
    """Let `count` people answer an ask each, and as many an open survey, so many of them at once.

    Each reads one page and sends one. Raises BenchError where the database is in use.
    """
    if database is not None:
        scene.require_unused(database)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cascade-bench-")))
        url = database or f"sqlite:///{folder / 'bench.db'}"
        asks = questions.ask_many(url, count + WARMING)
        by_codes = questions.open_codes(url, count + WARMING)
        questions.write_letters(url, len(asks), max(FEWEST_LETTERS, LETTERS * count))
        opened = Database(url)
        stack.callback(opened.close_now)
        sink = stack.enter_context(sink_process(delay_ms=LETTER_MS))
        with serving(url, sink.port, is_one=opened.is_sqlite) as server:
            _await_sender(opened)
            measured = {
                "asks": _measure(opened, server, asks, connections),
                "codes": _measure(opened, server, by_codes, connections),
            }
    return {
        "n": count,
        "connections": connections,
        "database": "sqlite" if opened.is_sqlite else "postgresql",
        "letter_ms": LETTER_MS,
        **{way: asdict(figures) for way, figures in measured.items()},
    }


def _await_sender(database: Database) -> None:
    """Wait for the first letters: people answer while the sender is at work, however short the bench."""
    ends = time.monotonic() + PATIENCE
    while not database.read_now(partial(questions.count_letters, state=DeliveryState.SENT)):
        if time.monotonic() > ends:
            return
        time.sleep(0.05)


@contextmanager
def serving(url: str, smtp_port: int, *, is_one: bool) -> Iterator[ServerProcess]:
    """Serve pages and send letters: in one process, as on SQLite, or in one for each."""
    with ExitStack() as stack:
        if not is_one:
            stack.enter_context(server_process(url, smtp_port, SENDING))
        parts = frozenset(Part) if is_one else frozenset((Part.WEB,))
        yield stack.enter_context(server_process(url, smtp_port, parts))


def respond(port: int, errands: Sequence[Errand], connections: int, first: int = 0) -> Crowd:
    """Let a crowd of a process of its own run its errands, counted from `first`."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(respondents.go, (port, errands, connections, first))


def _measure(
    database: Database, server: ServerProcess, errands: Sequence[Errand], connections: int
) -> AnswerFigures:
    count_sent = partial(questions.count_letters, state=DeliveryState.SENT)
    sent = database.read_now(count_sent)
    respond(server.port, errands[:WARMING], connections)
    spent = server.spent()
    crowd = respond(server.port, errands[WARMING:], connections, WARMING)
    spent, sent = server.spent() - spent, database.read_now(count_sent) - sent
    left = database.read_now(partial(questions.count_letters, state=DeliveryState.WAITING))
    found = database.read_now(partial(questions.count_answers, errands=errands))
    lost, twice = count_faults(found, crowd.kept)
    answers = max(len(crowd.kept), 1)
    return AnswerFigures(
        answers_per_s=round(len(crowd.kept) / crowd.seconds, 1),
        seconds=round(crowd.seconds, 2),
        get_ms=_times(crowd.got),
        post_ms=_times(crowd.posted),
        answers=len(crowd.kept),
        errors=dict(crowd.errors),
        lost=lost,
        twice=twice,
        letters_sent=sent,
        letters_left=left,
        server_cpu_ms=round(1000 * spent / answers, 3),
        crowd_cpu_ms=round(1000 * crowd.spent / answers, 3),
    )


def count_faults(found: Mapping[int, int], kept: Iterable[int]) -> tuple[int, int]:
    """How many answers that were acknowledged are not there, and how many are there more than once."""
    return sum(found.get(number, 0) == 0 for number in kept), sum(count > 1 for count in found.values())


def _times(seconds: list[float]) -> Times:
    ordered = sorted(seconds) or [0.0]
    return Times(*(round(1000 * ordered[int(share * (len(ordered) - 1))], 2) for share in (0.5, 0.95, 0.99)))
