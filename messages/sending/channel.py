"""The way out that every channel offers, and how it says that a letter was not sent."""

from typing import Protocol

from messages.letters.message import Message


class DeliveryError(Exception):
    """A letter was not accepted, or nobody can tell whether it was.

    ``permanent`` says that trying again cannot help. ``doubtful`` says that the letter may have arrived, so
    that a second try may deliver it twice. ``about_address`` says that the refusal concerns this recipient,
    neither the server nor the letter. ``reply`` is the server's code and text or our own reason, on one line.
    """

    def __init__(
        self, reply: str, *, permanent: bool = False, doubtful: bool = False, about_address: bool = False
    ) -> None:
        super().__init__(reply)
        self.reply = reply
        self.permanent = permanent
        self.doubtful = doubtful
        self.about_address = about_address


class Channel(Protocol):
    """Carries letters to addresses of one kind, such as email."""

    name: str

    async def send(self, message: Message, address: str) -> str:
        """Hand one letter over; return the receiver's words of acceptance or raise DeliveryError."""
        ...

    async def close(self) -> None:
        """Finish what is under way and let go of every connection."""
        ...
