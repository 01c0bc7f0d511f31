"""Text is taken in the usual encodings; tables of it, when nothing in them would be worked out."""

import pytest

from surveys.files.outcome import Refused
from surveys.files.text import CODE, FORMULAS, LETTER, PAGE, judge_text

TABLE = "agency,reached\nHealth,14\nPolice,9\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    assert judge_text("Café notes \u2013 14 came.\r\n\tTwo were away.\f".encode(encoding)) == "txt"
    assert judge_text(TABLE.encode(encoding)) == "csv"


def test_text_in_other_alphabets_is_text() -> None:
    assert judge_text("سب ٹھیک ہے\nWszystko dobrze".encode()) == "txt"


@pytest.mark.parametrize(
    "content",
    [b"a\0b", b"a\x07b", b"\x81\x8d", "half \ud800 letter".encode("utf-16", "surrogatepass"), b"\xff\xfea"],
)
def test_what_no_keyboard_types_is_no_text(content: bytes) -> None:
    assert judge_text(content) is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_known_by_its_rows(delimiter: str) -> None:
    assert judge_text(TABLE.replace(",", delimiter).encode()) == "csv"
    quoted = f'name{delimiter}said\n"Kit A"{delimiter}"two\nlines"\n'
    assert judge_text(quoted.encode()) == "csv"


@pytest.mark.parametrize(
    "text", ["one line, two cells", "Dear all,\n\nplease read, reply, and sign.\nKit", "word\nword\n"]
)
def test_a_letter_is_no_table(text: str) -> None:
    assert judge_text(text.encode()) == "txt"


@pytest.mark.parametrize(
    "cell",
    [
        "=HYPERLINK(A1)",
        "=cmd|'/C calc'!A0",
        "  =SUM(A1:A9)",
        "@SUM(1)",
        "+WEBSERVICE(A1)",
        "-1+cmd|'/C calc'!A0",
        "=1+1+SUM(2)",
        '"=IMPORTXML(A1,""//a"")"',
    ],
)
def test_a_cell_that_would_be_worked_out_is_refused_anywhere(cell: str) -> None:
    assert judge_text((TABLE * 50 + f"Housing,{cell}\n").encode()) == FORMULAS


@pytest.mark.parametrize(
    "cell", ["-5", "+44 (0)118 496 0000", "- item(s)", "-0.5%", "=", "@kit", "= see below"]
)
def test_numbers_and_telephones_may_stay(cell: str) -> None:
    assert judge_text((TABLE + f"Housing,{cell}\n").encode()) == "csv"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("  <?xml version='1.0'?><x/>", PAGE),
        ("Dear all <SCRIPT>alert(1)</SCRIPT>", PAGE),
        ("Dear all <svg\nonload=alert(1)>", PAGE),
        ("Dear all <iframe src=x>", PAGE),
        ("Dear all <?php system('x');", PAGE),
        (r"{\rtf1 Dear all}", CODE),
        ("#!/usr/bin/env python\n", CODE),
        ("From: Kit <kit@a.example>\r\nTo: Lou\r\nSubject: Case\r\n\r\nDear Lou", LETTER),
        ("Received: from a\n\tby b\nDate: now\nX-Mailer: y\n\nDear Lou", LETTER),
    ],
)
def test_pages_code_and_saved_letters_are_refused(text: str, why: Refused) -> None:
    assert judge_text(text.encode()) == why


def test_text_that_speaks_of_signs_may_stay() -> None:
    assert judge_text(b"Reached < 5 and > 3. From: Kit\nNotes: 4 < 5 <form to follow>\n") == "txt"
