"""A sender to be killed: python -m tests.drills.victim URL PORT LEASE sends all that is due, then stops."""

import asyncio
import os
import sys
from functools import partial

from bot.bench import scene
from bot.clock import real_now
from messages.letters.identity import Identity
from messages.letters.press import Press
from messages.proof.links import Keyring
from messages.sending.sender import Sender
from messages.smtp import SmtpChannel, SmtpServer
from store.database import Database
from store.letters import queue, settlement
from tests.doubt import in_flight

IDENTITY = Identity("https://cascade.example.org", scene.BY, Keyring([b"drill" * 8]), scene.ZONE)


async def send_all(url: str, port: int, lease: float) -> None:
    """Repair what a sender before us held, then send until nothing is due and nothing is held."""
    database = Database(url)
    channel = SmtpChannel(SmtpServer("127.0.0.1", port, local_hostname="drill.example.org"), connections=4)
    name = f"victim-{os.getpid()}"
    sender = Sender(database, {"email": channel}, Press(IDENTITY), name, real_now, lease=lease)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    now = scene.NOON
    while True:
        # The rules' clock only goes on to the next try, so that the drill takes no longer than it must.
        await database.write(partial(settlement.repair, real_now=real_now(), again_at=now))
        if await sender.send_due(now) or await database.read(in_flight):
            await asyncio.sleep(0.02)
            continue
        soonest = await database.read(queue.next_send)
        if soonest is None:
            break
        now = max(now, soonest)
    await sender.close()
    await database.close()


if __name__ == "__main__":
    asyncio.run(send_all(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
