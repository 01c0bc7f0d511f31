"""The settings sheet names the form and says how it is to be asked."""

from surveys.xlsform.heading import NOTICE
from tests.surveys.xlsform.workbooks import read, row


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
            "notice": "Please write no names.",
            "consent": "You choose.",
            "intro": "Thank you for helping.",
            "ages": "8-11",
        },
    ).form
    assert head["key"] == "helpful_2026"
    assert (head["version"], head["minutes"], head["ages"]) == (12, 4, {"from": 8, "to": 11})
    assert (head["privacy"], head["audience"], head["pace"]) == ("anonymous", "family", "question")
    assert (head["notice"], head["consent"]) == ("Please write no names.", "You choose.")


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
