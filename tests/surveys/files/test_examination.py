"""What a file is, is told by its content; its name is only tidied."""

import pytest

from surveys.files.examination import examine
from surveys.files.media import MEDIA, spell_media
from surveys.files.office import MACROS
from surveys.files.outcome import AS_PDF, PROGRAM, RECORDING, Accepted, Refused
from surveys.files.pdf import RUNS
from surveys.files.text import CODE
from surveys.kinds.file import EXTENSIONS
from tests.surveys.files import make

GOOD = {
    "pdf": make.pdf(),
    "docx": make.office("docx"),
    "xlsx": make.workbook(),
    "pptx": make.office("pptx"),
    "odt": make.opendocument("text"),
    "ods": make.opendocument("spreadsheet"),
    "png": make.png(),
    "jpg": make.jpeg(),
    "txt": "Minutes of the meeting.\nNobody was away — 14 came.\n".encode(),
    "csv": b"agency,reached\nHealth,14\nPolice,9\n",
}
STRANGERS = {
    "a Windows program": b"MZ\x90\0" + bytes(200),
    "a Linux program": b"\x7fELF\2\1\1" + bytes(200),
    "a script": b"#!/bin/sh\nrm -rf ~\n",
    "a GIF": b"GIF89a\x01\0\x01\0" + bytes(20),
    "an iPhone picture": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(50),
    "a film": b"\0\0\0\x20ftypisom\0\0\2\0isomiso2" + bytes(50),
    "7-Zip": b"7z\xbc\xaf\x27\x1c" + bytes(30),
    "RAR": b"Rar!\x1a\x07\0" + bytes(30),
    "gzip": b"\x1f\x8b\x08\0" + bytes(30),
    "a zip archive": make.packed({"letter.txt": "Dear all"}),
    "old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "RTF": rb"{\rtf1\ansi Dear all}",
    "PostScript": b"%!PS-Adobe-3.0\nshowpage\n",
    "a web page": b"<!DOCTYPE html><html><script>alert(1)</script>",
    "a drawing": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a web page in UTF-16": "<html><script>alert(1)</script>".encode("utf-16"),
    "text with a page in it": b"Dear all,\n\n<ScRiPt>alert(1)</script>\n",
    "a saved email": b"Received: from a.example\nFrom: Kit <kit@a.example>\nSubject: Case\n\nDear all",
    "noise": bytes(range(256)) * 4,
    "letters and a zero": b"Dear all\0",
}


@pytest.mark.parametrize("kind", GOOD)
def test_each_type_is_known_by_its_content_whatever_it_is_called(kind: str) -> None:
    for name in (f"Minutes.{kind}", "Minutes", "Minutes.exe", "Minutes.pdf", "Minutes.PDF.html"):
        found = examine(name, GOOD[kind], MEDIA)
        assert found == Accepted(MEDIA[kind].media_type, kind, f"Minutes.{kind}")


@pytest.mark.parametrize("what", STRANGERS)
@pytest.mark.parametrize("name", ["evidence.pdf", "evidence.docx", "evidence.txt"])
def test_anything_else_is_refused_whatever_it_is_called(what: str, name: str) -> None:
    found = examine(name, STRANGERS[what], MEDIA)
    assert isinstance(found, Refused)
    assert found.reason.endswith(".")


@pytest.mark.parametrize("content", [b"", b"\n", b" \t\r\n", bytes(100)])
def test_what_is_empty_is_refused_as_empty(content: bytes) -> None:
    found = examine("evidence.txt", content, MEDIA)
    assert isinstance(found, Refused)
    assert found.reason.startswith("is empty")


def test_what_is_not_asked_for_is_refused_with_what_is() -> None:
    found = examine("photo.jpg", make.jpeg(), ("pdf", "docx"))
    assert found == Refused("is of the type “JPEG picture”, not asked for here. Send PDF or Word (.docx).")


def test_a_table_counts_as_text_where_only_text_is_asked_for() -> None:
    found = examine("list.csv", GOOD["csv"], ("txt",))
    assert found == Accepted("text/plain", "txt", "list.txt")


def test_a_stranger_is_called_by_its_name() -> None:
    found = examine("evidence.pdf", STRANGERS["a GIF"], MEDIA)
    assert isinstance(found, Refused)
    assert "GIF" in found.reason
    assert found.reason.endswith(AS_PDF)


def test_what_nobody_can_print_is_not_to_be_printed() -> None:
    assert examine("evidence.pdf", STRANGERS["a Windows program"], MEDIA) == PROGRAM
    assert examine("evidence.pdf", STRANGERS["a Linux program"], MEDIA) == PROGRAM
    assert examine("evidence.pdf", STRANGERS["a film"], MEDIA) == RECORDING


@pytest.mark.parametrize("refused", [RUNS, CODE])
def test_what_could_run_is_not_simply_saved_as_pdf_again(refused: Refused) -> None:
    assert AS_PDF not in refused.reason


def test_advice_in_the_middle_of_a_sentence_begins_small() -> None:
    assert "macros, or save or print it as PDF" in MACROS.reason


def test_forms_may_ask_for_just_what_can_be_told_apart() -> None:
    assert tuple(MEDIA) == EXTENSIONS
    assert spell_media(("csv", "pdf", "png")) == "PDF, PNG picture or CSV"
    assert spell_media(()) == "none"


@pytest.mark.parametrize("kind", ["pdf", "png", "jpg", "docx", "ods"])
def test_what_was_cut_short_is_refused(kind: str) -> None:
    for length in (len(GOOD[kind]) // 2, len(GOOD[kind]) - 20):
        assert isinstance(examine("x", GOOD[kind][:length], MEDIA), Refused)


@pytest.mark.parametrize(
    "content",
    [
        b"\n%PDF-1.7 behind a line" + make.pdf(),
        make.pdf() + b"<html><script>alert(1)</script>",
        make.pdf(b"<script>alert(1)</script>"),
        make.pdf() + make.packed({"x.txt": "x"}),
        make.pdf() + b"MZ\x90\0",
        make.pdf(b"Rar!\x1a\x07\x01\0"),
        make.png(after=make.packed({"x.txt": "x"})),
        make.png(after=b"MZ\x90\0"),
        make.jpeg(after=make.packed({"x.txt": "x"})),
        make.jpeg(comment=b"<html><script>alert(1)</script>"),
        make.jpeg(comment=b"%PDF-1.7 "),
        make.jpeg(after=b"7z\xbc\xaf\x27\x1c\0\4"),
        make.office() + b"<script>",
        b"MZ\x90\0" + make.office(),
        b"Dear all " + make.packed({"x.txt": "x"}),
    ],
    ids=range(15),
)
def test_two_kinds_of_file_in_one_are_refused(content: bytes) -> None:
    assert isinstance(examine("evidence.pdf", content, MEDIA), Refused)


def test_more_pictures_behind_a_photograph_may_be() -> None:
    assert isinstance(examine("x", make.jpeg(after=make.jpeg()), MEDIA), Accepted)
