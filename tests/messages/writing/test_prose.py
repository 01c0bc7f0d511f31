"""Markdown becomes HTML that holds nothing but what a letter may hold."""

import pytest

from messages.writing.prose import complaints, to_html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="https://x.example/y.png">',
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "[x](vbscript:x)",
        '<a href="https://x.example" onclick="x()">y</a>',
        "<style>body{display:none}</style>",
        "![x](https://x.example/y.png)",
    ],
)
def test_hostile_markdown_is_text_or_gone(hostile: str) -> None:
    page = to_html(hostile)
    assert not any(tag in page for tag in ("<script", "<img", "<style", "<a "))


def test_headings_begin_where_they_are_told_to() -> None:
    assert to_html("## One\n\n### Two", top=3) == "<h3>One</h3>\n<h4>Two</h4>"
    assert to_html("# One\n\n###### Deep") == "<h2>One</h2>\n<h6>Deep</h6>"


def test_a_link_keeps_its_address_and_nothing_else() -> None:
    assert (
        to_html('[x](https://x.example/?a=1&b=2 "title")')
        == '<p><a href="https://x.example/?a=1&amp;b=2">x</a></p>'
    )


def test_a_complaint_names_the_line_inside_a_paragraph() -> None:
    assert complaints(["one\n\ntwo\nthree [x](y)"]) == [
        (4, "the link to 'y' must start with https:// or be a link variable")
    ]
