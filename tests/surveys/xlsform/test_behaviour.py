"""Forms read from workbooks behave as ODK documents that they do."""

from datetime import date

import pytest

from surveys.answering.answers import Problems, check
from surveys.paging.known import Known
from surveys.paging.pages import pages
from tests.surveys.xlsform.workbooks import (
    YES_NO,
    answers,
    choice,
    end,
    faults,
    form,
    problems,
    question,
    read,
    row,
)

PLACES = [
    choice("country", "uk", "United Kingdom"),
    choice("country", "fr", "France"),
    choice("city", "reading", country="uk"),
    choice("city", "leeds", country="uk"),
    choice("city", "lyon", country="fr"),
]


def test_a_question_that_is_not_relevant_is_not_asked_and_its_answer_is_dropped() -> None:
    asked = form(
        row("select_one yn", "pizza"),
        row("text", "topping", relevant="${pizza} = 'yes'", required="yes"),
        choices=YES_NO,
    )
    assert answers(asked, pizza="no", topping="cheese") == {"pizza": "no"}
    assert "topping" in problems(asked, pizza="yes")


def test_a_rule_over_several_choices_uses_selected() -> None:
    asked = form(
        row("select_multiple yn", "both"),
        row("note", "hm", "Both?", relevant="selected(${both}, 'yes') and selected(${both}, 'no')"),
        row("text", "why", relevant="count-selected(${both}) = 2"),
        choices=YES_NO,
    )
    assert "why" not in answers(asked, both="yes", why="x")
    assert answers(asked, both=["yes", "no"], why="x")["why"] == "x"


@pytest.mark.parametrize(("typed", "taken"), [("0", True), ("150", True), ("151", False), ("-1", False)])
def test_a_constraint_is_held_against_the_answer(typed: str, taken: bool) -> None:
    asked = form(row("integer", "age", constraint=". >= 0 and . <= 150", constraint_message="An age, please"))
    if taken:
        assert answers(asked, age=typed) == {"age": int(typed)}
    else:
        assert problems(asked, age=typed) == {"age": "An age, please"}


def test_a_constraint_leaves_an_empty_answer_alone() -> None:
    assert answers(form(row("integer", "age", constraint=". > 18"))) == {}


def test_a_constraint_message_names_the_other_answer() -> None:
    asked = form(
        row("integer", "All_staff"),
        row(
            "integer",
            "trained",
            constraint=". <= ${All_staff}",
            constraint_message="At most ${All_staff} can be trained",
        ),
    )
    assert problems(asked, all_staff="40", trained="45") == {"trained": "At most 40 can be trained"}


def test_a_regular_expression_must_match_as_a_whole() -> None:
    asked = form(row("text", "postcode", constraint="regex(., '[A-Z]{1,2}[0-9]{1,2} [0-9][A-Z]{2}')"))
    assert answers(asked, postcode="RG1 1AA") == {"postcode": "RG1 1AA"}
    assert problems(asked, postcode="at RG1 1AA in Reading")


def test_dates_are_compared_as_days() -> None:
    asked = form(
        row("date", "begun", constraint=". <= today() and . >= date('2020-01-01')"),
        row("date", "ended", constraint=". >= ${begun}"),
    )
    today = date(2026, 11, 3)
    late = check(asked, {"begun": ["2026-11-04"]}, today)
    assert isinstance(late, Problems)
    assert not isinstance(check(asked, {"begun": ["2026-11-03"], "ended": ["2026-11-03"]}, today), Problems)
    assert isinstance(check(asked, {"begun": ["2026-11-03"], "ended": ["2026-11-02"]}, today), Problems)


def test_a_cascade_offers_the_choices_of_what_was_chosen_before() -> None:
    asked = form(
        row("select_one country", "country"),
        row("select_one city", "city", choice_filter="country = ${country}"),
        choices=PLACES,
    )
    assert answers(asked, country="uk", city="leeds") == {"country": "uk", "city": "leeds"}
    assert "city" in problems(asked, country="uk", city="lyon")
    known = Known(asked, {"country": "fr"})
    assert [one.value for one in known.narrow(asked.questions["city"]).choices] == ["lyon"]  # type: ignore[attr-defined]


def test_a_calculation_works_out_and_serves_other_rules() -> None:
    asked = form(
        row("integer", "bill"),
        row("calculate", "tip", calculation="round(${bill} * 0.18, 2)"),
        row("decimal", "total", calculation="${bill} + ${tip}", read_only="yes"),
        row("text", "why", relevant="${total} > 50"),
    )
    found = answers(asked, bill="44", why="a feast")
    assert (found["tip"], found["total"], found["why"]) == (7.92, 51.92, "a feast")
    assert "why" not in answers(asked, bill="10", why="a feast")


def test_a_calculation_without_a_label_is_never_shown() -> None:
    wordless = {"type": "integer", "name": "d", "calculation": "${a} * 2"}
    asked = form(
        row("integer", "a"), row("calculate", "b", calculation="${a} + 1"), row("text", "c"), wordless
    )
    assert answers(asked, a="2") == {"a": 2, "b": 3, "d": 4}
    assert [field.name for page in pages(asked, {}) for field in page.fields] == ["a", "c"]


def test_an_empty_number_makes_a_comparison_false() -> None:
    asked = form(
        row("integer", "n"),
        row("text", "low", relevant="${n} < 5"),
        row("text", "other", relevant="not(${n} < 5)"),
    )
    assert answers(asked, low="x", other="y") == {"other": "y"}


def test_if_and_coalesce_choose_among_texts() -> None:
    asked = form(
        row("integer", "n"),
        row("text", "called"),
        row("text", "size", calculation="if(${n} > 10, 'big', 'small')", read_only="yes"),
        row("text", "name", calculation="coalesce(${called}, 'nobody')", read_only="yes"),
    )
    assert answers(asked, n="11") == {"n": 11, "size": "big", "name": "nobody"}


def test_a_repeat_is_summed_and_counted_from_outside() -> None:
    asked = form(
        row("begin_repeat", "child", "Child"),
        row("integer", "age"),
        row("text", "school", relevant="${age} > 4"),
        end("repeat"),
        row("calculate", "children", calculation="count(${child})"),
        row("calculate", "years", calculation="sum(${age})"),
        row("calculate", "oldest", calculation="max(${age})"),
    )
    found = answers(
        asked, child="2", child__1__age="3", child__1__school="x", child__2__age="9", child__2__school="y"
    )
    assert found["child"] == {"1": {"age": 3}, "2": {"age": 9, "school": "y"}}
    assert (found["children"], found["years"], found["oldest"]) == (2, 12, 9)


def test_a_counted_repeat_has_as_many_entries_as_the_count_says() -> None:
    asked = form(
        row("integer", "how_many"),
        row("begin_repeat", "child", "Child", repeat_count="${how_many}"),
        row("text", "called"),
        end("repeat"),
    )
    found = answers(asked, how_many="2", child__1__called="A", child__2__called="B", child__3__called="C")
    assert found["child"] == {"1": {"called": "A"}, "2": {"called": "B"}}


def test_a_count_may_be_an_expression() -> None:
    asked = form(
        row("integer", "n"),
        row("begin_repeat", "visit", "Visit", repeat_count="${n} + 1"),
        row("text", "where"),
        end("repeat"),
    )
    names = [page.name for page in pages(asked, {"n": ["1"]})]
    assert [name for name in names if name.startswith("visit.")] == ["visit.1", "visit.2"]


def test_groups_in_a_repeat_keep_their_rule() -> None:
    asked = form(
        row("begin_repeat", "person", "Person"),
        row("integer", "age"),
        row("begin_group", "grown", "Grown-ups", relevant="${age} >= 18"),
        row("text", "job", relevant="${age} < 67"),
        end("group"),
        end("repeat"),
    )
    found = answers(
        asked, person="2", person__1__age="12", person__1__job="x", person__2__age="40", person__2__job="y"
    )
    assert found["person"] == {"1": {"age": 12}, "2": {"age": 40, "job": "y"}}


def test_a_position_tells_the_entry() -> None:
    asked = form(
        row("begin_repeat", "item", "Item"),
        row("text", "what"),
        row("calculate", "number", calculation="position(..)"),
        end("repeat"),
    )
    found = answers(asked, item="2", item__1__what="a", item__2__what="b")
    assert [line["number"] for line in found["item"].values()] == [1, 2]


def test_texts_name_answers_given_before() -> None:
    asked = form(row("text", "Called"), row("text", "how", "How is ${Called}?"))
    [field] = [
        field for page in pages(asked, {"called": ["Robin"]}) for field in page.fields if field.name == "how"
    ]
    assert field.label == "How is Robin?"


def test_texts_name_the_answer_of_last_time() -> None:
    asked = form(row("integer", "Staff", "How many now? Last time: ${last-saved#Staff}"))
    [page] = pages(asked, {}, earlier={"last-saved": {"staff": 40}})
    assert page.fields[0].label == "How many now? Last time: 40"


def test_texts_in_a_repeat_name_answers_of_the_same_entry() -> None:
    asked = form(
        row("begin_repeat", "child", "Child"),
        row("text", "Called"),
        row(
            "integer",
            "age",
            "How old is ${Called}?",
            constraint=". < 18",
            constraint_message="${Called} is grown up",
        ),
        end("repeat"),
    )
    typed = {"child": ["2"], "child.1.called": ["Ash"], "child.2.called": ["Rowan"]}
    labels = {field.name: field.label for page in pages(asked, typed) for field in page.fields}
    assert labels["child.2.age"] == "How old is Rowan?"
    told = problems(asked, child="1", child__1__called="Ash", child__1__age="40")
    assert told == {"child.1.age": "Ash is grown up"}


def test_the_answer_of_last_time_can_be_looked_at() -> None:
    asked = form(row("integer", "staff", constraint=". >= ${last-saved#staff}"))
    earlier = {"last-saved": {"staff": 40}}
    assert isinstance(check(asked, {"staff": ["39"]}, None, earlier), Problems)
    assert not isinstance(check(asked, {"staff": ["40"]}, None, earlier), Problems)


def test_names_of_any_letters_are_made_ours_everywhere() -> None:
    found = read(
        row("select_one Yes.No", "Q-One.A"),
        row("text", "AndWhy", relevant="${Q-One.A} = 'Quite so!'"),
        choices=[choice("Yes.No", "Quite so!"), choice("Yes.No", "_no")],
    )
    first, second = found.form["sections"][0]["questions"]
    assert (first["name"], second["name"]) == ("q_one_a", "and_why")
    assert [each["value"] for each in first["choices"]] == ["Quite_so_", "no"]
    assert second["relevant"] == "${q_one_a} = 'Quite_so_'"
    assert {(warning.sheet, warning.row) for warning in found.warnings} == {
        ("survey", 2),
        ("survey", 3),
        ("choices", 2),
        ("choices", 3),
    }


def test_two_names_that_become_one_are_told_apart() -> None:
    asked = form(
        row("integer", "Age"), row("integer", "age"), row("calculate", "sum", calculation="${Age} - ${age}")
    )
    assert list(asked.questions) == ["age", "age_2", "sum"]
    assert answers(asked, age="5", age_2="3")["sum"] == 2


def test_a_name_that_pages_need_for_themselves_is_changed() -> None:
    asked = form(row("text", "page"), row("text", "why", relevant="${page} = 'x'"))
    assert list(asked.questions) == ["page_2", "why"]
    assert answers(asked, page_2="x", why="y") == {"page_2": "x", "why": "y"}


def test_todays_date_stands_in_for_the_one_odk_records() -> None:
    asked = question(row("today", "today"), row("date", "d", constraint=". <= ${today}"))
    assert asked["constraint"] == ". <= today()"
    [fault] = faults(row("start", "begun"), row("text", "q", relevant="${begun} != ''"))
    assert (fault.row, fault.column) == (3, "relevant")
