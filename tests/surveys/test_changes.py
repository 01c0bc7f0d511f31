"""What changed between two versions of a form is told question by question."""

from typing import Any

from surveys.forms.changes import Change, ChangeKind, compare_forms
from surveys.forms.form import Form
from tests.surveys.make import ask, choose, form, section

YES = choose("single", "heard", "yes", "no")


def _changes(old: Form, new: Form) -> set[tuple[ChangeKind, str, str]]:
    return {(one.kind, one.question, one.setting) for one in compare_forms(old, new)}


def _of(before: dict[str, Any], after: dict[str, Any]) -> set[tuple[ChangeKind, str, str]]:
    return _changes(form(YES, before), form(YES, after))


def test_the_same_form_under_another_version_has_not_changed() -> None:
    assert compare_forms(form(YES), form(YES, version=2)) == []


def test_a_question_that_came_or_went_is_told_by_its_words() -> None:
    [added] = compare_forms(form(YES), form(YES, ask("text", "why", label="Why not?")))
    assert (added.kind, added.question, added.now) == (ChangeKind.ADDED, "why", "Why not?")
    [gone] = compare_forms(form(YES, ask("text", "why", label="Why not?")), form(YES))
    assert (gone.kind, gone.question, gone.before) == (ChangeKind.GONE, "why", "Why not?")


def test_other_words_are_told_with_both() -> None:
    [change] = compare_forms(form(ask("text", "why")), form(ask("text", "why", label="Why so?")))
    assert change == Change(ChangeKind.REWORDED, "why", "label", "Why", "Why so?")
    assert str(change) == "why: reworded (label): “Why” is now “Why so?”"


def test_rules_kinds_and_limits_are_told_apart() -> None:
    plain, ruled = ask("integer", "n"), ask("integer", "n", relevant="${heard} = 'yes'")
    assert _of(plain, ruled) == {(ChangeKind.RULE, "n", "relevant")}
    assert _of(plain, ask("integer", "n", required=True)) == {(ChangeKind.RULE, "n", "required")}
    assert _of(plain, ask("integer", "n", maximum=10)) == {(ChangeKind.SETTING, "n", "maximum")}
    assert (ChangeKind.KIND, "n", "kind") in _of(plain, ask("decimal", "n"))


def test_choices_that_came_went_or_read_otherwise_are_told() -> None:
    old = form(choose("single", "q", "a", "b", "c"))
    new_choices = [{"value": "a", "label": "A"}, {"value": "b", "label": "Bee"}, {"value": "d", "label": "D"}]
    new = form(ask("single", "q", choices=new_choices))
    assert _changes(old, new) == {
        (ChangeKind.CHOICES, "q", "choice c"),
        (ChangeKind.REWORDED, "q", "choice b, label"),
        (ChangeKind.CHOICES, "q", "choice d"),
    }


def test_another_order_is_told_once() -> None:
    a, b, c = ask("text", "a"), ask("text", "b"), ask("text", "c")
    [moved] = compare_forms(form(a, b, c), form(c, a, b))
    assert (moved.kind, moved.question, moved.now) == (ChangeKind.MOVED, "c", "first")


def test_the_rule_of_a_section_is_a_rule_of_its_questions() -> None:
    plain = form(sections=[section("one", YES), section("two", ask("text", "why"))])
    ruled = form(
        sections=[section("one", YES), section("two", ask("text", "why"), relevant="${heard} = 'no'")]
    )
    [change] = compare_forms(plain, ruled)
    assert (change.kind, change.question) == (ChangeKind.RULE, "why")


def test_cells_of_a_repeat_and_settings_of_the_form_are_compared_too() -> None:
    def courses(label: str) -> dict[str, Any]:
        return ask("repeat", "courses", item="course", questions=[ask("text", "title", label=label)])

    found = compare_forms(form(courses("Title")), form(courses("What is it called?"), privacy="anonymous"))
    assert {(one.question, one.setting) for one in found} == {("title", "label"), ("", "privacy")}
