"""Image: how large a picture is when it is opened, read from its head alone."""

import struct

from surveys.files.outcome import DAMAGED, TWO_THINGS, Refused

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
#: Pixels: four times that in bytes is what opening it takes. Large telephones make pictures of 50 million.
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 20_000

#: JPEG (ITU-T T.81, table B.1): starts of frames, marks without a length, and where the picture begins.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset((0x01, *range(0xD0, 0xD9)))
_SCAN, _END = 0xDA, 0xD9

TOO_MANY_PIXELS = Refused(
    f"is a picture of more than {MOST_PIXELS // 1_000_000} million points. Make it smaller and send that."
)


def judge_png(content: bytes) -> Refused | None:
    """Why a PNG (W3C, third edition) is not taken: too large, not whole, or followed by something else."""
    size: tuple[int, int] | None = None
    place = len(PNG)
    while place + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        if size is None:
            if kind != b"IHDR" or length != 13 or place + 25 > len(content):
                return DAMAGED
            size = struct.unpack_from(">II", content, place + 8)
        place += 12 + length
        if kind == b"IEND":
            return _judge_size(*size) if place == len(content) else TWO_THINGS
    return DAMAGED


def judge_jpeg(content: bytes) -> Refused | None:
    """Why a JPEG is not taken: too large or not whole. Telephones add more pictures behind; that may be."""
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        mark = content[place + 1]
        if mark == 0xFF or mark in _BARE:
            place += 1 if mark == 0xFF else 2
        elif mark in _FRAMES:
            return _judge_frame(content, place)
        elif mark in (_SCAN, _END):
            break
        else:
            place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return DAMAGED


def _judge_frame(content: bytes, place: int) -> Refused | None:
    if place + 9 > len(content) or bytes((0xFF, _END)) not in content[place:]:
        return DAMAGED
    height, width = struct.unpack_from(">HH", content, place + 5)
    return _judge_size(width, height)


def _judge_size(width: int, height: int) -> Refused | None:
    if not width or not height:
        return DAMAGED
    too_large = max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS
    return TOO_MANY_PIXELS if too_large else None
