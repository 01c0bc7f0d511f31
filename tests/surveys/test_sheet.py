"""Which questions share a page, and in what order the pages come."""

from typing import Any

from surveys.answering.answers import Answers
from surveys.forms.form import Form
from surveys.paging.journey import advance, open_first, page_at
from surveys.paging.pages import Page, pages
from tests.surveys.make import ask, choose, form, matrix, names, repeat, section, spread

WORSE = "${safety} = 'worse'"


def shared(asked: Form, **typed: Any) -> list[list[str]]:
    """The questions of each page."""
    return [names(page) for page in pages(asked, spread(typed))]


def test_questions_of_a_section_share_a_page_and_sections_do_not() -> None:
    asked = form(sections=[section("a", ask("text", "x"), ask("text", "y")), section("b", ask("text", "z"))])
    assert shared(asked) == [["x", "y"], ["z"]]


def test_at_the_pace_of_questions_each_has_a_page_with_the_notes_before_it() -> None:
    asked = form(
        ask("text", "x"),
        ask("note", "n1"),
        ask("note", "n2"),
        ask("text", "y"),
        ask("note", "bye"),
        pace="question",
    )
    assert shared(asked) == [["x"], ["n1", "n2", "y"], ["bye"]]


def test_notes_stay_with_the_question_after_them() -> None:
    heads = ask("integer", "heads")
    asked = form(ask("text", "x"), ask("note", "n1"), matrix("m", "a", heads), ask("note", "n2"))
    assert shared(asked) == [["x"], ["n1", "m"], ["n2"]]
    listed = form(
        ask("text", "x"), ask("note", "n1"), repeat("r", heads), ask("note", "n2"), ask("text", "y")
    )
    assert shared(listed) == [["x"], ["n1", "r"], ["n2", "y"]]
    assert [page.name for page in pages(listed, {"r": ["1"]})] == ["x", "r.1", "r", "n2"]
    tied = form(choose("single", "x", "a"), ask("note", "n1"), ask("text", "y", relevant="${x} = 'a'"))
    assert shared(tied, x="a") == [["x"], ["n1", "y"]]


def test_help_has_a_page_of_its_own_before_the_next_question() -> None:
    asked = form(
        choose("single", "safety", "better", "worse"),
        ask("note", "mind"),
        ask("help", "here", relevant=WORSE),
        ask("text", "more"),
        audience="family",
        privacy="anonymous",
    )
    assert shared(asked, safety="better") == [["safety", "mind", "more"]]
    assert shared(asked, safety="worse") == [["safety"], ["mind", "here"], ["more"]]
    first = open_first(asked, {})
    assert not first.is_last
    page = advance(asked, {"safety": ["worse"]}, first.name)
    assert isinstance(page, Page)
    assert [field.kind for field in page.fields] == ["note", "help"]
    assert names(page_at(asked, {"safety": ["worse"]}, "more")) == ["more"]


def test_a_page_that_begins_with_words_alone_can_be_sent_on() -> None:
    asked = form(ask("help", "here"), ask("text", "x"))
    page = advance(asked, {}, "here")
    assert isinstance(page, Page)
    assert (page.name, page.before) == ("x", "here")


def test_a_question_never_shares_a_page_with_what_it_hangs_on_by_way_of_a_figure() -> None:
    asked = form(
        ask("integer", "a"),
        ask("calculated", "twice", calculation="2 * ${a}", hidden=True),
        ask("calculated", "four", calculation="2 * ${twice}", hidden=True),
        ask("text", "why", relevant="${four} > 10", required=True),
    )
    assert shared(asked, a="9") == [["a"], ["why"]]
    page = advance(asked, {"a": ["9"]}, "a")
    assert isinstance(page, Page)
    assert (names(page), page.errors) == (["why"], ())


def test_a_question_whose_words_name_an_answer_waits_for_it() -> None:
    asked = form(ask("text", "who"), ask("text", "why", label="Why {who}?"), ask("text", "x", hint="{who}"))
    assert shared(asked) == [["who"], ["why", "x"]]
    lines = [{"value": "a", "label": "What {who} did"}]
    table = ask("matrix", "m", lines=lines, columns=[ask("text", "t")])
    assert shared(form(ask("text", "who"), table)) == [["who"], ["m"]]


def test_a_form_in_which_nothing_applies_is_one_empty_page_and_then_done() -> None:
    asked = form(
        ask("text", "x", relevant="${before#n} > 3"), ask("calculated", "c", calculation="1", hidden=True)
    )
    page = open_first(asked, {})
    assert (page.fields, page.is_last, page.before) == ((), True, "")
    assert advance(asked, {}, page.name) == Answers("sample", 1, {"c": 1})
    assert names(open_first(asked, {}, {"before": {"n": 4}})) == ["x"]


def test_the_intro_of_a_section_may_name_an_answer_and_stands_on_no_page_of_an_entry() -> None:
    asked = form(
        sections=[
            section("a", ask("text", "who")),
            section("b", repeat("r", ask("text", "t")), title="About {who}", intro="Tell us of {who}."),
        ]
    )
    _, entry, listed = pages(asked, {"who": ["Kim"], "r": ["1"]})
    assert (entry.title, entry.intro) == ("Thing 1", "")
    assert (listed.title, listed.intro) == ("About Kim", "Tell us of Kim.")


def test_no_two_pages_share_a_name() -> None:
    cells = [
        ask("text", "t"),
        ask("text", "u", relevant="${t} = 'x'"),
        ask("text", "v", relevant="${u} = 'x'"),
    ]
    asked = form(ask("text", "one"), repeat("r", *cells), ask("text", "last"))
    raw = {"r": ["2"]} | {f"r.{entry}.{cell}": ["x"] for entry in (1, 2) for cell in "tuv"}
    called = [page.name for page in pages(asked, raw)]
    assert called == ["one", "r.1", "r.1.u", "r.1.v", "r.2", "r.2.u", "r.2.v", "r", "last"]
