"""The email channel: spreads letters over a few lasting connections to one mail server."""

import asyncio
import ssl
import time
from collections import deque
from collections.abc import Coroutine
from typing import Any

from messages.letters.message import Message
from messages.sending.channel import DeliveryError
from messages.smtp.connection import open_connection
from messages.smtp.conversation import Conversation
from messages.smtp.letter import Letter, check_addresses
from messages.smtp.server import SmtpServer

# How long a server that turned one connection away is left with those it did take.
_BREATH = 5.0


class SmtpChannel:
    """Sends letters over at most ``connections`` connections, opened when needed and kept open.

    ``idle`` is how many seconds an unused connection is kept. Letters wait in one queue and a free connection
    takes the next, so that a stalled one holds up nobody else. No letter is sent a second time from here.
    """

    name = "email"

    def __init__(self, server: SmtpServer, *, connections: int = 8, idle: float = 30.0) -> None:
        self._server = server
        self._limit = connections
        self._idle = idle
        self._trusted: ssl.SSLContext | None = None
        self._waiting: deque[Letter] = deque()
        self._open: set[Conversation] = set()
        self._resting: list[Conversation] = []
        self._opening = 0
        self._not_before = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def send(self, message: Message, address: str) -> str:
        """Hand one letter to the server and return its reply; raise DeliveryError if that is not a yes."""
        if self._closed:
            raise DeliveryError("the email channel is closed")
        check_addresses(message.sender, address)
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting.append(Letter(message, address, done))
        if self._resting:
            self._resting.pop().begin()
        else:
            self._grow()
        return await done

    async def close(self) -> None:
        """Let letters under way come to their end, then say QUIT on every connection."""
        self._closed = True
        under_way = [letter.done for letter in self._waiting]
        under_way += [letter.done for conversation in self._open for letter in conversation.letters]
        if under_way:
            await asyncio.wait(under_way)
        while self._tasks:
            await asyncio.wait(self._tasks)
        leaving, self._open = self._open, set()
        self._resting.clear()
        await asyncio.gather(*(conversation.quit() for conversation in leaving))

    def take(self) -> Letter | None:
        """Give the next letter that is still wanted; those whose lease ended are told so."""
        while self._waiting:
            letter = self._waiting.popleft()
            if letter.is_wanted:
                return letter
            letter.expire()
        return None

    def rest(self, conversation: Conversation) -> None:
        """Keep a conversation that has nothing to do for the letters to come."""
        self._resting.append(conversation)

    def retire(self, conversation: Conversation) -> None:
        """End a conversation that has rested long enough."""
        self.forget(conversation)
        self._start(conversation.quit())

    def forget(self, conversation: Conversation) -> None:
        """Do without a conversation whose connection is gone, and open another if letters wait."""
        self._open.discard(conversation)
        if conversation in self._resting:
            self._resting.remove(conversation)
        self._grow()

    def _grow(self) -> None:
        while self._opening < len(self._waiting) and len(self._open) + self._opening < self._limit:
            if (self._open or self._opening) and time.monotonic() < self._not_before:
                return
            self._opening += 1
            self._start(self._add())

    async def _add(self) -> None:
        try:
            if self._trusted is None and self._server.security != "none":
                self._trusted = await asyncio.to_thread(self._trust)
            connection = await open_connection(self._server, self._trusted)
        except DeliveryError as failure:
            self._opening -= 1
            self._not_before = time.monotonic() + _BREATH
            if not self._open and not self._opening:
                self._give_up(failure)
            return
        self._opening -= 1
        conversation = Conversation(connection, self, timeout=self._server.timeout, idle=self._idle)
        self._open.add(conversation)
        conversation.begin()

    def _trust(self) -> ssl.SSLContext:
        try:
            return self._server.trusted()
        except OSError as failure:
            raise DeliveryError(
                f"cannot read the certificates in {self._server.ca_file}: {failure}"
            ) from failure

    def _give_up(self, failure: DeliveryError) -> None:
        while self._waiting:
            self._waiting.popleft().fail(DeliveryError(failure.reply))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
