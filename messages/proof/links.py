"""Links and references that carry their own proof, so that none has to be stored."""

import base64
import binascii
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

#: Keys are at least as long as SHA-256's output, the shortest that RFC 2104 does not discourage.
KEY_BYTES = 32

_UUID_BYTES = 16
_GENERATION_BYTES = 4

#: The bytes of proof kept. Both packings then fill whole groups of five bytes, so that no character of a
#: token carries unused bits and each token can be spelled in one way only.
_LINK_PROOF_BYTES = 13
_LINK_CHARACTERS = 80

#: An address leaves less room: 40 characters fit the 64 of a local part even behind our own prefix and the
#: one that gateways put in front when they sign senders (BATV). Eight bytes still cannot be guessed by mail.
_REFERENCE_PROOF_BYTES = 8
_REFERENCE_CHARACTERS = 40

#: Each use of a key has a label of its own, so that a proof for one is worthless for another.
_LINK_LABEL = b"cascade link\0"
_REFERENCE_LABEL = b"cascade reference\0"
_DIGITS_LABEL = b"cascade digits\0"

#: The other spelling of base64, for URLs, as the usual one.
_URL_SAFE = str.maketrans("-_", "+/")

#: What mail clients and people leave behind a link that they made clickable or copied.
_TRAILING = " \t\r\n.,;:!?)]}>'\"*_=/’”»…"  # noqa: RUF001 - typographic quotes are what clients leave


class Purpose(StrEnum):
    """What a link or reference may be used for."""

    #: Read one ask and answer it.
    ANSWER = "answer"
    #: Type in, for the board, what somebody gave on paper or by telephone.
    ENTER_PAPER = "enter paper"
    ENTER_TELEPHONE = "enter telephone"
    #: Say, as the manager of somebody who answered, what came of a course.
    CONFIRM = "confirm"
    #: Stop a subscription.
    UNSUBSCRIBE = "unsubscribe"
    #: Say which delivery a reply belongs to.
    REPLY = "reply"
    #: Say which delivery came back.
    BOUNCE = "bounce"


#: The first byte of a token: the version of its packing, and the code of its purpose. A code is never
#: changed, nor used again for another purpose.
_VERSION = 0x10
_HEADS = {
    Purpose.ANSWER: bytes((_VERSION | 1,)),
    Purpose.UNSUBSCRIBE: bytes((_VERSION | 2,)),
    Purpose.REPLY: bytes((_VERSION | 3,)),
    Purpose.BOUNCE: bytes((_VERSION | 4,)),
    Purpose.ENTER_PAPER: bytes((_VERSION | 5,)),
    Purpose.ENTER_TELEPHONE: bytes((_VERSION | 6,)),
    Purpose.CONFIRM: bytes((_VERSION | 7,)),
}
_PURPOSES = {head: purpose for purpose, head in _HEADS.items()}


@dataclass(frozen=True, slots=True)
class Keyring:
    """The secret keys of an installation: the first signs, all verify; ValueError for none or a short one."""

    keys: Sequence[bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.keys:
            raise ValueError("A keyring needs at least one key.")
        if any(len(key) < KEY_BYTES for key in self.keys):
            raise ValueError(f"Each key needs at least {KEY_BYTES} bytes.")
        object.__setattr__(self, "keys", tuple(self.keys))


@dataclass(frozen=True, slots=True)
class LinkClaim:
    """What a link that verified says; whether it still holds, the ask's state and generation tell."""

    ask_id: UUID
    person_id: UUID
    purpose: Purpose
    generation: int


@dataclass(frozen=True, slots=True)
class ReferenceClaim:
    """What a reference that verified says."""

    delivery_id: UUID
    purpose: Purpose


def sign_link(keyring: Keyring, ask_id: UUID, person_id: UUID, purpose: Purpose, generation: int) -> str:
    """Return the token, 80 characters of lower-case base32, that opens one ask for one person.

    A generation below zero or over four bytes raises OverflowError.
    """
    packed = _HEADS[purpose] + ask_id.bytes + person_id.bytes + generation.to_bytes(_GENERATION_BYTES, "big")
    return seal(keyring, _LINK_LABEL, packed, _LINK_PROOF_BYTES)


def read_link(keyring: Keyring, token: str) -> LinkClaim | None:
    """Return what a token says, or None unless one of the keys signed exactly this."""
    packed = open_sealed(keyring, _LINK_LABEL, token, _LINK_CHARACTERS, _LINK_PROOF_BYTES)
    if packed is None or (purpose := _PURPOSES.get(packed[:1])) is None:
        return None
    ask, person = 1 + _UUID_BYTES, 1 + 2 * _UUID_BYTES
    return LinkClaim(
        UUID(bytes=packed[1:ask]),
        UUID(bytes=packed[ask:person]),
        purpose,
        int.from_bytes(packed[person:], "big"),
    )


def sign_reference(keyring: Keyring, delivery_id: UUID, purpose: Purpose) -> str:
    """Return a reference to a delivery, 40 characters, short enough for the local part of an address."""
    packed = _HEADS[purpose] + delivery_id.bytes
    return seal(keyring, _REFERENCE_LABEL, packed, _REFERENCE_PROOF_BYTES)


def read_reference(keyring: Keyring, token: str) -> ReferenceClaim | None:
    """Return what a reference says, or None unless one of the keys signed exactly this."""
    packed = open_sealed(keyring, _REFERENCE_LABEL, token, _REFERENCE_CHARACTERS, _REFERENCE_PROOF_BYTES)
    if packed is None or (purpose := _PURPOSES.get(packed[:1])) is None:
        return None
    return ReferenceClaim(UUID(bytes=packed[1:]), purpose)


def two_digits(keyring: Keyring, ask_id: UUID, person_id: UUID, generation: int) -> str:
    """Return the two digits, "00" to "99", printed beside a link for its reader to type by hand."""
    return _digits(keyring.keys[0], ask_id, person_id, generation)


def match_digits(keyring: Keyring, ask_id: UUID, person_id: UUID, generation: int, typed: str) -> bool:
    """Tell whether somebody typed the digits that one of the keys gives; "7" will do for "07".

    They tell a person from a program that opens links, and are no secret: the link is what gives the right.
    """
    given = typed.strip().zfill(2).encode("utf-8", "replace")
    matches = [
        hmac.compare_digest(given, _digits(key, ask_id, person_id, generation).encode())
        for key in keyring.keys
    ]
    return any(matches)


def new_key() -> str:
    """Return a fresh key as a line for the key file."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def load_keyring(text: str) -> Keyring | str:
    """Read a key file: one key a line in base64 or hex, newest first, ``#`` before a comment.

    Returns the keyring, or one sentence saying what is wrong in which line. It never repeats a key.
    """
    keys: list[bytes] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        written = line.partition("#")[0].strip()
        if not written:
            continue
        key = _read_key(written)
        if key is None:
            return f"Key file, line {number}: this is neither base64 nor hex; put one key on a line."
        if len(key) < KEY_BYTES:
            return f"Key file, line {number}: the key has {len(key)} bytes and needs at least {KEY_BYTES}."
        keys.append(key)
    return Keyring(keys) if keys else "Key file: there is no key in it; add one in a line of its own."


def _digits(key: bytes, ask_id: UUID, person_id: UUID, generation: int) -> str:
    """Derive the digits that one key gives."""
    packed = ask_id.bytes + person_id.bytes + generation.to_bytes(_GENERATION_BYTES, "big")
    return f"{int.from_bytes(hmac.digest(key, _DIGITS_LABEL + packed, 'sha256')) % 100:02d}"


def seal(keyring: Keyring, label: bytes, packed: bytes, length: int) -> str:
    """Append the first bytes of the newest key's proof and spell the whole in base32 (RFC 4648).

    A label for each use keeps a proof for one worthless for another; packed bytes and `length` together fill
    groups of five.
    """
    proof = hmac.digest(keyring.keys[0], label + packed, "sha256")[:length]
    return base64.b32encode(packed + proof).decode().lower()


def open_sealed(keyring: Keyring, label: bytes, token: str, characters: int, length: int) -> bytes | None:
    """Return what was packed into a token, or None where no key proves it."""
    bare = token.rstrip(_TRAILING)
    if len(bare) != characters or not bare.isascii():
        return None
    try:
        whole = base64.b32decode(bare, casefold=True)
    except binascii.Error:
        return None
    packed, proof = whole[:-length], whole[-length:]
    # Every key is tried, so that the time taken does not tell which one signed.
    proofs = [hmac.digest(key, label + packed, "sha256")[:length] for key in keyring.keys]
    matches = [hmac.compare_digest(proof, expected) for expected in proofs]
    return packed if any(matches) else None


def _read_key(written: str) -> bytes | None:
    """Decode one key, hex first: 64 hex digits would also pass for base64."""
    try:
        return bytes.fromhex(written)
    except ValueError:
        pass
    try:
        padded = written.rstrip("=") + "=" * (-len(written.rstrip("=")) % 4)
        return base64.b64decode(padded.translate(_URL_SAFE), validate=True)
    except ValueError:
        return None
