"""`cascade demo`: the whole story in one process, with nothing outside."""

import asyncio
import json
import logging
import signal
import socket
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from bot.cli.options import refuse
from bot.demo import pages
from bot.demo.people.asides import ASIDES
from bot.demo.people.cast import Players
from bot.demo.people.script import TURNS
from bot.demo.prologue import play_prologue
from bot.demo.scenery.lesson import launch_lesson
from bot.demo.scenery.surveys import open_surveys
from bot.demo.stage import START, Stage
from bot.demo.story import Ending, play
from bot.serve import Pages
from bot.web.app import build_app, configure_server

PORT = 8000


@click.command()
@click.option("--exit", "to_the_end", is_flag=True, help="Play eight weeks to the end and print the result.")
@click.option("--json", "as_json", is_flag=True, help="With --exit: print one JSON document.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help=f"Where pages are served; {PORT}, or a free port."
)
def demo(to_the_end: bool, as_json: bool, port: int | None) -> None:
    """Show a lesson cascade, be answered, be chased and be counted: all on this machine, all fictional.

    Beside it a yearly return is asked for and people are asked about two courses, one held before the story.
    Without --exit, open the address that is printed: the inbox of everybody, and a clock to move.

    \b
    --exit --json keys: began, ended, asked, sent (a list of at, to, name, subject), rows and seen (the same
      figures told by the database and by what the mailboxes took: letters, acknowledged, confirmed, declined,
      reached, in_scope, agencies_with_numbers, returned, about_courses, still_owed), faults, progress (as in
      `cascade status --json`), chores, agrees. The exit code is 0 only if both tellings agree and no fault
      was found.
    """
    if as_json and not to_the_end:
        raise click.UsageError("--json goes with --exit")
    logging.getLogger("bot.web").setLevel(logging.ERROR)
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="cascade-demo-") as folder:
        if to_the_end:
            ending = asyncio.run(_play(Path(folder)))
            _show(ending, as_json=as_json)
            sys.exit(0 if ending.agrees else 1)
        asyncio.run(_serve(Path(folder), port))


async def _play(folder: Path) -> Ending:
    stage = await Stage.open(folder, "127.0.0.1", PORT)
    try:
        players = Players.of(build_app(stage.house), (*TURNS, *ASIDES))
        await play_prologue(stage, players)
        asked = await launch_lesson(stage, START)
        return await play(stage, players, asked)
    finally:
        await stage.close()


async def _serve(folder: Path, port: int | None) -> None:
    listener = _listen(port)
    where = listener.getsockname()[1]
    stage = await Stage.open(folder, "127.0.0.1", where)
    try:
        app = build_app(stage.house, demo_routes=pages.routes(stage))
        click.echo("\n  Playing what was before the story: last year's return, and a course in July.")
        await play_prologue(stage, Players.of(app, (*TURNS, *ASIDES), lenient=True))
        await launch_lesson(stage, START)
        await open_surveys(stage, START)
        await stage.begin()
        server = Pages(configure_server(app, "127.0.0.1", where))
        for stop in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stop, lambda *_: setattr(server, "should_exit", True))
        click.echo(f"\n  Cascade, a demonstration: open http://127.0.0.1:{where}/inbox\n")
        click.echo("  Everybody in it is fictional and no letter leaves this machine. Ctrl+C ends it.\n")
        attending = asyncio.create_task(stage.attend())
        try:
            await server.serve(sockets=[listener])
        finally:
            attending.cancel()
    finally:
        await stage.close()


def _listen(port: int | None) -> socket.socket:
    """Take the port asked for; without one, the usual or else a free one."""
    for candidate in (port,) if port is not None else (PORT, 0):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", candidate))
        except OSError:
            listener.close()
            continue
        return listener
    return refuse(f"Port {port} is taken: choose another with --port, or leave it out.")


def _show(ending: Ending, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(ending.to_json(), indent=2, default=str))
        return
    for letter in ending.sent:
        click.echo(f"{letter['at']}  {letter['name']:<24.24}  {letter['subject']}")
    told = ending.rows
    click.echo(
        f"\n{ending.asked} agencies asked. By {ending.ended:%d %B %Y}, told by the rows and by the mailboxes:"
    )
    for name, theirs in asdict(told).items():
        seen = getattr(ending.seen, name)
        mark = "agrees" if seen == theirs else f"but the mailboxes say {seen}"
        click.echo(f"  {name.replace('_', ' '):<24} {theirs}  ({mark})")
    for fault in ending.faults:
        click.echo(f"  fault: {fault}")
    click.echo("Waiting for a person at the board:")
    for text in ending.chores:
        click.echo(f"  * {text}")
