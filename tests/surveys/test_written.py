"""What people wrote is found wherever a box stands, and nothing of it says who, or in which order."""

from collections.abc import Callable

from surveys.answering.answers import Answers
from surveys.figures.written import Written, gather_words, has_words
from tests.surveys.make import ask, choose, form, matrix, repeat

FORM = form(
    choose("single", "heard", "yes", "no"),
    ask("long_text", "more"),
    matrix("life", "home school", choose("single", "now", "better", "worse"), ask("text", "why")),
    repeat("courses", ask("text", "title"), ask("integer", "places")),
    ask("text", "author", personal=True),
)
WHOLE = Answers(
    "sample",
    1,
    {
        "heard": "yes",
        "more": "Somebody listened",
        "life": {"home": {"now": "better", "why": "Quiet"}, "school": {"why": "A friend"}},
        "courses": {"1": {"title": "Neglect", "places": 4}, "2": {"title": "Early help"}},
        "author": "Robin Vale",
    },
)


def leave(texts: list[str]) -> None:
    """Shuffle nothing."""


def gathered(*answers: tuple[str, Answers], shuffle: Callable[[list[str]], None] = leave) -> list[Written]:
    return gather_words(FORM, answers, shuffle)


def test_boxes_in_a_matrix_and_in_a_repeat_are_read_too() -> None:
    assert gathered(("", WHOLE)) == [
        Written("More", "", ("Somebody listened",)),
        Written("HOME: Why", "", ("Quiet",)),
        Written("SCHOOL: Why", "", ("A friend",)),
        Written("Courses: Title", "", ("Neglect", "Early help")),
    ]


def test_who_is_named_is_left_out() -> None:
    assert "Robin" not in str(gathered(("en", WHOLE)))


def test_each_question_is_shuffled_by_itself() -> None:
    later = Answers("sample", 1, {"more": "Nobody rang", "life": {"home": {"why": "Noise"}}})
    found = gathered(("", WHOLE), ("", later), shuffle=list.reverse)
    assert [one.texts for one in found][:2] == [("Nobody rang", "Somebody listened"), ("Noise", "Quiet")]


def test_languages_stand_apart_so_that_an_interpreter_finds_theirs() -> None:
    polish = Answers("sample", 1, {"more": "Nikt nie słuchał"})
    found = gathered(("pl", polish), ("en", WHOLE))
    assert [(one.title, one.language) for one in found][:2] == [("More", "en"), ("More", "pl")]


def test_an_answer_of_ticks_alone_has_no_words() -> None:
    assert has_words(FORM, WHOLE)
    assert has_words(FORM, Answers("sample", 1, {"life": {"home": {"why": "Quiet"}}}))
    assert not has_words(FORM, Answers("sample", 1, {"heard": "yes", "life": {"home": {"now": "better"}}}))
    assert not has_words(FORM, Answers("sample", 1, {"author": "Robin Vale"}))
