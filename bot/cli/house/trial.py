"""The test letter as `cascade init` and `cascade doctor --letter` send it, told in plain words."""

import click

from bot.cli.options import refuse
from bot.clock import real_now
from bot.trial import Newcomer, send_test
from bot.trouble import explain
from bot.wiring import House
from messages.sending.channel import DeliveryError
from messages.smtp import SmtpChannel
from messages.writing.expressions import LetterError
from store.people.board import Board


async def try_letter(house: House, sender: Board, reader: Newcomer) -> None:
    """Send a test letter and tell the server's words; ends the command, saying what to do, where it fails."""
    server = house.settings.smtp.server()
    channel = SmtpChannel(server, connections=1)
    try:
        said = await send_test(channel, house.identity, sender, reader, server.place, real_now())
    except DeliveryError as error:
        refuse(
            f"The test letter did not go: {explain(error, server)} Put it right in cascade.toml, then try "
            f"again: cascade doctor --letter {reader.address}"
        )
    except LetterError as error:
        refuse(f"The test letter could not be written: {error}.")
    finally:
        await channel.close()
    click.echo(f"The test letter to {reader.address} was taken by {server.place}: {said}")
    click.echo("Look for it in that inbox, and among the junk.")
