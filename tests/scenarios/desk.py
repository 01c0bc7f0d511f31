"""A desk: the real command line, a worker and a mail server on loopback, all on one virtual clock."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import real_now
from bot.worker import Worker
from messages.letters.press import Press
from messages.sending.sender import Sender
from messages.smtp import SmtpChannel
from store.database import Database, Session
from store.installation import set_virtual
from store.people.board import OfficeRole
from tests import make
from tests.bot.cli.mailbox import Mailbox
from tests.bot.cli.terminal import Terminal
from tests.messages.smtp.outcomes import settings

LESSON = Path(__file__).resolve().parents[2] / "bot/demo/sample/lessons/wren.toml"
HEAD = (
    "Agency,Sector,Calendar,Training rep name,Training rep email,Deputy name,Deputy email,"
    "Line manager name,Line manager email,Board member name,Board member email\n"
)


def row(agency: str, word: str) -> str:
    """A row of the directory: an office with a whole line, whose first names tell the seats."""
    people = (
        f"{name} {word.title()},{name.lower()}@{word}.example" for name in ("Rowan", "Devi", "Lena", "Bose")
    )
    return f"{agency},health,office,{','.join(people)}\n"


@dataclass
class Desk:
    """One installation; every stretch of time is a worker of its own, begun anew and ended."""

    terminal: Terminal
    mailbox: Mailbox
    now: datetime = make.START

    def open(self, directory: str) -> None:
        """Found the board, and bring in its agencies."""

        def found(session: Session) -> None:
            board = make.board(session)
            make.officer(session, board, "Morgan Ellery", OfficeRole.COORDINATOR)
            make.officer(session, board, "Pat Lane", OfficeRole.MANAGER)
            set_virtual(session, self.now)

        self.terminal.keep(found)
        self.terminal.done("import", str(self.terminal.write("directory.csv", HEAD + directory)), "--yes")

    def until(self, end: datetime) -> None:
        """Let a new worker live through every wake-up before `end`, then stand there."""
        asyncio.run(self._run(end))

    async def _run(self, end: datetime) -> None:
        database = Database(self.terminal.url)
        channel = SmtpChannel(settings(self.mailbox.port), connections=2)
        worker = Worker(
            database, Sender(database, {"email": channel}, Press(make.IDENTITY), "desk", real_now)
        )
        try:
            while True:
                await database.write(lambda session: set_virtual(session, self.now))
                await worker.step(self.now)
                if self.now >= end:
                    return
                wake = await worker.next_wake(self.now)
                self.now = min(end, wake if wake > self.now else self.now + timedelta(minutes=15))
        finally:
            await channel.close()
            await database.close()

    def to(self, start: str) -> list[bytes]:
        """The raw letters to addresses that begin so."""
        return [content for address, content in self.mailbox.letters if address.startswith(start)]
