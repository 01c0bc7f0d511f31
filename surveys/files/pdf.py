"""PDF: a document that begins and ends as one, is not locked, and carries nothing that runs."""

import re
import zlib
from collections.abc import Iterator

from surveys.files.outcome import DAMAGED, LOCKED, TWO_THINGS, Refused

PDF = b"%PDF-"
_HEAD = re.compile(rb"%PDF-[12]\.\d")
_TAIL = re.compile(rb"%%EOF[\s\x00]*\Z")
_LOCK = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
#: Names (ISO 32000) of what runs a program, runs a script, or carries a file of its own.
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z])")
#: In a name any letter may be spelled by its number.
_SPELLED = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECTS = b"/ObjStm"
_STREAM = re.compile(rb">>\s*stream\r?\n")
#: Comments and texts, in which a false end of the head could hide, and ways of packing that hide names.
_ODD = (b"%", b"(", b"/DecodeParms")
_PIECE = 65_536
#: Bytes that all packed objects together may have; where they are more, the document is not looked through.
MOST_UNPACKED = 64_000_000

RUNS = Refused(
    "can run a program or carries other files inside it. Open it, print it to a new PDF, which leaves that "
    "out, and send the new one."
)


def judge_pdf(content: bytes) -> Refused | None:
    """Why a PDF is not taken; None when it may be kept.

    What runs is looked for where objects stand plainly and in packed objects; where these cannot be opened,
    it is refused.
    """
    if not _HEAD.match(content):
        return DAMAGED
    if not _TAIL.search(content[-4096:]):
        return TWO_THINGS if b"%%EOF" in content else DAMAGED
    if _LOCK.search(content):
        return LOCKED
    plain = _SPELLED.sub(lambda found: bytes((int(found[1], 16),)), content)
    if _ACTIVE.search(plain) or plain.count(_OBJECTS) != content.count(_OBJECTS):
        return RUNS
    try:
        return RUNS if any(_ACTIVE.search(objects) for objects in _unpack(content)) else None
    except (zlib.error, ValueError):
        return DAMAGED


def _unpack(content: bytes) -> Iterator[bytes]:
    """Every stream of packed objects, opened. Raises ValueError or zlib.error where one cannot be."""
    left, place = MOST_UNPACKED, content.find(_OBJECTS)
    while place >= 0:
        found = _STREAM.search(content, place)
        if found is None:
            raise ValueError("packed objects without a stream")
        head = content[max(content.rfind(b"obj", 0, place), 0) : found.start()]
        if any(odd in head for odd in _ODD):
            raise ValueError("packed objects that do not say plainly how to open them")
        if b"/Filter" in head:
            opened = _inflate(memoryview(content)[found.end() :], left)
            left -= len(opened)
            yield opened
        place = content.find(_OBJECTS, found.end())


def _inflate(packed: memoryview, most: int) -> bytes:
    """One stream, of which nothing tells where it ends but itself."""
    opener, opened = zlib.decompressobj(), bytearray()
    for start in range(0, len(packed), _PIECE):
        opened += opener.decompress(packed[start : start + _PIECE], most + 1 - len(opened))
        if len(opened) > most:
            raise ValueError("more packed objects than are looked through")
        if opener.eof:
            return bytes(opened)
    raise ValueError("packed objects that never end")
