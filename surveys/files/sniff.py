"""Sniff: what a file is, told by its content alone."""

import io
import zipfile

import puremagic

from surveys.files.archive import ZIP
from surveys.files.image import JPEG, PNG, judge_jpeg, judge_png
from surveys.files.office import OLE, judge_office, judge_ole
from surveys.files.outcome import AS_PDF, PROGRAM, RECORDING, TWO_THINGS, Refused
from surveys.files.pdf import PDF, judge_pdf
from surveys.files.text import PAGE, holds_markup, judge_text

EMPTY = Refused("is empty. Check that it was saved before it was chosen.")
#: Archives that open wherever in a file they begin.
_HIDDEN = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
#: Programs of Windows, of Linux and of Apple's machines.
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
#: How far into a file readers of PDF look for its beginning.
_PDF_REACH = 1_024
_BINARY = ((PDF, "pdf", judge_pdf), (PNG, "png", judge_png), (JPEG, "jpg", judge_jpeg))


def sniff(content: bytes) -> str | Refused:
    """The ending that tells what a file is, from those of MEDIA, or why it is none that may be kept."""
    if not content.strip(b"\x00\t\n\r "):
        return EMPTY
    if content.startswith(ZIP):
        return judge_office(content)
    if content.startswith(OLE):
        return judge_ole(content)
    for head, extension, judge in _BINARY:
        if content.startswith(head):
            return judge(content) or _judge_rest(content, extension) or extension
    found = judge_text(content)
    if found is None:
        return _refuse_stranger(content)
    return (_judge_rest(content, found) if isinstance(found, str) else None) or found


def _judge_rest(content: bytes, extension: str) -> Refused | None:
    """Whether another program would find a file of its own in it."""
    if holds_markup(content):
        return PAGE
    if any(mark in content for mark in _HIDDEN) or zipfile.is_zipfile(io.BytesIO(content)):
        return TWO_THINGS
    return TWO_THINGS if extension != "pdf" and PDF in content[:_PDF_REACH] else None


def _refuse_stranger(content: bytes) -> Refused:
    """Why something is not taken, and what to do instead; the library knows some thousands of kinds."""
    if content.startswith(_PROGRAMS):
        return PROGRAM
    try:
        found = puremagic.magic_string(content)[0]
    except (puremagic.PureError, ValueError):
        return Refused(f"is of a kind that we do not know, which is not taken. {AS_PDF}")
    if found.mime_type.startswith(("audio/", "video/")):
        return RECORDING
    name = found.name.removesuffix(" file").removesuffix(" File")
    kind = f"of the kind “{name}”" if name else "of a kind that we do not know"
    return Refused(f"is {kind}, which is not taken. {AS_PDF}")
