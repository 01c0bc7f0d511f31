"""Builders: what a camera reads in a QR code (ISO/IEC 18004) in a clean PNG: versions 2 to 6, level Q."""

import struct
import zlib
from collections.abc import Callable, Iterator

Modules = list[list[bool]]

#: By version, the data codewords in each block at level Q.
BLOCKS = {2: [22], 3: [17, 17], 4: [24, 24], 5: [15, 15, 16, 16], 6: [19, 19, 19, 19]}
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)


def read_code(png: bytes) -> str:
    """The text in a code of bytes; nothing is mended, so every dot has to be right."""
    modules = read_modules(png)
    blocks = BLOCKS[(len(modules) - 17) // 4]
    # The mask's number stands beside the first corner, itself masked by 101.
    number = int("".join(str(int(modules[8][column])) for column in (2, 3, 4)), 2) ^ 0b101
    bits = "".join(
        str(int(modules[row][column] != MASKS[number](row, column)))
        for row, column in walk(len(modules))
        if not is_fixed(row, column, len(modules))
    )
    words = [int(bits[at : at + 8], 2) for at in range(0, 8 * sum(blocks), 8)]
    dealt: list[list[int]] = [[] for _ in blocks]
    waiting = iter(words)
    for turn in range(max(blocks)):
        for block, size in zip(dealt, blocks, strict=True):
            if turn < size:
                block.append(next(waiting))
    whole = "".join(f"{word:08b}" for block in dealt for word in block)
    assert whole[:4] == "0100", "the code is not one of bytes"
    length = int(whole[4:12], 2)
    return bytes(int(whole[12 + 8 * at : 20 + 8 * at], 2) for at in range(length)).decode()


def read_modules(png: bytes) -> Modules:
    """The dark modules of a PNG of one bit a dot, without its border of four modules."""
    width, _, depth, colour = struct.unpack(">IIBB", png[16:26])
    assert (depth, colour) in ((1, 0), (1, 3))
    body, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    stride = (width + 7) // 8 + 1
    lines, rows = zlib.decompress(body), [bytes(stride - 1)]
    for start in range(0, len(lines), stride):
        kind, *row = lines[start : start + stride]
        # Filter 2 tells the difference to the line above, 0 the line itself (PNG 9.2).
        assert kind in (0, 2)
        rows.append(bytes(new ^ old if kind else new for new, old in zip(row, rows[-1], strict=True)))
    rows = rows[1:]
    light = rows[0][0] >> 7
    dots = [[(row[x // 8] >> (7 - x % 8) & 1) != light for x in range(width)] for row in rows]
    border = next(at for at, row in enumerate(dots) if any(row))
    scale = border // 4
    span = range(border + scale // 2, width - border, scale)
    return [[dots[y][x] for x in span] for y in span]


def walk(size: int) -> Iterator[tuple[int, int]]:
    """Every place in the order in which bits are laid: up and down in columns of two, from the right."""
    right, upward = size - 1, True
    while right > 0:
        right -= right == 6
        for row in reversed(range(size)) if upward else range(size):
            yield row, right
            yield row, right - 1
        right, upward = right - 2, not upward


def is_fixed(row: int, column: int, size: int) -> bool:
    """Whether a place belongs to the corners, the timing lines or the small square, and holds no data."""
    corner = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    square = abs(row - (size - 7)) <= 2 and abs(column - (size - 7)) <= 2
    return corner or square or row == 6 or column == 6
