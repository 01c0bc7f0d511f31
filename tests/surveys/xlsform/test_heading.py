"""The settings sheet names the form and says how it is to be asked."""

import pytest

from surveys.forms.families import NOTICE as FAMILY_NOTICE
from surveys.phrases import phrases
from surveys.xlsform.heading import NOTICE
from tests.surveys.xlsform.workbooks import end, faults, form, read, row

FAMILY = {"form_title": "Help", "audience": "family", "consent": "You choose."}


def test_a_form_without_settings_is_named_by_its_file() -> None:
    head = read(row("text", "a")).form
    assert (head["key"], head["version"], head["title"], head["language"]) == ("sample", 1, "sample", "en")
    assert (head["notice"], head["minutes"]) == (NOTICE, 1)


def test_the_settings_of_odk_and_of_ours_are_taken() -> None:
    head = read(
        row("text", "a"),
        settings={
            "form_title": "Was it helpful?",
            "form_id": "Helpful-2026",
            "version": 12,
            "purpose": "The Board wants to know what helps.",
            "minutes": 4,
            "privacy": "anonymous",
            "audience": "family",
            "pace": "question",
            "notice": "Please write no names. In danger, ring 999.",
            "consent": "You choose.",
            "intro": "Thank you for helping.",
            "ages": "8-11",
        },
    ).form
    assert head["key"] == "helpful_2026"
    assert (head["version"], head["minutes"], head["ages"]) == (12, 4, {"from": 8, "to": 11})
    assert (head["privacy"], head["audience"], head["pace"]) == ("anonymous", "family", "question")
    assert (head["notice"], head["consent"]) == ("Please write no names. In danger, ring 999.", "You choose.")


def test_what_odk_would_do_and_we_do_not_is_said() -> None:
    found = read(
        row("text", "a"),
        settings={"submission_url": "https://forms.example", "public_key": "MIIB", "version": "2024091201-3"},
    )
    told = {warning.column: warning.what for warning in found.warnings}
    assert told.keys() == {"submission_url", "public_key", "version"}
    assert found.form["version"] == 1


def test_minutes_are_guessed_from_the_number_of_questions() -> None:
    assert read(*(row("integer", f"n{number}") for number in range(20))).form["minutes"] == 5


@pytest.mark.parametrize("audience", ["family", "child"])
def test_a_form_for_families_begins_with_their_notice_no_name_and_a_question_a_page(audience: str) -> None:
    asked = form(row("text", "why"), settings=FAMILY | {"audience": audience, "ages": "8-11"})
    assert (asked.notice, asked.privacy, asked.pace) == (FAMILY_NOTICE, "anonymous", "question")


def test_the_families_notice_comes_in_every_language_of_the_workbook() -> None:
    found = read(row("text", "why", **{"label::Polski (pl)": "Dlaczego?"}), settings=FAMILY)
    [polish] = found.translations
    assert polish["texts"] == {FAMILY_NOTICE: phrases("pl")[FAMILY_NOTICE], "Why": "Dlaczego?"}
    alone = read(
        {"type": "text", "name": "why", "label::Polski (pl)": "Dlaczego?"},
        settings=FAMILY | {"default_language": "Polski (pl)"},
    )
    assert alone.form["notice"] == phrases("pl")[FAMILY_NOTICE]


@pytest.mark.parametrize(
    ("settings", "column"),
    [
        ({"consent": ""}, "consent"),
        ({"privacy": "named"}, "privacy"),
        ({"layout": "tasks"}, "layout"),
        ({"audience": "child"}, "ages"),
        ({"notice": "Please name nobody."}, "notice"),
    ],
)
def test_what_families_need_is_asked_for_in_its_column(settings: dict[str, str], column: str) -> None:
    [fault] = faults(row("text", "why"), settings=FAMILY | settings)
    assert (fault.sheet, fault.row, fault.column) == ("settings", 2, column)


def test_a_file_for_families_is_refused_at_its_row() -> None:
    [fault] = faults(row("text", "why"), row("image", "photo"), settings=FAMILY)
    assert (fault.sheet, fault.row, fault.column) == ("survey", 3, "type")


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([row("begin_repeat", "visits"), row("text", "why")], 2),
        ([row("text", "a"), row("begin_group", "reach"), row("text", "why")], 3),
        ([row("text", "why"), end("group")], 3),
        ([row("begin_group", "g"), row("text", "why"), end("repeat")], 4),
    ],
)
def test_a_group_that_is_not_closed_is_named_by_its_row_once(rows: list[dict[str, str]], at: int) -> None:
    [fault] = faults(*rows)
    assert (fault.sheet, fault.row) == ("survey", at)
