"""Media: every type of file that may be kept, and what it is called."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Media:
    """One type of file: its usual ending, its registered name, and its name in a sentence."""

    extension: str
    media_type: str
    words: str


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

#: By ending. None of them runs anything when it is opened.
MEDIA = {
    each.extension: each
    for each in (
        Media("pdf", "application/pdf", "PDF"),
        Media("docx", f"{_OOXML}.wordprocessingml.document", "Word (.docx)"),
        Media("xlsx", f"{_OOXML}.spreadsheetml.sheet", "Excel (.xlsx)"),
        Media("pptx", f"{_OOXML}.presentationml.presentation", "PowerPoint (.pptx)"),
        Media("odt", f"{_ODF}.text", "OpenDocument text (.odt)"),
        Media("ods", f"{_ODF}.spreadsheet", "OpenDocument spreadsheet (.ods)"),
        Media("png", "image/png", "PNG picture"),
        Media("jpg", "image/jpeg", "JPEG picture"),
        Media("txt", "text/plain", "plain text"),
        Media("csv", "text/csv", "CSV"),
    )
}


def spell_media(extensions: Collection[str]) -> str:
    """The allowed types in words, in the order in which they are usually told: "PDF, Word (.docx) or CSV"."""
    *first, last = [each.words for each in MEDIA.values() if each.extension in extensions] or ["none"]
    return f"{', '.join(first)} or {last}" if first else last
