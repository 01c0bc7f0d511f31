"""The commands of the benches: figures measured on this machine, never quoted from elsewhere."""

import json
from typing import Any

import click

from bot.bench import sending, ticking


@click.group()
def bench() -> None:
    """Measure this machine: letters a second, the cost of a tick."""


@bench.command()
@click.option(
    "--n", "count", default=20_000, show_default=True, type=click.IntRange(1), help="Letters to send."
)
@click.option("--smtp", metavar="HOST:PORT", help="A sink of your own; without it a light one is started.")
@click.option("--database", metavar="URL", help="An empty database; without it a throw-away SQLite file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def send(count: int, smtp: str | None, database: str | None, as_json: bool) -> None:
    """Send letters end to end: claimed, composed, sent over SMTP, settled.

    Never point it at a server that delivers: its addresses are made up.
    """
    _show(sending.run(count, smtp, database), as_json=as_json)


@bench.command()
@click.option(
    "--n", "count", default=100_000, show_default=True, type=click.IntRange(100), help="Quiet asks."
)
@click.option("--database", metavar="URL", help="An empty database; without it a throw-away SQLite file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def tick(count: int, database: str | None, as_json: bool) -> None:
    """Measure one wake-up with 1,000 asks due among many quiet ones: the median of several."""
    _show(ticking.run(count, database), as_json=as_json)


def _show(figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        click.echo(f"{name.replace('_', ' '):>16}  {value}")
