"""The same few questions for each of several lines."""

import pytest

from surveys.answering.answers import Answers, Problems, check
from surveys.answering.reading import tell
from surveys.errors import FormError
from surveys.paging.journey import advance
from surveys.paging.pages import Page, pages
from tests.surveys.make import ask, choose, form, matrix, names, refuse, spread, take

GROUPS = form(
    ask("integer", "staff", required=True),
    matrix(
        "groups",
        "g1 g2",
        ask("integer", "heads", required=True, short="Headcount"),
        choose("single", "level", "l1", "l2", required="${heads} > 0", missing="Choose the level they need"),
        ask(
            "integer",
            "trained",
            required="${heads} > 0",
            constraint=". <= ${heads}",
            constraint_message="{title} cannot be more than the headcount ({heads})",
        ),
        ask("date", "last"),
        constraint="sum(${heads}) <= ${staff}",
        constraint_message="More than all {staff} staff",
    ),
    ask(
        "text",
        "why",
        relevant="sum(${trained}) < sum(${heads})",
        required=True,
    ),
)
WHOLE = {
    "staff": "30",
    "groups.g1.heads": "20",
    "groups.g1.level": "l1",
    "groups.g1.trained": "20",
    "groups.g1.last-day": "3",
    "groups.g1.last-month": "11",
    "groups.g1.last-year": "2026",
    "groups.g2.heads": "0",
}


def test_every_cell_is_kept_in_its_line() -> None:
    assert take(GROUPS, WHOLE) == {
        "staff": 30,
        "groups": {
            "g1": {"heads": 20, "level": "l1", "trained": 20, "last": "2026-11-03"},
            "g2": {"heads": 0},
        },
    }


def test_a_cell_is_missed_in_its_own_line_alone() -> None:
    assert refuse(GROUPS, WHOLE | {"groups.g2.heads": ""}) == [
        ("groups.g2.heads", "Please give a number for: Headcount")
    ]


def test_a_rule_says_in_which_lines_a_cell_is_required() -> None:
    assert refuse(GROUPS, WHOLE | {"groups.g2.heads": "5"}) == [
        ("groups.g2.level", "Choose the level they need"),
        ("groups.g2.trained", "Please give a number for: Trained"),
        ("why", "Please answer: Why"),
    ]


def test_columns_are_compared_within_their_line() -> None:
    typed = WHOLE | {"groups.g2.heads": "5", "groups.g2.level": "l2", "groups.g2.trained": "6"}
    assert refuse(GROUPS, typed) == [("groups.g2.trained", "Trained cannot be more than the headcount (5)")]


def test_a_rule_outside_looks_at_all_lines_together() -> None:
    assert refuse(GROUPS, WHOLE | {"groups.g1.trained": "19"}) == [("why", "Please answer: Why")]


def test_a_rule_of_the_table_itself_is_told_at_the_table() -> None:
    assert refuse(GROUPS, WHOLE | {"staff": "19"}) == [("groups", "More than all 19 staff")]
    page = advance(GROUPS, spread(WHOLE | {"staff": "19"}), "groups")
    assert isinstance(page, Page)
    assert [field.error for field in page.errors] == ["More than all 19 staff"]


def test_a_rule_waits_until_the_answers_it_looks_at_can_be_read() -> None:
    assert refuse(GROUPS, WHOLE | {"groups.g1.heads": "many", "staff": "1"}) == [
        ("groups.g1.heads", "Headcount must be a whole number, like 45")
    ]


def test_problems_come_in_the_order_of_lines_and_columns() -> None:
    typed = WHOLE | {
        "staff": "",
        "groups.g1.trained": "21",
        "groups.g1.last-day": "32",
        "groups.g2.heads": "x",
    }
    assert [where for where, _ in refuse(GROUPS, typed)] == [
        "staff",
        "groups.g1.trained",
        "groups.g1.last",
        "groups.g2.heads",
    ]


def test_a_matrix_has_a_page_of_its_own_with_a_field_for_every_cell() -> None:
    laid_out = pages(GROUPS, spread(WHOLE | {"groups.g2.heads": "x"}))
    assert [names(page) for page in laid_out] == [["staff"], ["groups"]]
    (field,) = laid_out[1].fields
    assert [(line.key, line.label) for line in field.lines] == [("g1", "G1"), ("g2", "G2")]
    heads, level, _, last = field.lines[0].fields
    assert (heads.name, heads.id, heads.value) == ("groups.g1.heads", "groups.g1.heads", "20")
    assert [(option.id, option.checked) for option in level.options] == [
        ("groups.g1.level", True),
        ("groups.g1.level-2", False),
    ]
    assert (last.boxes[0].name, last.boxes[0].value) == ("groups.g1.last-day", "3")
    assert last.id == "groups.g1.last-day"
    assert field.lines[1].fields[0].value == "x"
    assert laid_out[1].carried == (("staff", "30"),)


def test_errors_stand_at_their_cells_and_in_the_summary() -> None:
    page = advance(GROUPS, spread(WHOLE | {"groups.g2.heads": ""}), "groups")
    assert isinstance(page, Page)
    assert [(field.id, field.error) for field in page.errors] == [
        ("groups.g2.heads", "Please give a number for: Headcount")
    ]


def test_a_cell_is_shown_as_required_where_its_rule_says_so() -> None:
    _, page = pages(GROUPS, spread(WHOLE))
    assert [line.fields[1].required for line in page.fields[0].lines] == [True, False]


@pytest.mark.parametrize(
    "name",
    [
        "groups",
        "groups.zz.heads",
        "groups.g1",
        "groups.g1.",
        "groups.g1.zz",
        "groups..heads",
        "groups.g1.heads.x",
    ],
)
def test_fields_that_are_no_cells_are_ignored(name: str) -> None:
    assert not GROUPS.owns(name)
    assert take(GROUPS, WHOLE | {name: "9"}) == take(GROUPS, WHOLE)


def test_lines_are_told_by_their_labels() -> None:
    told = tell(GROUPS, Answers("sample", 1, take(GROUPS, WHOLE)))
    assert told[1] == ("Groups: G1", "Headcount: 20; Level: L1; Trained: 20; Last: 3 November 2026")


def test_a_default_stands_in_each_cell_until_somebody_types() -> None:
    asked = form(matrix("m", "a b", ask("integer", "n", default="0")))
    fresh = pages(asked, {})[0].fields[0]
    assert [line.fields[0].value for line in fresh.lines] == ["0", "0"]
    touched = pages(asked, {"m.a.n": [""]})[0].fields[0]
    assert [line.fields[0].value for line in touched.lines] == ["", ""]


@pytest.mark.parametrize(
    ("settings", "column", "said"),
    [
        ({}, ask("integer", "n", relevant="${first} = 1"), 'column "n" cannot be relevant now and then'),
        ({"required": True}, ask("integer", "n"), "a matrix cannot be required"),
        ({"default": "1"}, ask("integer", "n"), "a table starts from nothing"),
        ({}, matrix("inner", "a", ask("integer", "n")), "Input tag 'matrix'"),
        ({}, ask("integer", "first"), "question first: another question has this name"),
        (
            {},
            choose("single", "n", "a", choice_filter="name = ${first}"),
            "looks at another column, which is on the same page",
        ),
    ],
)
def test_a_matrix_that_cannot_work_is_refused(
    settings: dict[str, object], column: dict[str, object], said: str
) -> None:
    with pytest.raises(FormError, match=said):
        form(matrix("m", "a b", ask("integer", "first"), column, **settings))


def test_lines_of_the_same_value_are_refused() -> None:
    with pytest.raises(FormError, match="two lines have the same value"):
        form(matrix("m", "a a", ask("integer", "n")))


def test_a_list_of_errors_tells_the_line_that_each_is_in() -> None:
    raw = spread(WHOLE | {"groups.g1.trained": "21", "groups.g2.trained": "1"})
    found = check(GROUPS, raw)
    assert isinstance(found, Problems)
    [page] = [page for page in pages(GROUPS, raw, found) if page.errors]
    assert [one["text"] for one in page.summary()] == [
        "G1: Trained cannot be more than the headcount (20)",
        "G2: Trained cannot be more than the headcount (0)",
    ]
    assert [one["href"] for one in page.summary()] == ["#groups.g1.trained", "#groups.g2.trained"]
