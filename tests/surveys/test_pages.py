"""A form laid out as pages of fields."""

from surveys.answering.answers import Problem
from surveys.paging.pages import Page, pages
from tests.surveys.make import ask, choose, form, section

FORM = form(
    sections=[
        section("share", choose("single", "shared", "all", "none", required=True), ask("text", "who")),
        section(
            "reach",
            ask("integer", "staff", prefill="acknowledge.staff", maximum=100_000),
            ask("integer", "reached", required=True),
            choose("multiple", "how", "email", "other"),
            ask("text", "how_other", relevant="selected(${how}, 'other')"),
            ask("note", "thanks"),
            intro="Roughly is fine.",
            relevant="${shared} = 'all'",
        ),
    ]
)
EARLIER = {"acknowledge": {"staff": 60}}


def _names(laid_out: list[Page]) -> list[list[str]]:
    return [[field.name for field in page.fields] for page in laid_out]


def test_a_question_waits_for_the_page_after_the_one_it_hangs_on() -> None:
    assert _names(pages(FORM, {})) == [["shared", "who"]]
    assert _names(pages(FORM, {"shared": ["none"]})) == [["shared", "who"]]
    assert _names(pages(FORM, {"shared": ["all"]}))[1] == ["staff", "reached", "how", "thanks"]
    opened = _names(pages(FORM, {"shared": ["all"], "how": ["other"]}))
    assert opened == [["shared", "who"], ["staff", "reached", "how", "thanks"], ["how_other"]]


def test_a_page_that_may_open_another_is_not_called_the_last() -> None:
    assert [page.is_last for page in pages(FORM, {})] == [False]
    assert [page.is_last for page in pages(FORM, {"shared": ["all"], "how": ["email"]})] == [False, False]
    assert [page.is_last for page in pages(FORM, {"shared": ["all"], "how": ["other"]})][-1]
    assert pages(form(ask("text", "only")), {})[0].is_last


def test_every_page_carries_what_the_others_hold() -> None:
    raw = {
        "shared": ["all"],
        "who": [""],
        "how": ["email", "other"],
        "how_other": ["post"],
        "stranger": ["x"],
    }
    first, second, third = pages(FORM, raw)
    assert first.carried == (("how", "email"), ("how", "other"), ("how_other", "post"))
    assert second.carried == (("shared", "all"), ("how_other", "post"))
    assert third.carried == (("shared", "all"), ("how", "email"), ("how", "other"))


def test_an_earlier_answer_is_the_start_until_somebody_types() -> None:
    fresh = pages(FORM, {"shared": ["all"]}, (), EARLIER)[1].fields
    assert [(field.value, field.prefilled) for field in fresh[:2]] == [("60", True), ("", False)]
    cleared = pages(FORM, {"shared": ["all"], "staff": [""], "reached": ["4"]}, (), EARLIER)[1].fields
    assert [(field.value, field.prefilled) for field in cleared[:2]] == [("", False), ("4", False)]


def test_an_earlier_answer_that_no_longer_fits_is_not_shown() -> None:
    odd = {"acknowledge": {"staff": 200_000}}
    assert pages(FORM, {"shared": ["all"]}, (), odd)[1].fields[0].value == ""


def test_a_problem_stands_at_its_field_beside_what_was_typed() -> None:
    raw = {"shared": ["all"], "reached": ["fo\x00rty"]}
    page = pages(FORM, raw, [Problem("reached", "Not a number")])[1]
    assert [(field.name, field.error, field.value) for field in page.errors] == [
        ("reached", "Not a number", "forty")
    ]


def test_a_field_says_all_that_a_surface_needs() -> None:
    page = pages(FORM, {"shared": ["all"]})[1]
    staff = page.fields[0]
    assert (page.number, page.title, page.intro) == (2, "Reach", "Roughly is fine.")
    assert (staff.kind, staff.inputmode, staff.width, staff.autocomplete) == ("integer", "numeric", 6, "off")


def test_a_page_keeps_its_name_while_its_own_answers_change() -> None:
    for how in (["email"], ["other"], []):
        assert pages(FORM, {"shared": ["all"], "how": how})[1].name == "staff"
