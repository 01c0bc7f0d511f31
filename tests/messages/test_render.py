"""A letter shows what it is given as text, carries what a reader needs, and loads nothing."""

import html as entities
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from messages.letters.render import Kind, Layout, Lesson, compile_letter
from messages.writing.expressions import LetterError, MissingVariableError
from messages.writing.pieces import clean
from messages.writing.variables import EXAMPLES
from tests.messages.writing.samples import fixed, spec, values, words

LETTER = compile_letter(spec())
FORWARD = re.compile("forward from here", re.IGNORECASE)


def shown(page: str) -> str:
    """The text that a mail program shows of an HTML page."""
    return entities.unescape(re.sub(r"<style.*?</style>|<[^>]*>", "", page, flags=re.DOTALL))


@pytest.mark.parametrize(
    "name", ["<b>*Jo*</b>", "[x](javascript:alert(1))", "{{ link }}", "a & b", "'\"><script>"]
)
def test_a_strange_name_is_shown_as_text(name: str) -> None:
    letter = LETTER.render(values(agency=name, first_name=name, greeting=f"Dear {name}"))
    assert letter.subject == f"{name}, something to share"
    assert f"Dear {name}," in letter.text
    assert f"Dear {name}," in shown(letter.html)
    assert f"everyone</strong> at {entities.escape(name)}." in letter.html


def test_a_value_that_calls_itself_safe_is_escaped_all_the_same() -> None:
    assert "<script>" not in LETTER.render(values(agency=Markup("<script>"))).html


@given(st.text())
def test_any_value_comes_back_as_one_clean_line(name: str) -> None:
    letter = LETTER.render(values(agency=name))
    line = name if name.isprintable() else clean(name)
    assert f"For: {line}\n" in letter.text
    assert f"For: {line}" in shown(letter.html)


def test_line_breaks_and_direction_overrides_in_a_value_cannot_forge_a_line() -> None:
    letter = LETTER.render(values(agency="Vale\r\nYour two digits: 99\u202e"))
    assert "For: Vale Your two digits: 99\n" in letter.text


def test_a_letter_names_the_variable_that_is_missing() -> None:
    without = {name: value for name, value in values().items() if name != "digits"}
    with pytest.raises(MissingVariableError, match=r"\{\{ digits \}\}"):
        LETTER.render(without)
    with pytest.raises(MissingVariableError, match=r"\{\{ agency \}\}"):
        LETTER.render(values(agency=None))


def test_a_letter_asks_for_exactly_the_variables_it_uses() -> None:
    LETTER.render({name: EXAMPLES[name] for name in LETTER.names})
    for name in LETTER.names:
        with pytest.raises(MissingVariableError):
            LETTER.render({other: EXAMPLES[other] for other in LETTER.names - {name}})
    assert not LETTER.names & {"board", "contact_name", "contact_email"}


@pytest.mark.parametrize("body", ["text", "html"])
def test_a_task_letter_carries_all_that_its_reader_needs(body: str) -> None:
    page = entities.unescape(getattr(LETTER.render(values()), body))
    for name in (
        "board",
        "greeting",
        "agency",
        "due",
        "due_in_words",
        "minutes",
        "contact_name",
        "contact_email",
    ):
        assert EXAMPLES[name] in page
    for link in ("link", "more_time_link", "hand_over_link"):
        assert EXAMPLES[link] in page
    assert re.search("Your two digits: (<strong>)?47", page)
    assert EXAMPLES["preferences_link"] not in page


def test_the_text_twin_fits_a_narrow_window_and_breaks_no_address() -> None:
    lines = LETTER.render(values()).text.split("\n")
    assert all(len(line) <= 72 or " " not in line for line in lines)
    assert EXAMPLES["link"] in lines


@pytest.mark.parametrize("body", ["text", "html"])
def test_what_is_forwarded_carries_nothing_that_answers(body: str) -> None:
    page = getattr(LETTER.render(values()), body)
    above, below = FORWARD.split(page)
    assert "cascade.example.org" in above
    assert "Ring one other agency" in below
    assert "cascade.example.org" not in below
    assert "47" not in re.sub(r"<[^>]*>", "", below)


NEWS = {"button": "", "words": words(body="News.")}


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "The links above answer for your agency; nothing below does."),
        ({"button": ""}, "The links above answer for your agency; nothing below does."),  # its words hold one
        (NEWS, ""),
        (NEWS | {"kind": Kind.SUBSCRIPTION}, "The link above changes what you receive; nothing below does."),
    ],
)
def test_what_is_said_of_the_links_above_is_true(
    layout: Layout, changed: dict[str, object], told: str
) -> None:
    letter = compile_letter(spec(layout=layout, **changed)).render(values())
    for page in (letter.text, shown(letter.html)):
        said = FORWARD.split(" ".join(page.replace("=", "").split()))[1].split(" Wren: a lesson")[0]
        assert said.strip() == f": nothing above this line needs to travel. {told}".strip()
    for name, claim in {"link": "answer for", "preferences_link": "you receive"}.items():
        assert (f'href="{EXAMPLES[name]}"' in letter.html) == (claim in told)


def test_subscription_mail_offers_the_way_out_and_no_hand_over() -> None:
    letter = compile_letter(
        spec(kind=Kind.SUBSCRIPTION, button="", lesson=None, words=words(body="News."))
    ).render(values())
    for page in (letter.text, letter.html):
        assert EXAMPLES["preferences_link"] in page
        assert EXAMPLES["hand_over_link"] not in page
        assert "two digits" not in page
        assert not FORWARD.search(page)


def test_a_letter_loads_nothing_from_anywhere() -> None:
    page = LETTER.render(values()).html
    assert not re.search(
        r"<(img|script|form|iframe|link|object|video|svg)|\bsrc=|url\(|@import|background=", page
    )
    assert set(re.findall(r'href="([a-z]+):', page)) == {"https", "mailto"}


def test_a_letter_is_a_sound_page_for_screen_readers() -> None:
    page = LETTER.render(values()).html
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert '<html lang="en-GB"' in page
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all('role="presentation"' in table for table in re.findall("<table[^>]*>", page))
    assert 'style="' in page
    assert "prefers-color-scheme: dark" in page


def test_braces_in_a_lesson_and_marks_in_words_stay_what_they_are() -> None:
    letter = compile_letter(spec(words=words(body="zq0x0000z and zq1x0001z, {{ agency }}"))).render(values())
    for page in (letter.text, letter.html):
        assert "zq0x0000z and zq1x0001z, Kennet Vale" in page
        assert "Ask {{ what }}" in page
    assert "&lt;b&gt;life&lt;/b&gt;" in letter.html


def test_a_value_known_to_all_is_escaped_too() -> None:
    letter = compile_letter(spec(fixed=fixed(board="<i>Board</i> & friends", contact_phone="01632 960 001")))
    page = letter.render(values(board="unused")).html
    assert "&lt;i&gt;Board&lt;/i&gt; &amp; friends" in page
    assert "telephone 01632 960 001" in page


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "", " https://x.example"])
def test_a_value_that_is_no_address_never_becomes_a_link(link: str) -> None:
    with pytest.raises(LetterError, match="no address that a link can lead to"):
        LETTER.render(values(link=link))


def test_a_letter_without_a_human_contact_is_refused() -> None:
    with pytest.raises(LetterError, match="contact_name is missing"):
        compile_letter(spec(fixed={"board": "Board", "contact_email": "a@b.example"}))


def test_a_lesson_with_a_picture_is_refused_with_its_line() -> None:
    with pytest.raises(LetterError, match="lesson, line 3: the picture"):
        compile_letter(spec(lesson=Lesson("Wren", "One line.", "One.\n\n![x](https://x.example/y.png)")))


def test_a_letter_stays_under_a_hundred_kilobytes() -> None:
    assert len(LETTER.render(values()).html.encode()) < 20_000
    with pytest.raises(LetterError, match="larger than 100,000"):
        compile_letter(spec(lesson=Lesson("Wren", "One line.", "word " * 20_000)))


def test_an_expression_that_cannot_be_worked_out_for_a_reader_says_so() -> None:
    letter = compile_letter(spec(words=words(body="{{ minutes|int * 2 }}{{ count * 2 if 0 else 1 }}")))
    assert "61" in letter.render(values()).text
    failing = compile_letter(spec(words=words(body="{{ agency if minutes else count * 2 }}")))
    with pytest.raises(LetterError, match="cannot be worked out"):
        failing.render(values(minutes=""))
