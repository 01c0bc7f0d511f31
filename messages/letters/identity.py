"""Identity: who a letter comes from, and the addresses and links that lead back to us."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.proof.links import Keyring, Purpose, sign_link, sign_reference


@dataclass(frozen=True, slots=True)
class Identity:
    """What belongs to the installation, whichever board writes."""

    #: Where pages are, without a slash at the end: https://cascade.example.org
    base_url: str
    #: The mailbox that letters come from and replies go to.
    mailbox: str
    keyring: Keyring
    zone: ZoneInfo

    @property
    def domain(self) -> str:
        """The domain of the mailbox, which Message-IDs carry."""
        return self.mailbox.rpartition("@")[2]

    def answer_link(self, ask_id: UUID, person_id: UUID, generation: int) -> str:
        """The one link with which one person answers one ask."""
        return f"{self.base_url}/a/{sign_link(self.keyring, ask_id, person_id, Purpose.ANSWER, generation)}"

    def entry_link(self, ask_id: UUID, person_id: UUID, purpose: Purpose, generation: int) -> str:
        """The link with which somebody of the board types in what was answered on paper or by telephone."""
        return f"{self.base_url}/a/{sign_link(self.keyring, ask_id, person_id, purpose, generation)}"

    def confirmation_link(self, ask_id: UUID, booking_id: UUID, generation: int) -> str:
        """The link that whoever answered passes on to their manager: it opens nothing of theirs."""
        token = sign_link(self.keyring, ask_id, booking_id, Purpose.CONFIRM, generation)
        return f"{self.base_url}/c/{token}"

    def unsubscribe_link(self, board_id: UUID, person_id: UUID) -> str:
        """The link to a person's wishes about a board's subscription mail."""
        return f"{self.base_url}/u/{sign_link(self.keyring, board_id, person_id, Purpose.UNSUBSCRIBE, 0)}"

    def reference(self, delivery_id: UUID) -> str:
        """What leads back to one message; the word before it in an address tells a reply from a report."""
        return sign_reference(self.keyring, delivery_id, Purpose.REPLY)

    def reply_to(self, reference: str) -> str:
        """The address that brings a reply back to its message."""
        return self._tagged("reply", reference)

    def bounce_to(self, reference: str) -> str:
        """The envelope sender, to which delivery reports come."""
        return self._tagged("bounce", reference)

    def message_id(self, delivery_id: UUID) -> str:
        """The Message-ID of a message: the same however often it is sent."""
        return f"<{delivery_id.hex}@{self.domain}>"

    def _tagged(self, kind: str, reference: str) -> str:
        local, _, domain = self.mailbox.rpartition("@")
        return f"{local}+{kind}-{reference}@{domain}" if len(local) < 17 else f"{kind}+{reference}@{domain}"
