"""A matrix of one column: each line is a question of its own, which says its name once."""

from surveys.answering.answers import Answers, check
from surveys.answering.differences import Beside, compare_answers
from surveys.answering.reading import tell
from surveys.paging.pages import pages
from tests.surveys.make import ask, choose, form, matrix, refuse, spread

SURE = form(
    matrix("sure", "whom when", choose("single", "how_sure", "very", "no", label="Sure", hint="Choose."))
)
TYPED = {"sure.whom.how_sure": "very", "sure.when.how_sure": "no"}


def test_each_line_is_one_question_by_its_own_name() -> None:
    (field,) = pages(SURE, {})[0].fields
    assert [line.is_one for line in field.lines] == [True, True]
    assert [(cell.label, cell.hint) for line in field.lines for cell in line.fields] == [
        ("WHOM", "Choose."),
        ("WHEN", "Choose."),
    ]


def test_a_column_that_is_typed_in_keeps_its_name() -> None:
    (field,) = pages(form(matrix("m", "a b", ask("integer", "heads"))), {})[0].fields
    assert [(line.is_one, line.fields[0].label) for line in field.lines] == [(False, "Heads")] * 2


def test_each_line_is_told_with_its_answer() -> None:
    given = check(SURE, spread(TYPED))
    assert isinstance(given, Answers)
    assert tell(SURE, given) == [("WHOM", "VERY"), ("WHEN", "NO")]


def test_what_is_missing_is_called_by_its_line() -> None:
    asked = form(matrix("sure", "whom when", choose("single", "how_sure", "very", "no", required=True)))
    typed = spread({"sure.whom.how_sure": "very"})
    assert refuse(asked, typed) == [("sure.when.how_sure", "Please choose an answer: WHEN")]
    problems = check(asked, typed)
    assert not isinstance(problems, Answers)
    (page,) = pages(asked, typed, problems)
    assert page.summary() == [{"text": "Please choose an answer: WHEN", "href": "#sure.when.how_sure"}]


def test_differences_name_the_line_and_not_the_column() -> None:
    earlier = {"last-saved": {"sure": {"whom": {"how_sure": "no"}}}}
    now = Answers("sample", 1, {"sure": {"whom": {"how_sure": "very"}}})
    assert [one.question for one in compare_answers(SURE, earlier, now)] == ["Sure: WHOM"]
    beside = Beside(SURE, SURE.sections, {}, None, {})
    assert beside.tell(spread(TYPED)) == [("Sure: WHOM", "VERY"), ("Sure: WHEN", "NO")]
