"""Archive: a zip file looked through without unpacking it, as office documents are kept in."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from zipfile import ZipInfo

from surveys.files.outcome import AS_PDF, DAMAGED, LOCKED, TWO_THINGS, Refused

ZIP = b"PK\x03\x04"
#: An office document of a few hundred pages has some hundreds of parts.
MOST_ENTRIES = 2_000
#: Bytes that all parts together may have, and how many times what they take when packed. XML packs well.
MOST_UNPACKED = 100_000_000
MOST_TIMES = 150
#: Up to here the times do not matter: a nearly empty workbook packs best of all.
FREE = 2_000_000
#: Bytes at the start of a part by which it is known.
HEAD = 512
#: Bytes of a part that is read whole.
LONGEST_READ = 8_000_000

_ENTRY, _LOCAL = b"PK\x01\x02", struct.Struct("<4s22xHH")
#: How the end of the list begins, and how long it is when nothing stands behind it.
_END, _END_SIZE = b"PK\x05\x06", 22
_PIECE = 65_536
_IS_LOCKED = 0x1

BOMB = Refused(f"would unpack to far more than it should. {AS_PDF}")


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip file whose parts were all seen to be as large as they say; `heads` are their first bytes."""

    content: bytes
    entries: dict[str, ZipInfo]
    heads: dict[str, bytes]
    unpacked: int

    def read(self, name: str, most: int = LONGEST_READ) -> bytes | None:
        """A part, whole; None where there is none, or where it is longer than `most`."""
        entry = self.entries.get(name)
        if entry is None or entry.file_size > most:
            return None
        return b"".join(_pieces(self.content, entry))


def open_archive(content: bytes, most_unpacked: int = MOST_UNPACKED) -> Archive | Refused:
    """Look through a zip file; refuse what is locked, damaged, hides something or unpacks to too much.

    What a part says of its size is compared with what comes out of it, a piece at a time.
    """
    if content.count(_ENTRY) > MOST_ENTRIES:
        return BOMB
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            entries = file.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError):
        return DAMAGED
    refused = _judge_list(content, entries) or _judge_sizes(content, entries, most_unpacked)
    if refused:
        return refused
    heads: dict[str, bytes] = {}
    for entry in entries:
        head = _judge_entry(content, entry)
        if isinstance(head, Refused):
            return head
        heads[entry.filename] = head
    unpacked = sum(entry.file_size for entry in entries)
    return Archive(content, {entry.filename: entry for entry in entries}, heads, unpacked)


def _judge_list(content: bytes, entries: list[ZipInfo]) -> Refused | None:
    if not entries:
        return DAMAGED
    if any(entry.flag_bits & _IS_LOCKED for entry in entries):
        return LOCKED
    names = [entry.filename for entry in entries]
    if len({name.lower() for name in names}) < len(names) or any(_leads_out(name) for name in names):
        return DAMAGED
    placed = sorted(entries, key=lambda entry: entry.header_offset)
    if placed[0].header_offset or not content.startswith(ZIP) or not content[-_END_SIZE:].startswith(_END):
        return TWO_THINGS
    for entry, after in pairwise(placed):
        if entry.header_offset + _LOCAL.size + entry.compress_size > after.header_offset:
            return BOMB  # parts that share their bytes
    return None


def _judge_sizes(content: bytes, entries: list[ZipInfo], most: int) -> Refused | None:
    total = sum(entry.file_size for entry in entries)
    return BOMB if total > min(most, max(FREE, MOST_TIMES * len(content))) else None


def _judge_entry(content: bytes, entry: ZipInfo) -> bytes | Refused:
    """The first bytes of a part, once all of it has come out as large as it said."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return DAMAGED
    head, size = b"", 0
    try:
        for piece in _pieces(content, entry):
            head = (head + piece)[:HEAD] if len(head) < HEAD else head
            size += len(piece)
            if size > entry.file_size:
                return BOMB
    except (zlib.error, ValueError, struct.error):
        return DAMAGED
    return head if size == entry.file_size else DAMAGED


def _pieces(content: bytes, entry: ZipInfo) -> Iterator[bytes]:
    """What a part holds, a piece at a time. Raises ValueError, struct.error or zlib.error where it cannot."""
    signature, name_length, extra_length = _LOCAL.unpack_from(content, entry.header_offset)
    start = entry.header_offset + _LOCAL.size
    name = content[start : start + name_length].decode("utf-8" if entry.flag_bits & 0x800 else "cp437")
    if signature != ZIP or name != entry.orig_filename:
        raise ValueError("the part is not the one that the list names")
    start += name_length + extra_length
    packed = memoryview(content)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[place : place + _PIECE]) for place in range(0, len(packed), _PIECE))
        return
    opener = zlib.decompressobj(-zlib.MAX_WBITS)
    for place in range(0, len(packed), _PIECE):
        waiting: bytes | memoryview = packed[place : place + _PIECE]
        while waiting:
            yield opener.decompress(waiting, _PIECE)
            waiting = opener.unconsumed_tail
    yield opener.flush()
    # The end of what was packed is the end of the part: behind it something else could stand.
    if not opener.eof or opener.unused_data:
        raise ValueError("the part does not end where it says")


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
