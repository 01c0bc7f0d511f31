"""Office: Word, Excel, PowerPoint and OpenDocument files, which are archives of parts."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from surveys.files.archive import MOST_UNPACKED, Archive, open_archive
from surveys.files.outcome import AS_PDF, DAMAGED, LOCKED, OR_AS_PDF, Refused

#: The old formats, and a locked file of the new ones inside of which nothing can be seen.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_TYPES = "[Content_Types].xml"
_OOXML = "application/vnd.openxmlformats-officedocument."
_MAIN = {
    f"{_OOXML}wordprocessingml.document.main+xml": "docx",
    f"{_OOXML}spreadsheetml.sheet.main+xml": "xlsx",
    f"{_OOXML}presentationml.presentation.main+xml": "pptx",
}
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MACRO_TYPES = ("macro", "vba", "activex")
_MACRO_PARTS = re.compile(r"(?:^|/)(?:vbaproject|vbadata|activex)[^/]*(?:\.|/|$)|^(?:Basic|Scripts)/.", re.I)
#: Parts that are files of their own: archives, programs, old office documents.
_FILES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"MSCF",
    b"MZ",
    b"\x7fELF",
    OLE,
)
#: The workbook behind a chart is a file of its own too, and a harmless one once it has been looked through.
_CHARTS = re.compile(r"(?:word|ppt|xl)/embeddings/[^/]+\.xlsx", re.I)
_MOST_CHARTS = 50
#: What the program asks about first. Everything else from elsewhere it would fetch on opening the file.
_ASKED = frozenset(("hyperlink", "externallinkpath", "externallink", "xlexternallinkpath"))
_ON_THIS_MACHINE = re.compile(r"(?:file:///)?[A-Za-z]:[\\/]|(?![A-Za-z][A-Za-z0-9+.-]*:|[\\/]{2})", re.I)

MACROS = Refused(f"holds macros, which can run on their own. Save it without macros, or {OR_AS_PDF}")
CARRIES = Refused(f"carries other files inside it. {AS_PDF}")
FETCHES = Refused(f"would fetch something from another place when it is opened. {AS_PDF}")
ZIPPED = Refused("is an archive (zip), and nobody can see what is in it. Send the files one by one.")
OLD = Refused("is in an old Office format, or protected by a password. Save it as .docx, .xlsx or .pptx.")
OTHER = Refused(f"is a template, a slide show or another kind of document that is not taken. {AS_PDF}")


def judge_office(content: bytes) -> str | Refused:
    """The ending of an office document, by what it says it is inside, or why it is not taken."""
    archive = open_archive(content)
    if isinstance(archive, Refused):
        return archive
    if _TYPES in archive.entries:
        return _judge_parts(archive) or _judge_charts(archive) or _judge_types(archive)
    if next(iter(archive.entries)) == "mimetype":
        return _judge_parts(archive) or _judge_manifest(archive)
    return ZIPPED


def judge_ole(content: bytes) -> Refused:
    """Why a file of the old formats is not taken."""
    return LOCKED if "EncryptedPackage".encode("utf-16-le") in content else OLD


def _judge_parts(archive: Archive) -> Refused | None:
    if any(_MACRO_PARTS.search(name) for name in archive.entries):
        return MACROS
    charts = _charts(archive)
    if any(head.startswith(_FILES) and name not in charts for name, head in archive.heads.items()):
        return CARRIES
    written = (head for name, head in archive.heads.items() if name.lower().endswith((".xml", ".rels")))
    return DAMAGED if any(b"<!DOCTYPE" in head or b"<!ENTITY" in head for head in written) else None


def _charts(archive: Archive) -> list[str]:
    return [name for name in archive.entries if _CHARTS.fullmatch(name)]


def _judge_charts(archive: Archive) -> Refused | None:
    """Look through the workbooks behind charts; none of them may carry a further one."""
    charts, left = _charts(archive), MOST_UNPACKED - archive.unpacked
    if len(charts) > _MOST_CHARTS:
        return CARRIES
    for name in charts:
        chart = open_archive(archive.read(name) or b"", left)
        if isinstance(chart, Refused):
            return chart
        left -= chart.unpacked
        within = CARRIES if _charts(chart) else _judge_parts(chart) or _judge_types(chart)
        if isinstance(within, Refused):
            return within
    return None


def _judge_types(archive: Archive) -> str | Refused:
    """By the list of parts (ECMA-376, part 2), and what they refer to."""
    root = _parse(archive.read(_TYPES))
    if root is None:
        return DAMAGED
    types = {(each.get("ContentType") or "").lower(): each.get("PartName") or "" for each in root}
    if any(word in kind for kind in types for word in _MACRO_TYPES):
        return MACROS
    found = {kind: part for kind, part in types.items() if kind in _MAIN}
    if len(found) != 1:
        return OTHER
    [(kind, part)] = found.items()
    if part and part.lstrip("/") not in archive.entries:
        return DAMAGED
    return _judge_references(archive) or _MAIN[kind]


def _judge_references(archive: Archive) -> Refused | None:
    for name in archive.entries:
        if not name.endswith(".rels"):
            continue
        root = _parse(archive.read(name))
        if root is None:
            return DAMAGED
        if any(_fetches(each) for each in _outside(root)):
            return FETCHES
    return None


def _outside(root: Element) -> Iterator[Element]:
    return (each for each in root if (each.get("TargetMode") or "").lower() == "external")


def _fetches(reference: Element) -> bool:
    """Whether it is from the network and comes unasked."""
    kind = (reference.get("Type") or "").rpartition("/")[2].lower()
    return kind not in _ASKED and not _ON_THIS_MACHINE.match((reference.get("Target") or "").strip())


def _judge_manifest(archive: Archive) -> str | Refused:
    """By the type that stands first (OpenDocument 1.3, part 2), and whether anything is locked."""
    manifest = archive.read("META-INF/manifest.xml")
    kind = _ODF.get((archive.read("mimetype", 200) or b"").strip())
    if kind is None:
        return OTHER
    root = _parse(manifest)
    if root is None or "content.xml" not in archive.entries:
        return DAMAGED
    return LOCKED if any(each.tag.endswith("}encryption-data") for each in root.iter()) else kind


def _parse(written: bytes | None) -> Element | None:
    """A part as XML; None where there is none, or where it is broken or declares a type of its own."""
    try:
        found: Element | None = None if written is None else fromstring(written, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    return found
