"""PDFs are taken when they are whole, open to all, and run nothing."""

import pytest

from surveys.files import pdf
from surveys.files.outcome import DAMAGED, LOCKED, TWO_THINGS, Refused
from surveys.files.pdf import RUNS, judge_pdf
from tests.surveys.files import make

ACTIVE = (
    b"1 0 obj <</Type/Action/S/JavaScript/JS(app.alert(1))>> endobj",
    b"1 0 obj <</S/Launch/F(calc.exe)>> endobj",
    b"1 0 obj <</Names<</EmbeddedFiles 3 0 R>>>> endobj",
    b"1 0 obj <</Type/EmbeddedFile>> endobj",
    b"1 0 obj <</Subtype/RichMedia>> endobj",
)


def test_a_plain_document_is_taken() -> None:
    assert judge_pdf(make.pdf(b"1 0 obj <</Type/Catalog>> endobj")) is None
    assert judge_pdf(make.pdf_packed(b"5 0 <</Type/Catalog/JavaScriptless true>>")) is None


@pytest.mark.parametrize("objects", ACTIVE)
def test_what_runs_or_carries_files_is_refused(objects: bytes) -> None:
    assert judge_pdf(make.pdf(objects)) == RUNS


@pytest.mark.parametrize("objects", ACTIVE)
def test_what_runs_is_found_where_objects_are_packed(objects: bytes) -> None:
    assert judge_pdf(make.pdf_packed(objects)) == RUNS


@pytest.mark.parametrize("objects", [b"<</S/J#61vaScript>>", b"<</S/#4c#61unch>>", b"<</Type/Obj#53tm>>"])
def test_a_name_spelled_in_numbers_hides_nothing(objects: bytes) -> None:
    assert judge_pdf(make.pdf(objects)) == RUNS


@pytest.mark.parametrize(
    "objects",
    [
        b"1 0 obj <</Type/ObjStm/Filter/LZWDecode>>\nstream\n\x80\x0b\x60\x50endstream",
        b"1 0 obj <</Type/ObjStm/Filter/FlateDecode/DecodeParms<</Predictor 12>>>>\nstream\nx",
        b"1 0 obj <</Type/ObjStm %>>stream\n/Filter/FlateDecode>>\nstream\nx",
        b"1 0 obj <</Type/ObjStm /X(>>stream\n)/Filter/FlateDecode>>\nstream\nx",
        b"1 0 obj <</Type/ObjStm>>",
        make.pdf_packed(b"5 0 <</Type/Catalog>>")[:-60],
    ],
)
def test_packed_objects_that_cannot_be_opened_are_refused(objects: bytes) -> None:
    assert judge_pdf(make.pdf(objects)) in (DAMAGED, RUNS)


def test_packed_objects_unpack_only_so_far() -> None:
    assert judge_pdf(make.pdf_packed(b" " * (pdf.MOST_UNPACKED - 10))) is None
    assert judge_pdf(make.pdf_packed(b" " * (pdf.MOST_UNPACKED + 10))) == DAMAGED


@pytest.mark.parametrize("lock", [b"<</Size 1/Encrypt 5 0 R>>", b"<</Encrypt<</Filter/Standard>>>>"])
def test_a_locked_document_is_refused_as_locked(lock: bytes) -> None:
    assert judge_pdf(make.pdf(trailer=lock)) == LOCKED


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-9.9\n%%EOF", DAMAGED),
        (b"%PDF-1.7\nno end", DAMAGED),
        (make.pdf() + b"\0\n \r\n", None),
        (make.pdf() + b"MZ", TWO_THINGS),
        (make.pdf() + b" " * 5_000, TWO_THINGS),
    ],
)
def test_it_begins_and_ends_as_one(content: bytes, why: Refused | None) -> None:
    assert judge_pdf(content) == why
