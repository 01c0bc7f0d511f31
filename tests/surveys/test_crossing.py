"""What was typed into one form goes over to another as far as that asks the same."""

from surveys import library
from surveys.answering.crossing import cross_over, lay_over
from tests.surveys.make import ask, choose, form, matrix, repeat

SHORT = form(
    ask("integer", "staff", short="Staff", constraint=". < 50"),
    ask("date", "as_at"),
    choose("multiple", "reasons", "time", "cost", "none"),
    ask("integer", "heads"),
    ask("text", "only_here"),
    matrix("grid", "a b", ask("integer", "n")),
    repeat("courses", ask("text", "course")),
)
WHOLE = form(
    ask("integer", "staff"),
    ask("date", "as_at"),
    choose("multiple", "reasons", "time", "cost"),
    ask("text", "heads"),
    matrix("grid", "a", ask("integer", "n")),
    repeat("courses", ask("text", "course"), ask("text", "more")),
)


def test_the_same_question_takes_what_was_typed_whatever_its_rules() -> None:
    typed = {"staff": ["60"], "as_at-day": ["1"], "as_at-month": ["9"], "as_at-year": ["2026"]}
    crossing = cross_over(SHORT, WHOLE, typed)
    assert (crossing.raw, crossing.left) == (typed, ())
    assert crossing.carried == ("Staff", "As at")


def test_what_neither_takes_goes_over_to_be_mended() -> None:
    assert cross_over(SHORT, WHOLE, {"staff": ["many"]}).raw == {"staff": ["many"]}


def test_what_is_not_asked_there_or_in_another_way_stays_behind_by_its_title() -> None:
    typed = {"heads": ["3"], "only_here": ["yes"], "grid.a.n": ["1"], "grid.b.n": ["2"], "nonsense": ["x"]}
    crossing = cross_over(SHORT, WHOLE, typed)
    assert (crossing.raw, crossing.left) == ({}, ("Heads", "Only here", "Grid"))


def test_a_choice_that_is_not_offered_there_stays_behind() -> None:
    assert cross_over(SHORT, WHOLE, {"reasons": ["none"]}).left == ("Reasons",)
    assert cross_over(SHORT, WHOLE, {"reasons": ["cost", "time"]}).left == ()


def test_the_entries_of_a_repeat_go_over_with_their_number() -> None:
    typed = {"courses": ["2"], "courses.1.course": ["Basics"], "courses.2.course": ["Neglect"]}
    assert cross_over(SHORT, WHOLE, typed).raw == typed


def test_what_was_left_empty_is_neither_here_nor_there() -> None:
    crossing = cross_over(SHORT, WHOLE, {"heads": [""], "staff": []})
    assert (crossing.carried, crossing.left) == ((), ())


def test_the_short_analysis_gives_the_whole_one_what_both_ask() -> None:
    short, whole = library.load("tna_short"), library.load("tna")
    typed = {"paid_staff": ["60"], "sector": ["health"], "headcount": ["55"], "rag": ["green"]}
    crossing = cross_over(short, whole, typed)
    assert set(crossing.raw) == {"paid_staff", "sector", "rag"}
    assert crossing.left == ("Headcount",)


def test_what_was_cleared_since_it_went_over_is_cleared_there_too() -> None:
    standing = {
        "staff": ["60"],
        "reasons": ["time", "cost"],
        "courses": ["1"],
        "courses.1.course": ["Basics"],
    }
    laid = lay_over(SHORT, WHOLE, {"staff": [""]}, standing)
    assert not any(any(texts) for texts in laid.values())


def test_an_entry_taken_away_since_does_not_come_back() -> None:
    standing = {"courses": ["2"], "courses.1.course": ["Basics"], "courses.2.course": ["Neglect"]}
    typed = {"courses": ["1"], "courses.1.course": ["Basics"]}
    laid = lay_over(SHORT, WHOLE, typed, standing)
    assert {name: texts for name, texts in laid.items() if any(texts)} == typed


def test_what_could_not_go_over_stays_as_it_stood() -> None:
    standing = {"heads": ["many"], "courses": ["1"], "courses.1.more": ["kept"]}
    assert lay_over(SHORT, WHOLE, {}, standing) == standing
