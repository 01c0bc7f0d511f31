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
#: The same in the middle of a sentence.
OR_AS_PDF = AS_PDF[0].lower() + AS_PDF[1:]
DAMAGED = Refused(f"is damaged, or is not what it says it is. Open it, then {OR_AS_PDF}")
TWO_THINGS = Refused(f"is two kinds of file in one, as no program makes them. {AS_PDF}")
#: For what nobody reads by opening it.
PROGRAM = Refused("is a program, and programs are not taken. Choose the document that you meant.")
RECORDING = Refused("is a recording of sound or pictures, which is not taken. Write down what matters in it.")
LOCKED = Refused("is protected by a password, so nobody else could read it. Send it without the password.")
