"""Builders: small files of every kind, as programs make them and as nobody should."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import xlsxwriter

OOXML = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": ("word/document.xml", f"{OOXML}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OOXML}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OOXML}.presentationml.presentation.main+xml"),
}
Parts = Mapping[str, bytes | str]


def packed(parts: Parts, *, stored: tuple[str, ...] = ()) -> bytes:
    """A zip file of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content, zipfile.ZIP_STORED if name in stored else None)
    return made.getvalue()


def office(kind: str = "docx", more: Parts | None = None, *, types: str = "") -> bytes:
    """An office document with further parts, and further lines in its list of types."""
    part, content_type = MAIN[kind]
    listed = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{content_type}"/>{types}</Types>'
    )
    return packed({"[Content_Types].xml": listed, part: "<document/>", **(more or {})})


def references(*lines: tuple[str, str]) -> str:
    """References (kind, target) to what lies outside a document."""
    where = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    told = "".join(
        f'<Relationship Id="r{number}" Type="{where}/{kind}" Target="{target}" TargetMode="External"/>'
        for number, (kind, target) in enumerate(lines)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{told}</Relationships>'


def opendocument(kind: str = "text", more: Parts | None = None, *, manifest: str = "") -> bytes:
    """An OpenDocument file."""
    space = 'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    parts: dict[str, bytes | str] = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": "<content/>",
        "META-INF/manifest.xml": f"<m:manifest {space}>{manifest}</m:manifest>",
    }
    return packed({**parts, **(more or {})}, stored=("mimetype",))


def workbook(formula: str = "") -> bytes:
    """A workbook as a program makes it."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Staff reached")
    if formula:
        sheet.write_formula(1, 0, formula)
    book.close()
    return made.getvalue()


def pdf(objects: bytes = b"", trailer: bytes = b"<</Size 1>>") -> bytes:
    """A PDF of these objects."""
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + objects + b"\ntrailer\n" + trailer + b"\nstartxref\n0\n%%EOF\n"


def pdf_packed(objects: bytes) -> bytes:
    """A PDF whose objects are packed, so that nothing of them can be read without unpacking."""
    inside = zlib.compress(objects)
    head = b"1 0 obj\n<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>>\nstream\r\n" % len(inside)
    return pdf(head + inside + b"\nendstream\nendobj")


def png(width: int = 4, height: int = 3, after: bytes = b"") -> bytes:
    """A picture of so many points, of which it holds only the head."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 39)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks) + after


def jpeg(width: int = 4, height: int = 3, comment: bytes = b"", after: bytes = b"") -> bytes:
    """A photograph of so many points, of which it holds only the head."""
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x11\x00\x02\x11\x00\x03\x11\x00"
    segments = ((0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), (0xFE, comment), (0xC0, frame))
    told = b"".join(struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body for mark, body in segments)
    return b"\xff\xd8" + told + b"\xff\xda\0\2\x11\x22\xff\xd9" + after


def _chunk(kind: bytes, content: bytes) -> bytes:
    told = struct.pack(">I4s", len(content), kind) + content
    return told + struct.pack(">I", zlib.crc32(kind + content))
