"""What a question starts from, and the earlier answers that its words name."""

import pytest

from surveys.answering.answers import Answers
from surveys.answering.reading import tell
from surveys.paging.known import Earlier
from surveys.paging.pages import pages
from tests.surveys.make import ask, choose, form, refuse, repeat, spread

EARLIER: Earlier = {
    "before": {
        "staff": 60,
        "topics": ("a", "b"),
        "day": "2026-11-03",
        "table": {"x": {"n": 1}},
        "said": "Hi",
    },
    "last-saved": {"staff": 50, "rank": ("b", "a"), "single": "a"},
}


@pytest.mark.parametrize(
    ("question", "values"),
    [
        (ask("integer", "staff", prefill="before.staff"), ("60",)),
        (ask("text", "staff", prefill="before.said"), ("Hi",)),
        (choose("multiple", "m", "a", "b", "c", prefill="before.topics"), ("a", "b")),
        (choose("ranking", "m", "b", "a", prefill="before.topics"), ("a", "b")),
        (ask("date", "d", prefill="before.day"), ("2026-11-03",)),
    ],
)
def test_an_earlier_answer_is_the_start(question: dict[str, object], values: tuple[str, ...]) -> None:
    (field,) = pages(form(question), {}, (), EARLIER)[0].fields
    assert (field.values, field.prefilled) == (values, True)


@pytest.mark.parametrize(
    "question",
    [
        ask("integer", "staff", prefill="before.gone"),
        ask("integer", "staff", prefill="gone.staff"),
        ask("integer", "staff", prefill="before.table"),
        ask("integer", "staff", prefill="before.said"),
        ask("integer", "staff", prefill="before.staff", maximum=59),
        choose("single", "m", "a", "b", prefill="before.topics"),
        choose("multiple", "m", "a", "c", prefill="before.topics"),
        choose("multiple", "m", "a", "b", choice_filter="name = 'a'", prefill="before.topics"),
    ],
)
def test_an_earlier_answer_that_does_not_fit_is_left_out(question: dict[str, object]) -> None:
    (field,) = pages(form(question), {}, (), EARLIER)[0].fields
    assert (field.values, field.prefilled) == ((), False)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        (ask("integer", "n", default="3"), ("3",)),
        (choose("multiple", "m", "a", "b", "c", default="a c"), ("a", "c")),
        (choose("ranking", "m", "a", "b", default="b a"), ("b", "a")),
        (ask("integer", "n", default="3", prefill="before.gone"), ("3",)),
    ],
)
def test_a_default_is_a_start_that_nobody_gave(question: dict[str, object], values: tuple[str, ...]) -> None:
    started = form(question)
    (field,) = pages(started, {}, (), EARLIER)[0].fields
    assert (field.values, field.prefilled) == (values, False)
    (cleared,) = pages(started, {field.name: [""]}, (), EARLIER)[0].fields
    assert "".join(cleared.values) == ""


def test_a_default_stands_in_every_new_entry() -> None:
    asked = form(repeat("things", ask("integer", "n", default="3"), ask("text", "t")))
    laid_out = pages(asked, spread({"things": "2", "things.1.t": "x"}))
    assert [page.fields[0].value for page in laid_out[:2]] == ["", "3"]


def test_answers_stand_in_the_words_of_later_questions() -> None:
    asked = form(
        choose("single", "what", "a", "b", label="What?"),
        ask("date", "when", label="When was {what}?", hint="{what} {unknown} {what}"),
        ask("text", "why", label="Why on {when}?", missing="Say why on {when}", required=True),
    )
    raw = {"what": ["b"], "when": ["2026-11-03"]}
    laid_out = pages(asked, raw)
    assert [page.fields[0].label for page in laid_out] == ["What?", "When was B?", "Why on 3 November 2026?"]
    assert laid_out[1].fields[0].hint.startswith("B {unknown} B. For example, ")
    assert refuse(asked, raw) == [("why", "Say why on 3 November 2026")]
    values = {"what": "b", "when": "2026-11-03", "why": "{what}"}
    assert tell(asked, Answers("sample", 1, values))[2] == ("Why on 3 November 2026?", "{what}")


def test_an_answer_that_is_not_there_is_an_ellipsis_in_words() -> None:
    asked = form(ask("text", "who"), ask("text", "why", label="Why {who}? {gone#who}"))
    assert pages(asked, {})[1].fields[0].label == "Why \u2026? \u2026"


def test_braces_in_an_answer_are_never_looked_at() -> None:
    asked = form(ask("text", "one"), ask("text", "two"), ask("yes_no", "three", label="{one} or {two}?"))
    assert pages(asked, {"one": ["{two}"], "two": ["{one}"]})[1].fields[0].label == "{two} or {one}?"


def test_earlier_answers_stand_in_words_too() -> None:
    asked = form(
        choose("ranking", "rank", "a", "b"),
        ask("text", "it", label="{before#said}; {before#topics}; {last-saved#rank}; {before#table}"),
    )
    page = pages(asked, {}, (), EARLIER)[0]
    assert page.fields[1].label == "Hi; a, b; 1. B; 2. A; \u2026"


def test_what_was_answered_last_time_is_shown_beside_each_question() -> None:
    asked = form(
        ask("integer", "staff"), choose("single", "single", "a"), ask("text", "new"), ask("note", "rank")
    )
    (page,) = pages(asked, {"staff": ["4"]}, (), EARLIER)
    assert [field.before for field in page.fields] == ["50", "A", "", ""]


def test_rules_look_at_earlier_answers() -> None:
    asked = form(
        ask("integer", "staff"),
        ask("text", "fewer", relevant="${staff} < ${last-saved#staff}"),
        ask("text", "more", relevant="${staff} > ${before#staff}"),
    )
    shown = {
        staff: [page.name for page in pages(asked, {"staff": [staff]}, (), EARLIER)] for staff in ("4", "61")
    }
    assert shown == {"4": ["staff", "fewer"], "61": ["staff", "more"]}
    assert [page.name for page in pages(asked, {"staff": ["4"]})] == ["staff"]


def test_a_question_called_title_does_not_get_in_the_way_of_refusals() -> None:
    asked = form(ask("text", "title"), ask("integer", "days", required=True))
    assert refuse(asked, {"title": "Neglect", "days": "x"}) == [
        ("days", "Days must be a whole number, like 45")
    ]
    worded = form(
        ask("text", "title"), ask("yes_no", "it", constraint=". = 'no'", constraint_message="Not {title}")
    )
    assert refuse(worded, {"title": "Neglect", "it": "yes"}) == [("it", "Not Neglect")]


@pytest.mark.parametrize(
    ("question", "settings", "sources"),
    [
        (ask("text", "t"), {}, set()),
        (ask("text", "t"), {"carries": True}, {"last-saved"}),
        (ask("text", "t", prefill="before.said"), {}, {"before"}),
        (ask("text", "t", label="You said {before#said}"), {}, {"before"}),
        (ask("text", "t", relevant="${last-saved#t} != ''"), {}, {"last-saved"}),
        (
            ask("text", "t", constraint=". != ${before#said}", constraint_message="{other#x}"),
            {},
            {"before", "other"},
        ),
        (choose("single", "t", "a", choice_filter="name != ${before#said}"), {}, {"before"}),
        (repeat("r", ask("text", "t", missing="{before#said}")), {}, {"before"}),
    ],
)
def test_a_form_knows_whose_earlier_answers_it_looks_at(
    question: dict[str, object], settings: dict[str, object], sources: set[str]
) -> None:
    assert form(question, **settings).sources == sources
