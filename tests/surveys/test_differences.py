"""What two people typed at the same time, told field by field in words."""

from surveys.answering.differences import Beside, Difference
from surveys.forms.form import Form
from tests.surveys.make import ask, choose, form, matrix, repeat, spread

ASKED = form(
    ask("integer", "staff"),
    choose("single", "level", "l1", "l2"),
    matrix("groups", "g1 g2", ask("integer", "heads", short="Headcount")),
    repeat("courses", ask("text", "called"), summary="called"),
    ask("file", "plan"),
)


def compare(theirs: dict[str, str], mine: dict[str, str], asked: Form = ASKED) -> list[tuple[str, str, str]]:
    beside = Beside(asked, asked.sections, {}, None, {"11111111-1111-4111-8111-111111111111": "plan.pdf"})
    found: list[Difference] = beside.compare(spread(theirs), spread(mine))
    return [(one.question, one.before, one.now) for one in found]


def test_each_field_that_differs_is_told_with_both_answers_in_words() -> None:
    assert compare(
        {"staff": "1,000", "level": "l1", "groups.g2.heads": "7"},
        {"staff": "1000", "level": "l2", "groups.g2.heads": "9"},
    ) == [("Level", "L1", "L2"), ("Groups: G2: Headcount", "7", "9")]


def test_what_one_of_them_left_empty_is_told_too() -> None:
    assert compare({"staff": "60"}, {"level": "l2"}) == [("Staff", "60", ""), ("Level", "", "L2")]


def test_what_cannot_be_understood_is_told_as_it_was_typed() -> None:
    assert compare({"staff": "sixty"}, {"staff": "60"}) == [("Staff", "sixty", "60")]


def test_an_entry_that_only_one_of_them_has_is_told() -> None:
    [(title, before, now)] = compare({"courses": "1", "courses.1.called": "Neglect"}, {"courses": "0"})
    assert (title, before, now) == ("Courses: Neglect: Called", "Neglect", "")


def test_files_are_told_by_their_names() -> None:
    found = compare({"plan": "11111111-1111-4111-8111-111111111111"}, {})
    assert found == [("Plan", "plan.pdf", "")]


def test_the_same_is_told_as_no_difference() -> None:
    assert compare({"staff": "60", "level": ""}, {"staff": " 60 "}) == []
