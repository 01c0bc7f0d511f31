"""Shipped words: a letter that Cascade itself writes, compiled for the board that it speaks for."""

from messages.letters.render import CompiledLetter, LetterSpec, compile_letter
from messages.writing.expressions import LetterError
from messages.writing.words import PreparedWords, prepare


def compile_shipped(
    subject: str, body: str, *, board: str, contact_name: str, contact_email: str, contact_phone: str
) -> CompiledLetter:
    """A letter of shipped words, its subject as its heading; raises LetterError where they are not fit."""
    words = prepare(subject, body)
    if not isinstance(words, PreparedWords):
        raise LetterError(f"the shipped words under “{subject}” cannot be written: {words[0]}")
    fixed = {
        "board": board,
        "contact_name": contact_name,
        "contact_email": contact_email,
        "contact_phone": contact_phone,
    }
    return compile_letter(LetterSpec(words, subject, fixed))
