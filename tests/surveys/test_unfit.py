"""What is said of an answer that breaks a rule for which nobody has written words."""

import pytest

from tests.surveys.make import ask, form, refuse


def test_a_rule_of_the_answer_alone_does_not_speak_of_others() -> None:
    asked = form(ask("text", "ref", constraint="regex(., '^[A-Z]{2}[0-9]+$')"))
    assert refuse(asked, {"ref": "x"}) == [("ref", "Ref: this answer is not in the form that is asked for")]
    named = form(ask("integer", "count", constraint="${count} > 3"))
    assert refuse(named, {"count": "1"}) == [
        ("count", "Count: this answer is not in the form that is asked for")
    ]


def test_a_rule_that_looks_at_another_answer_says_so() -> None:
    asked = form(ask("integer", "all"), ask("integer", "some", constraint=". <= ${all}"))
    assert refuse(asked, {"all": "3", "some": "4"}) == [("some", "Some: this answer does not fit the others")]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("pl", "Ref: ta odpowiedź nie ma wymaganej postaci"),
        ("en-x-easy", "Ref: please write this answer the way we ask for it"),
    ],
)
def test_it_is_said_in_the_language_of_the_form(language: str, said: str) -> None:
    asked = form(ask("text", "ref", constraint=". = 'x'"), language=language)
    assert refuse(asked, {"ref": "y"}) == [("ref", said)]
