"""Names are made safe to show, to save and to list in a spreadsheet; their endings tell the truth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.files.name import LONGEST_NAME, show_name, tidy_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Minutes 4 May.pdf", "Minutes 4 May.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\Kit\Desktop\Minutes.docx", "Minutes.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("a\u200bb\u2066c\ufeffd.pdf", "abcd.pdf"),
        ("line\r\nSet-Cookie: x=y.pdf", "line Set-Cookie_ x=y.pdf"),
        ("nul\0l.pdf", "null.pdf"),
        ("=HYPERLINK(A1).pdf", "HYPERLINK(A1).pdf"),
        ("+cmd|calc.pdf", "cmd_calc.pdf"),
        ("@sum.pdf", "sum.pdf"),
        (" -=+1.pdf", "1.pdf"),
        ("report.pdf.exe", "report.pdf"),
        ("report.docx.pdf.scr", "report.pdf"),
        ('<b>"x"</b>.pdf', "b_.pdf"),
        ("v1.2 of the plan", "v1.2 of the plan.pdf"),
        ("con.pdf", "file con.pdf"),
        ("LPT1", "file LPT1.pdf"),
        ("confirmed.pdf", "confirmed.pdf"),
        ("...", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("Zażółć gęślą jaźń ٹھیک.pdf", "Zażółć gęślą jaźń ٹھیک.pdf"),
        ("e\u0301.pdf", "\u00e9.pdf"),
    ],
)
def test_a_name_is_tidied(given: str, kept: str) -> None:
    assert tidy_name(given, "pdf") == kept


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    kept = tidy_name("m" * 4_000 + ".docx", "docx")
    assert len(kept) == LONGEST_NAME
    assert kept.endswith("m.docx")


@given(st.text(max_size=300))
def test_no_name_can_do_harm(given: str) -> None:
    kept = tidy_name(given, "csv")
    assert kept.endswith(".csv")
    assert 5 <= len(kept) <= LONGEST_NAME
    assert kept.isprintable() or all(letter.isprintable() or letter.isspace() for letter in kept)
    assert not set(kept) & set('/\\<>:"|?*\0\n\r\u202e')
    assert kept[0] not in ".=+-@ "
    assert tidy_name(kept, "csv") == kept
    assert 1 <= len(show_name(given)) <= LONGEST_NAME
