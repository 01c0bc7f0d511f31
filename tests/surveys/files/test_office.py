"""Office documents are taken when they run nothing, fetch nothing and carry nothing else."""

import pytest

from surveys.files.examination import examine
from surveys.files.media import MEDIA
from surveys.files.office import CARRIES, FETCHES, MACROS, OLD, OTHER
from surveys.files.outcome import DAMAGED, LOCKED, Accepted, Refused
from tests.surveys.files import make

MACRO_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-excel.macrosheet+xml",
    "application/vnd.ms-office.vbaProject",
    "application/vnd.ms-office.activeX+xml",
)
NESTED = "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"


def judge(content: bytes) -> Accepted | Refused:
    return examine("evidence", content, MEDIA)


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/vbaData.xml", "word/activeX/activeX1.xml"])
def test_macros_are_refused_by_their_part(part: str) -> None:
    assert judge(make.office("docx", {part: b"\xd0\xcf\x11\xe0"})) == MACROS


@pytest.mark.parametrize("kind", MACRO_TYPES)
def test_macros_are_refused_by_their_type_whatever_the_part_is_called(kind: str) -> None:
    told = f'<Override PartName="/word/media/harmless.png" ContentType="{kind}"/>'
    assert judge(make.office("docx", {"word/media/harmless.png": b"x"}, types=told)) == MACROS


@pytest.mark.parametrize("part", ["Basic/Standard/Module1.xml", "Scripts/python/x.py"])
def test_macros_of_opendocument_are_refused(part: str) -> None:
    assert judge(make.opendocument("spreadsheet", {part: "x"})) == MACROS


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "https://elsewhere.example/x.dotm"),
        ("attachedTemplate", r"\\elsewhere.example\x\y.dotx"),
        ("attachedTemplate", "file://elsewhere.example/x.dotx"),
        ("attachedTemplate", r"file:///\\elsewhere.example\x.dotx"),
        ("image", "http://elsewhere.example/pixel.png"),
        ("oleObject", "mhtml:http://elsewhere.example/x!x-usc:http://elsewhere.example"),
        ("frame", "//elsewhere.example/x"),
        ("oleObject", " https://elsewhere.example/x"),
    ],
)
def test_what_would_be_fetched_on_opening_is_refused(kind: str, target: str) -> None:
    told = make.references((kind, target))
    assert judge(make.office("docx", {"word/_rels/settings.xml.rels": told})) == FETCHES


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://www.example.org/policy"),
        ("hyperlink", "mailto:kit@a.example"),
        ("externalLinkPath", "https://agency.example/figures.xlsx"),
        ("attachedTemplate", r"file:///C:\Users\Kit\Templates\Letter.dotx"),
        ("attachedTemplate", "Letter.dotx"),
    ],
)
def test_links_and_templates_of_the_same_machine_may_stay(kind: str, target: str) -> None:
    told = make.references((kind, target))
    assert isinstance(judge(make.office("docx", {"word/_rels/document.xml.rels": told})), Accepted)


def test_the_workbook_behind_a_chart_may_stay() -> None:
    assert isinstance(judge(make.office("pptx", {NESTED: make.workbook()})), Accepted)


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        (make.office("xlsx", {"xl/vbaProject.bin": b"x"}), MACROS),
        (make.office("xlsx", {"xl/embeddings/sheet.xlsx": make.workbook()}), CARRIES),
        (make.office("xlsx", {"xl/embeddings/a.exe": b"MZ\x90"}), CARRIES),
        (make.packed({"x.txt": "x"}), DAMAGED),
        (b"PK\x03\x04", DAMAGED),
    ],
)
def test_the_workbook_behind_a_chart_is_looked_through(inside: bytes, why: Refused) -> None:
    assert judge(make.office("pptx", {NESTED: inside})) == why


def test_many_charts_share_one_measure_of_what_may_unpack() -> None:
    large = make.office("xlsx", {"xl/worksheets/sheet1.xml": bytes(1_900_000)})
    many = {f"ppt/embeddings/{number}.xlsx": large + b"" for number in range(45)}
    assert isinstance(judge(make.office("pptx", many)), Accepted)
    more = {f"ppt/embeddings/{number}.xlsx": large for number in range(51)}
    assert judge(make.office("pptx", more)) == CARRIES


def test_a_list_of_parts_with_entities_of_its_own_is_refused() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Types>&b;</Types>'
    assert judge(make.packed({"[Content_Types].xml": laughs, "word/document.xml": "<x/>"})) == DAMAGED
    hidden = " " * 5_000 + laughs
    assert judge(make.packed({"[Content_Types].xml": hidden, "word/document.xml": "<x/>"})) == DAMAGED


def test_a_sheet_with_entities_from_outside_is_refused() -> None:
    told = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert judge(make.office("xlsx", {"xl/worksheets/sheet1.xml": told})) == DAMAGED


def test_templates_and_slide_shows_are_refused() -> None:
    slides = f"{make.OOXML}.presentationml.slideshow.main+xml"
    told = f'<Types><Override PartName="/ppt/presentation.xml" ContentType="{slides}"/></Types>'
    assert judge(make.packed({"[Content_Types].xml": told, "ppt/presentation.xml": "<x/>"})) == OTHER
    assert judge(make.opendocument("text-template")) == OTHER


def test_a_document_that_is_two_documents_is_refused() -> None:
    part, kind = make.MAIN["xlsx"]
    told = f'<Override PartName="/{part}" ContentType="{kind}"/>'
    assert judge(make.office("docx", {part: "<x/>"}, types=told)) == OTHER


def test_locked_documents_are_refused_as_locked() -> None:
    office = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(99)
    )
    assert judge(office) == LOCKED
    told = '<m:file-entry><m:encryption-data m:checksum="x"/></m:file-entry>'
    assert judge(make.opendocument("text", manifest=told)) == LOCKED


def test_old_documents_are_refused_with_what_to_do() -> None:
    found = judge(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert found == OLD
    assert ".docx" in OLD.reason
