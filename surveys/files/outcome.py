"""Outcome: what an examination of a file comes to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept: what it is by its content, and a name that is safe to show and to save."""

    media_type: str
    extension: str
    name: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file is not taken and what to do instead, as a sentence that follows the file's name."""

    reason: str


#: For what neither its sender nor we can mend by looking closer.
AS_PDF = "Save or print it as PDF and send that."
DAMAGED = Refused(f"is damaged, or is not what it says it is. Open it, then {AS_PDF[0].lower()}{AS_PDF[1:]}")
TWO_THINGS = Refused(f"is two kinds of file in one, as no program makes them. {AS_PDF}")
LOCKED = Refused("is protected by a password, so nobody else could read it. Send it without the password.")
