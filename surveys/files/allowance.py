"""Allowance: how many files, and how large, one ask may have."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """Bytes of one file, files of one ask, and bytes of all files of one ask together."""

    largest_file: int = 10 * MEGABYTE
    most_files: int = 20
    largest_for_ask: int = 50 * MEGABYTE

    def refuse_size(self, size: int) -> str:
        """Why one file is too large, as a sentence that follows its name; empty when it is not."""
        if size <= self.largest_file:
            return ""
        return f"is {spell_size(size)}, and a file may have {spell_size(self.largest_file)}. Make it smaller."

    def refuse_another(self, size: int, count: int, total: int) -> str:
        """Why a file cannot come beside `count` others of `total` bytes together; empty when it can."""
        if count >= self.most_files:
            return f"is one too many: {self.most_files} files may be kept here. Remove one first."
        if total + size > self.largest_for_ask:
            room = spell_size(max(self.largest_for_ask - total, 0))
            return f"is too large for what is left: there is room for {room}. Remove another file first."
        return ""


def spell_size(size: int) -> str:
    """A size as people read it: "850 kB", "12.3 MB"."""
    if size < MEGABYTE:
        return f"{-(-size // 1_000)} kB"
    return f"{size / MEGABYTE:.1f}".removesuffix(".0") + " MB"
