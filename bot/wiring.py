"""Wiring: everything built once, and passed down."""

import os
import secrets
import socket
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.clock import Clock, RealClock, real_now
from bot.settings import Settings
from bot.worker import Worker
from messages.letters.identity import Identity
from messages.letters.press import Press
from messages.proof.links import Keyring
from messages.sending.channel import Channel
from messages.sending.sender import Sender
from messages.smtp import SmtpChannel
from store.database import Database


@dataclass(slots=True)
class House:
    """One process's parts, each made once."""

    settings: Settings
    database: Database
    identity: Identity
    clock: Clock

    def worker(self, *, channel: Channel | None = None) -> Worker:
        """A worker of its own name, sending by mail unless given another channel."""
        email = channel or SmtpChannel(
            self.settings.smtp.server(), connections=self.settings.smtp.connections
        )
        name = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        sender = Sender(
            self.database, {"email": email}, Press(self.identity), name, real_now, lease=self.settings.lease
        )
        return Worker(self.database, sender)

    async def close(self) -> None:
        """Let go of the database."""
        await self.database.close()


def build(settings: Settings, *, keyring: Keyring | None = None, clock: Clock | None = None) -> House:
    """Build the house from settings. Raises SettingsError where the keys are missing."""
    identity = Identity(
        settings.base_url, settings.mailbox, keyring or settings.keyring(), ZoneInfo(settings.zone)
    )
    return House(settings, Database(settings.database), identity, clock or RealClock())
