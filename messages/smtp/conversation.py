"""The talk over one open connection: letters out, replies in, as many commands in one write as allowed."""

import asyncio
import time
from collections import deque
from typing import Protocol

from messages.sending.channel import DeliveryError
from messages.smtp.connection import Connection
from messages.smtp.letter import Letter, seal
from messages.smtp.replies import (
    CLOSING,
    GO_AHEAD,
    Reply,
    ReplyReader,
    Stage,
    UnreadableReplyError,
    fits,
    refused,
)

_ENVELOPE: tuple[Stage, Stage, Stage] = ("MAIL", "RCPT", "DATA")
_CONTENT_AND_ENVELOPE: tuple[Stage, ...] = ("DOT", *_ENVELOPE)


class Source(Protocol):
    """Where a conversation gets its letters, and whom it tells how it fares."""

    def take(self) -> Letter | None:
        """Give the next letter that is still wanted, or none."""

    def rest(self, conversation: "Conversation") -> None:
        """Learn that nothing is left to say and ``begin`` may be called again."""

    def retire(self, conversation: "Conversation") -> None:
        """Learn that the conversation has rested long enough to be ended with QUIT."""

    def forget(self, conversation: "Conversation") -> None:
        """Learn that the connection is gone."""


class Conversation(asyncio.Protocol):
    """Hands letters over in order, one reply for each command.

    With PIPELINING (RFC 2920) an envelope is one write, and the next letter's envelope follows the previous
    letter's dot in the same write; without it each command waits for the reply before. At most two letters
    are here at once: the first may have its dot out, the second has at most its envelope out.
    """

    def __init__(self, connection: Connection, source: Source, *, timeout: float, idle: float) -> None:
        self._connection = connection
        self._write = connection.transport.write
        self._source = source
        self._pipelining = "pipelining" in connection.offers
        self._timeout = timeout
        self._idle = idle
        self._reader = ReplyReader()
        self._stages: deque[Stage] = deque()
        self._needs_reset = False
        self._ended = False
        self._waiting_since = time.monotonic()
        self._clock = asyncio.get_running_loop().call_later(min(timeout, idle), self._look)
        self.letters: deque[Letter] = deque()
        connection.transport.set_protocol(self)

    def begin(self) -> None:
        """Start on the next letter, or rest if there is none."""
        letter = self._take()
        if letter is None:
            self._waiting_since = time.monotonic()
            self._source.rest(self)
            return
        self.letters.append(letter)
        self._waiting_since = time.monotonic()
        if self._needs_reset:
            # A refused letter may have left its MAIL standing.
            self._needs_reset = False
            self._stages.append("RSET")
            self._write(b"RSET\r\n")
            if not self._pipelining:
                return
        if self._pipelining:
            self._stages.extend(_ENVELOPE)
            self._write(b"".join(letter.commands))
        else:
            self._say("MAIL")

    async def quit(self) -> None:
        """End a resting conversation politely."""
        self._ended = True
        self._clock.cancel()
        await self._connection.hang_up(self._timeout)

    def data_received(self, data: bytes) -> None:
        """Match replies to what they answer, in order."""
        try:
            replies = self._reader.read(data)
        except UnreadableReplyError as nonsense:
            self._end(f"the mail server's reply cannot be read: {nonsense}")
            return
        if replies:
            # Only a whole reply ends the wait, so that one octet at a time cannot hold a letter for hours.
            self._waiting_since = time.monotonic()
        for reply in replies:
            if self._ended:
                return
            if not self._stages:
                self._end(f"the mail server spoke unasked: {reply}")
                return
            stage = self._stages.popleft()
            if not fits(stage, reply):
                self._end(f"unexpected reply to {stage}: {reply}")
            elif reply.code == CLOSING:
                letter = self.letters.popleft()
                letter.fail(letter.refusal or refused(stage, reply))
                self._end(str(reply))
            else:
                self._hear(stage, reply)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell those who wait that the line is gone."""
        self._end(f"connection lost: {exc}" if exc else "connection lost")

    def _hear(self, stage: Stage, reply: Reply) -> None:
        accepted = 200 <= reply.code < 300
        match stage:
            case "DOT":
                self._hear_verdict(reply, accepted)
            case "DATA":
                self._hear_go_ahead(reply)
            case "MAIL" | "RCPT":
                self._hear_envelope(stage, reply, accepted)
            case "LONE DOT":
                self._finish(self.letters[0].refusal or refused("RCPT", reply))
            case "RSET":
                if not accepted:
                    self._end(f"the mail server cannot start afresh: {reply}")
                elif not self._pipelining:
                    self._say("MAIL")

    def _hear_envelope(self, stage: Stage, reply: Reply, accepted: bool) -> None:
        letter = self.letters[0]
        if not accepted and letter.refusal is None:
            letter.refusal = refused(stage, reply)
        if self._pipelining:
            return
        if letter.refusal is not None:
            self._finish(letter.refusal)
        else:
            self._say("RCPT" if stage == "MAIL" else "DATA")

    def _hear_go_ahead(self, reply: Reply) -> None:
        letter = self.letters[0]
        if reply.code != GO_AHEAD:
            self._finish(letter.refusal or refused("DATA", reply))
        elif letter.refusal is not None:
            # RFC 2920 3.1: a server may wait for content although it refused the recipient.
            self._stages.append("LONE DOT")
            self._write(b".\r\n")
        elif not letter.is_wanted:
            # Once told to go ahead, the only way to send no content is to leave.
            letter.expire()
            self._end("lease ended before sending")
        else:
            self._send_content(letter)

    def _send_content(self, letter: Letter) -> None:
        content = seal(letter.message.body, is_wire=letter.message.is_wire)
        following = self._take() if self._pipelining else None
        letter.dotted = True
        if following is None:
            self._stages.append("DOT")
            self._write(content)
        else:
            self.letters.append(following)
            self._stages.extend(_CONTENT_AND_ENVELOPE)
            self._connection.transport.writelines((content, *following.commands))

    def _hear_verdict(self, reply: Reply, accepted: bool) -> None:
        letter = self.letters.popleft()
        if accepted:
            letter.accept(str(reply))
        else:
            letter.fail(refused("DOT", reply))
        if not self.letters:
            self.begin()

    def _finish(self, refusal: DeliveryError) -> None:
        self.letters.popleft().fail(refusal)
        self._needs_reset = True
        self.begin()

    def _say(self, stage: Stage) -> None:
        self._stages.append(stage)
        self._write(self.letters[0].commands[_ENVELOPE.index(stage)])

    def _take(self) -> Letter | None:
        while (letter := self._source.take()) is not None:
            try:
                letter.address_it(self._connection.offers)
            except DeliveryError as refusal:
                letter.fail(refusal)
            else:
                return letter
        return None

    def _look(self) -> None:
        patience = self._timeout if self.letters else self._idle
        left = self._waiting_since + patience - time.monotonic()
        if left > 0:
            # A resting line looks often enough to notice a stall that begins while it rests.
            pause = min(left, self._timeout, self._idle)
            self._clock = asyncio.get_running_loop().call_later(pause, self._look)
        elif self.letters:
            self._end(f"no reply from the mail server within {self._timeout:g} s")
        else:
            self._source.retire(self)

    def _end(self, reason: str) -> None:
        if self._ended:
            return
        self._ended = True
        self._clock.cancel()
        while self.letters:
            self.letters.popleft().lose(reason)
        self._connection.drop()
        self._source.forget(self)
