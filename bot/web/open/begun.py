"""Begun: what a page carries to show that it was begun before its survey was shut."""

import hmac
from datetime import datetime, timedelta

from messages.proof.links import Keyring

#: The field of a page; no question's name has a hyphen.
BEGUN = "begun-here"
#: So long a visit that was begun may take.
LONGEST = timedelta(hours=24)
#: This use of a key has a label of its own, so that no other proof will do.
_LABEL = "cascade begun"


def sign_begun(keyring: Keyring, code: str, now: datetime) -> str:
    """What a page of a code carries that begins now; it is kept nowhere else."""
    moment = int(now.timestamp())
    return f"{moment}-{_prove(keyring.keys[0], code, moment)}"


def is_begun(keyring: Keyring, code: str, carried: str, now: datetime) -> bool:
    """Whether what a page carries was signed for this code, and not longer ago than a visit may take."""
    written, _, proof = carried.partition("-")
    if not (written.isascii() and written.isdecimal() and len(written) <= 12 and proof.isascii()):
        return False
    moment = int(written)
    proofs = [hmac.compare_digest(proof, _prove(key, code, moment)) for key in keyring.keys]
    return any(proofs) and timedelta() <= now - _moment_of(moment, now) <= LONGEST


def _prove(key: bytes, code: str, moment: int) -> str:
    return hmac.digest(key, f"{_LABEL}\0{code}\0{moment}".encode(), "sha256").hex()[:32]


def _moment_of(moment: int, now: datetime) -> datetime:
    return datetime.fromtimestamp(moment, now.tzinfo)
