"""Passes: the six digits of a letter, and what a browser keeps once somebody has typed them."""

import hmac
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from messages.proof.links import Keyring, open_sealed, seal

#: For so long a pass rests unused before it holds no more.
REST = timedelta(hours=1)
#: Each use of a key has a label of its own, so that a proof for one is worthless for another.
_DIGITS_LABEL = b"cascade passcode\0"
_PASS_LABEL = b"cascade pass\0"
_STAMP_LABEL = b"cascade stamp\0"
#: A person's identifier and the second of the last use, and after it the bytes of proof kept: whole groups
#: of five bytes, so that each pass can be spelled in one way only.
_PACKING = struct.Struct(">16sQ")
_PROOF_BYTES = 16
_CHARACTERS = 64


@dataclass(frozen=True, slots=True)
class Pass:
    """Whose browser it is, and when it was last used."""

    person_id: UUID
    at: datetime


def six_digits(keyring: Keyring, passcode_id: UUID) -> str:
    """Return the digits of one letter, "000000" to "999999", from its identifier and the newest key."""
    return _digits(keyring.keys[0], passcode_id)


def match_six(keyring: Keyring, passcode_id: UUID, typed: str) -> bool:
    """Tell whether somebody typed the digits that one of the keys gives; spaces between them do no harm."""
    given = "".join(typed.split()).encode("utf-8", "replace")
    matches = [hmac.compare_digest(given, _digits(key, passcode_id).encode()) for key in keyring.keys]
    return any(matches)


def sign_pass(keyring: Keyring, person_id: UUID, now: datetime) -> str:
    """Return what the browser keeps: 64 characters that hold for `REST` after `now`."""
    packed = _PACKING.pack(person_id.bytes, int(now.timestamp()))
    return seal(_newest(keyring), _PASS_LABEL, packed, _PROOF_BYTES)


def read_pass(keyring: Keyring, token: str, now: datetime) -> Pass | None:
    """Return whose pass it is; None where it rested too long, or the newest key did not sign exactly this.

    A new key ends every pass, unlike links, which older keys still prove.
    """
    packed = open_sealed(_newest(keyring), _PASS_LABEL, token, _CHARACTERS, _PROOF_BYTES)
    if packed is None:
        return None
    whose, second = _PACKING.unpack(packed)
    found = Pass(UUID(bytes=whose), datetime.fromtimestamp(second, UTC))
    return found if found.at <= now <= found.at + REST else None


def stamp(keyring: Keyring, person_id: UUID) -> str:
    """Return what every form of a signed-in person's pages carries, and no other site can know."""
    return hmac.digest(keyring.keys[0], _STAMP_LABEL + person_id.bytes, "sha256").hex()[:32]


def match_stamp(keyring: Keyring, person_id: UUID, given: str) -> bool:
    """Tell whether a form came from a page of this person's own."""
    return hmac.compare_digest(stamp(keyring, person_id).encode(), given.encode("utf-8", "replace"))


def _newest(keyring: Keyring) -> Keyring:
    return Keyring(keyring.keys[:1])


def _digits(key: bytes, passcode_id: UUID) -> str:
    proof = hmac.digest(key, _DIGITS_LABEL + passcode_id.bytes, "sha256")
    return f"{int.from_bytes(proof) % 1_000_000:06d}"
