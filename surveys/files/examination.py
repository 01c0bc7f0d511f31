"""Examination: one file from anybody, looked at before it is kept."""

from collections.abc import Collection

from surveys.files.media import MEDIA, spell_media
from surveys.files.name import tidy_name
from surveys.files.outcome import Accepted, Refused
from surveys.files.sniff import sniff


def examine(name: str, content: bytes, allowed: Collection[str]) -> Accepted | Refused:
    """Say what a file is by its content, never by its name; `allowed` are endings such as "pdf".

    Refused are: other types, what is empty, damaged, locked, two kinds of file in one, unpacks to far too
    much, runs something or fetches something when opened, or carries further files. It takes time with large
    files: call it on a thread.
    """
    extension = sniff(content)
    if isinstance(extension, Refused):
        return extension
    if extension == "csv" and "csv" not in allowed and "txt" in allowed:
        extension = "txt"
    media = MEDIA[extension]
    if extension not in allowed:
        return Refused(f"is of the type “{media.words}”, not asked for here. Send {spell_media(allowed)}.")
    return Accepted(media.media_type, extension, tidy_name(name, extension))
