"""The plain-text twin reads as if a person had typed it."""

from hypothesis import given
from hypothesis import strategies as st

from messages.writing.twin import WIDTH, to_text, wrap


def test_headings_lists_and_links_are_written_out() -> None:
    assert to_text("# Title\n\nSee [the page](https://x.example/y) now.\n\n- one\n- two\n  - three\n") == (
        "Title\n-----\n\nSee the page: https://x.example/y now.\n\n- one\n- two\n  - three"
    )


def test_a_link_that_shows_its_address_is_written_once() -> None:
    assert to_text("Write to <jo@x.example> or open <https://x.example>") == (
        "Write to jo@x.example or open https://x.example"
    )


def test_a_full_stop_does_not_cling_to_an_address() -> None:
    assert to_text("See [it](https://x.example).") == "See it: <https://x.example>."


def test_numbered_lists_keep_their_numbers_and_hang() -> None:
    long = "word " * 20
    lines = to_text(f"3. {long}\n4. end").split("\n")
    assert lines[0].startswith("3. word")
    assert lines[1].startswith("   word")
    assert lines[-1] == "4. end"


def test_quotes_code_and_rules_are_recognisable() -> None:
    assert (
        to_text("> said\n> so\n\n    code  kept\n\n---\n\nend")
        == "> said so\n\n    code  kept\n\n* * *\n\nend"
    )


def test_a_loose_list_keeps_its_gaps() -> None:
    assert to_text("- one\n\n  more\n- two") == "- one\n\n  more\n\n- two"


def test_a_forced_line_break_stays() -> None:
    assert to_text("Unit 4  \nHigh Street") == "Unit 4\nHigh Street"


def test_emphasis_and_entities_leave_no_marks() -> None:
    assert to_text("**Ring** *one* `agency` &amp; <b>ask</b>") == "Ring one agency & <b>ask</b>"


def test_an_address_is_never_broken() -> None:
    address = "https://cascade.example.org/" + "a" * 90
    assert f"\n{address}\n" in to_text(f"{'word ' * 12}[go]({address}) {'word ' * 12}")


@given(st.lists(st.text(alphabet="abc-", min_size=1, max_size=90), max_size=60))
def test_lines_are_short_and_no_word_is_lost(given_words: list[str]) -> None:
    wrapped = wrap(" ".join(given_words))
    assert wrapped.split() == given_words
    assert all(len(line) <= WIDTH or " " not in line for line in wrapped.split("\n"))
