"""Sends letters and notes what became of each."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from messages.letters.message import Message
from messages.sending.channel import DeliveryError
from messages.smtp import SmtpChannel, SmtpServer

BODY = b"Message-ID: <one@board.example>\r\nSubject: Wren\r\n\r\nA lesson.\r\n"


def letter(body: bytes = BODY, *, lease: float = 60.0, sender: str = "board@board.example") -> Message:
    return Message(sender, body, time.monotonic() + lease)


def settings(port: int, *, timeout: float = 5.0) -> SmtpServer:
    return SmtpServer("127.0.0.1", port, timeout=timeout, local_hostname="board.example")


@asynccontextmanager
async def channel_to(
    port: int, *, timeout: float = 5.0, connections: int = 1, idle: float = 30.0
) -> AsyncIterator[SmtpChannel]:
    channel = SmtpChannel(settings(port, timeout=timeout), connections=connections, idle=idle)
    try:
        yield channel
    finally:
        await channel.close()


async def outcome(channel: SmtpChannel, address: str, message: Message | None = None) -> str | DeliveryError:
    try:
        return await channel.send(message or letter(), address)
    except DeliveryError as error:
        return error


async def outcomes(channel: SmtpChannel, addresses: Iterable[str]) -> dict[str, str | DeliveryError]:
    """Send to all at once; every address comes back, with the reference or the error."""
    addresses = list(addresses)
    ends = await asyncio.gather(*(outcome(channel, address) for address in addresses))
    return dict(zip(addresses, ends, strict=True))


def people(number: int) -> list[str]:
    return [f"person{index}@school.example" for index in range(number)]


def refusal(end: str | DeliveryError) -> DeliveryError:
    assert isinstance(end, DeliveryError), f"was accepted: {end}"
    return end


def doubtful(ends: dict[str, str | DeliveryError]) -> set[str]:
    return {address for address, end in ends.items() if isinstance(end, DeliveryError) and end.doubtful}


def delivered(ends: dict[str, str | DeliveryError]) -> set[str]:
    return {address for address, end in ends.items() if isinstance(end, str)}
