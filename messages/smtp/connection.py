"""An open, greeted and authenticated connection to the mail server."""

import asyncio
import contextlib
import ssl
from typing import cast

import aiosmtplib

from messages.sending.channel import DeliveryError
from messages.smtp.replies import one_line
from messages.smtp.server import SmtpServer

_LONGEST_GOODBYE = 5.0


class Connection:
    """What aiosmtplib opened, lent to a protocol of ours until it says goodbye.

    ``offers`` holds the server's extensions in lower case.
    """

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self._client = client
        self._opener = client.protocol
        self.transport = cast(asyncio.Transport, client.transport)
        self.offers = frozenset(client.esmtp_extensions)

    async def hang_up(self, timeout: float) -> None:
        """Hand the transport back to aiosmtplib and say QUIT; a server that has gone already is no error."""
        if self._opener is not None and not self.transport.is_closing():
            self.transport.set_protocol(self._opener)
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                await self._client.quit(timeout=min(timeout, _LONGEST_GOODBYE))
        self.drop()

    def drop(self) -> None:
        """Cut the line at once, sending nothing more."""
        self.transport.abort()


async def open_connection(server: SmtpServer, trusted: ssl.SSLContext | None) -> Connection:
    """Connect, secure and log in; every failure is a temporary DeliveryError that names the server.

    Even a 5xx here is no verdict on a letter: it is the server or our settings that must be put right.
    """
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.username,
        password=server.password,
        use_tls=server.security == "tls",
        start_tls=server.security == "starttls",
        tls_context=trusted,
        local_hostname=server.local_hostname,
        timeout=server.timeout,
    )
    try:
        async with asyncio.timeout(server.timeout):
            await client.connect()
            await _greet(client)
        if client.transport is None or client.transport.is_closing():
            raise ConnectionResetError("the server closed the connection after its greeting")
    except aiosmtplib.SMTPResponseException as refusal:
        client.close()
        raise DeliveryError(one_line(f"{server.place}: {refusal.code} {refusal.message}")) from refusal
    except TimeoutError as late:
        client.close()
        raise DeliveryError(f"{server.place}: not ready within {server.timeout:g} s") from late
    except Exception as failure:
        # Whatever it was, those who wait for the connection must be told.
        client.close()
        raise DeliveryError(one_line(f"{server.place}: {failure}")) from failure
    return Connection(client)


async def _greet(client: aiosmtplib.SMTP) -> None:
    if not client.is_ehlo_or_helo_needed:
        return
    try:
        await client.ehlo()
    except aiosmtplib.SMTPHeloError:
        await client.helo()
