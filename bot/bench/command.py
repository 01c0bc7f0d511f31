"""The commands of the benches: figures measured on this machine, never quoted from elsewhere."""

import json
from collections.abc import Callable
from typing import Any

import click

from bot.bench import answering, launching, sending, ticking
from bot.bench.scene import BenchError
from bot.cli.options import refuse
from store.errors import DriverError, StoreError, tell


class Place(click.ParamType[tuple[str, int]]):
    """A server as HOST:PORT; without a host it is this machine."""

    name = "place"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """Read the place, or fail with a usage error."""
        host, parted, port = str(value).rpartition(":")
        if not (parted and port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
            self.fail(f"{value!r} is no HOST:PORT; write it as 127.0.0.1:2525", param, ctx)
        return host.removeprefix("[").removesuffix("]") or "127.0.0.1", int(port)


@click.group()
def bench() -> None:
    """Measure this machine: letters and answers a second, the cost of a tick."""


@bench.command()
@click.option(
    "--n", "count", default=20_000, show_default=True, type=click.IntRange(1), help="Letters to send."
)
@click.option(
    "--smtp", type=Place(), metavar="HOST:PORT", help="A sink of your own; without it a light one is started."
)
@click.option("--database", metavar="URL", help="An empty database; without it a throw-away SQLite file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def send(count: int, smtp: tuple[str, int] | None, database: str | None, as_json: bool) -> None:
    """Send letters end to end: claimed, composed, sent over SMTP, settled.

    Never point it at a server that delivers: its addresses are made up. Exit 1 when not all were sent.
    """
    figures = _measure(lambda: sending.run(count, smtp, database))
    _show(figures, as_json=as_json)
    if figures["sent"] < count:
        place = f"{smtp[0]}:{smtp[1]}" if smtp else "the bench's own sink"
        refuse(
            f"Only {figures['sent']} of {count} letters were sent: check that {place} answers and takes "
            "them all."
        )


@bench.command()
@click.option(
    "--n", "count", default=100_000, show_default=True, type=click.IntRange(100), help="Quiet asks."
)
@click.option("--launch", "is_launch", is_flag=True, help="Measure instead how so many asks are launched.")
@click.option("--database", metavar="URL", help="An empty database; without it a throw-away SQLite file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def tick(count: int, is_launch: bool, database: str | None, as_json: bool) -> None:
    """Measure one wake-up with 1,000 asks due among many quiet ones: the median of several.

    With --launch, the launch of a campaign of --n asks: how long it takes, and how long it keeps somebody
    waiting who writes at the same time.
    """
    run = launching.run if is_launch else ticking.run
    _show(_measure(lambda: run(count, database)), as_json=as_json)


@bench.command()
@click.option(
    "--n", "count", default=2_000, show_default=True, type=click.IntRange(1, 1_000_000), help="Answers."
)
@click.option(
    "--connections",
    default=answering.CONNECTIONS,
    show_default=True,
    type=click.IntRange(1, 500),
    help="People who answer at the same time.",
)
@click.option("--database", metavar="URL", help="An empty database; without it a throw-away SQLite file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def answer(count: int, connections: int, database: str | None, as_json: bool) -> None:
    """Answer asks by their links, then a survey by its codes, while letters go out.

    Each of --n people reads one page and sends one, in either way; the figures of both stand apart.
    Exit 1 when an answer was lost or kept twice, or a page was not what it should be.
    """
    figures = _measure(lambda: answering.run(count, connections, database))
    _show(figures, as_json=as_json)
    for way in ("asks", "codes"):
        found = figures[way]
        if found["lost"] or found["twice"] or found["answers"] < count:
            refuse(
                f"Of {count} answers by {way} {found['answers']} were acknowledged; of these {found['lost']} "
                f"are lost and {found['twice']} stand twice. What went wrong: {found['errors'] or 'nothing'}."
            )


def _measure(run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Run a bench; ends the command in one line where its database does not let it."""
    try:
        return run()
    except (BenchError, StoreError) as error:
        refuse(str(error))
    except DriverError as error:
        refuse(tell(error))


def _show(figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        if isinstance(value, dict) and any(isinstance(part, dict) for part in value.values()):
            click.echo(f"\n{name}:")
            _show(value, as_json=False)
        else:
            told = (
                ", ".join(f"{part} {size}" for part, size in value.items())
                if value and isinstance(value, dict)
                else value
            )
            click.echo(f"{name.replace('_', ' '):>16}  {told}")
