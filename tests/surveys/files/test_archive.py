"""Archives that unpack to far too much, or lie about it, are refused without being unpacked."""

import io
import struct
import tracemalloc
import warnings
import zipfile

import pytest

from surveys.files import archive
from surveys.files.archive import BOMB, Archive, open_archive
from surveys.files.examination import examine
from surveys.files.media import MEDIA
from surveys.files.office import CARRIES, ZIPPED
from surveys.files.outcome import DAMAGED, LOCKED, TWO_THINGS, Accepted, Refused
from tests.surveys.files import make

MEGABYTE = 1_000_000


def refusal(content: bytes) -> Refused:
    found = open_archive(content)
    assert isinstance(found, Refused)
    return found


def entry_of(content: bytes) -> int:
    """Where the list of parts begins."""
    return content.index(b"PK\x01\x02")


def test_a_zip_bomb_is_refused_and_never_stands_in_memory() -> None:
    bomb = make.office("docx", {"word/media/image1.bmp": bytes(99 * MEGABYTE)})
    assert len(bomb) < 200_000
    tracemalloc.start()
    try:
        found = examine("report.docx", bomb, MEDIA)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == BOMB
    assert peak < 5 * MEGABYTE


def test_what_packs_well_but_is_small_may_be_kept() -> None:
    sheet = "<row/>" * 200_000
    assert isinstance(examine("x", make.office("xlsx", {"xl/worksheets/sheet1.xml": sheet}), MEDIA), Accepted)


def test_a_size_that_is_a_lie_is_found_out_a_piece_at_a_time() -> None:
    honest = make.packed({"a.xml": b"x" * 3 * MEGABYTE})
    at = entry_of(honest)
    lying = bytearray(honest)
    struct.pack_into("<I", lying, at + 24, 1_000)
    tracemalloc.start()
    try:
        found = refusal(bytes(lying))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == BOMB
    assert peak < MEGABYTE
    struct.pack_into("<I", lying, at + 24, 4 * MEGABYTE)
    assert refusal(bytes(lying)) in (BOMB, DAMAGED)


def test_too_many_parts_are_refused_before_they_are_listed() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for number in range(archive.MOST_ENTRIES + 1):
            file.writestr(f"{number}.xml", b"")
    assert refusal(made.getvalue()) == BOMB


def test_parts_that_share_their_bytes_are_refused() -> None:
    """As in the bombs of David Fifield, where one part lies inside many others."""
    inner = make.packed({"inner.xml": b"x" * 100})
    record, listed = inner[: entry_of(inner)], bytearray(inner[entry_of(inner) : inner.rindex(b"PK\x05\x06")])
    outer = make.packed({"outer.bin": b".." + record}, stored=("outer.bin",))
    at, end = entry_of(outer), outer.rindex(b"PK\x05\x06")
    struct.pack_into("<I", listed, 42, outer.index(record))
    ending = bytearray(outer[end:])
    struct.pack_into("<HHI", ending, 8, 2, 2, end - at + len(listed))
    whole = outer[:end] + bytes(listed) + bytes(ending)
    with zipfile.ZipFile(io.BytesIO(whole)) as file:
        assert file.namelist() == ["outer.bin", "inner.xml"]
    assert refusal(whole) == BOMB


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "..\\x", "c:/x", "a/../../x"])
def test_a_part_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    assert refusal(make.packed({"[Content_Types].xml": "<x/>", name: "x"})) == DAMAGED


def test_two_parts_of_one_name_are_refused() -> None:
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as file:
        warnings.simplefilter("ignore")
        file.writestr("a.xml", b"seen")
        file.writestr("A.xml", b"not seen")
    assert refusal(made.getvalue()) == DAMAGED


def test_a_part_under_two_names_is_refused() -> None:
    """One program would go by the list, the other by what stands before the part."""
    whole = make.packed({"harmless.xml": "x", "other.xml": "y"})
    assert refusal(whole.replace(b"harmless.xml", b"vbaProj1.bin", 1)) == DAMAGED


def test_what_follows_or_comes_before_is_refused() -> None:
    whole = make.office()
    for two in (b"MZ" + whole, whole[:-2] + struct.pack("<H", 4) + b"<ht>"):
        found = open_archive(two)
        assert found in (TWO_THINGS, DAMAGED)


def test_a_locked_archive_is_refused_as_locked() -> None:
    locked = bytearray(make.office())
    locked[entry_of(bytes(locked)) + 8] |= 1
    assert refusal(bytes(locked)) == LOCKED


def test_what_is_packed_in_a_way_that_we_cannot_follow_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("a.xml", "x" * 1_000)
    assert refusal(made.getvalue()) == DAMAGED


@pytest.mark.parametrize(
    "inside",
    [
        make.packed({"x": "y"}),
        b"7z\xbc\xaf\x27\x1c\0",
        b"Rar!\x1a\x07\0",
        b"\x1f\x8b\x08",
        b"MZ\x90",
        b"\x7fELF",
    ],
)
@pytest.mark.parametrize("name", ["word/media/image1.png", "word/embeddings/sheet.bin"])
def test_an_archive_or_a_program_inside_a_document_is_refused(inside: bytes, name: str) -> None:
    assert examine("x", make.office("docx", {name: inside}), MEDIA) == CARRIES
    assert examine("x", make.opendocument("text", {"Pictures/1.png": inside}), MEDIA) == CARRIES


def test_a_plain_archive_is_refused_with_what_to_do() -> None:
    assert examine("evidence.zip", make.packed({"a.pdf": make.pdf()}), MEDIA) == ZIPPED


def test_a_part_is_read_only_up_to_its_limit() -> None:
    opened = open_archive(make.packed({"a.xml": "x" * 100}))
    assert isinstance(opened, Archive)
    assert opened.read("a.xml") == b"x" * 100
    assert opened.read("a.xml", 99) is None
    assert opened.read("b.xml") is None
