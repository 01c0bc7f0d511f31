"""One language stays in the form; every other becomes a translation that somebody has still to sign."""

from surveys.forms.form import Form
from surveys.tongues.translation import Translation, missing, translate
from surveys.xlsform.reading import ReadForm, read_xlsform
from tests.surveys.xlsform.workbooks import faults, read, workbook

EN, PL, UR = "label::English (en)", "label::Polski (pl)", "label::اردو (ur)"


def _bilingual(**settings: str) -> ReadForm:
    return read(
        {
            "type": "select_one yn",
            "name": "safe",
            EN: "Do you feel safe?",
            PL: "Czy czujesz się bezpiecznie?",
            "hint::English (en)": "At home.",
            "hint::Polski (pl)": "W domu.",
            "required": "yes",
            "required_message::English (en)": "Choose one",
            "required_message::Polski (pl)": "Wybierz jedną",
        },
        {"type": "note", "name": "end", EN: "Thank you", PL: "Dziękujemy"},
        choices=[
            {"list_name": "yn", "name": "yes", EN: "Yes", PL: "Tak"},
            {"list_name": "yn", "name": "no", EN: "No", PL: "Nie"},
        ],
        settings={"form_title": "Safety", "form_id": "safety", "version": 3, **settings},
    )


def test_every_text_of_another_language_is_kept_by_its_english() -> None:
    found = _bilingual()
    [told] = [Translation.from_json(one) for one in found.translations]
    assert (told.form, told.version, told.language, told.state) == ("safety", 3, "pl", "draft")
    assert told.texts == {
        "Do you feel safe?": "Czy czujesz się bezpiecznie?",
        "At home.": "W domu.",
        "Choose one": "Wybierz jedną",
        "Thank you": "Dziękujemy",
        "Yes": "Tak",
        "No": "Nie",
    }
    form = Form.from_json(found.form)
    polish = translate(form, told)
    assert polish.questions["safe"].label == "Czy czujesz się bezpiecznie?"
    assert set(missing(form, told)) == {"Safety", form.notice}


def test_the_settings_say_which_language_the_form_is_written_in() -> None:
    found = _bilingual(default_language="Polski (pl)")
    assert found.form["language"] == "pl"
    [told] = found.translations
    assert (told["language"], told["texts"]["Tak"]) == ("en", "Yes")


def test_a_column_without_a_language_is_english() -> None:
    found = read({"type": "text", "name": "q", "label": "Why?", UR: "کیوں؟"})
    assert found.form["language"] == "en"
    assert found.translations[0]["texts"] == {"Why?": "کیوں؟"}


def test_one_text_with_two_translations_is_refused_with_both_rows() -> None:
    found = faults(
        {"type": "text", "name": "a", EN: "Other", PL: "Inny"},
        {"type": "text", "name": "b", EN: "Other", PL: "Inna"},
        {"type": "text", "name": "c", EN: "Other", PL: "inny"},
    )
    [fault] = found
    assert (fault.sheet, fault.row, fault.column) == ("survey", 3, EN)
    assert "“Inna” in Polski (pl) here, “Inny” in survey row 2" in fault.what


def test_a_text_that_is_only_in_another_language_is_asked_for() -> None:
    [fault] = faults(
        {"type": "text", "name": "a", EN: "Why?", PL: "Dlaczego?"},
        {"type": "text", "name": "b", PL: "Kiedy?"},
    )
    assert (fault.row, fault.column) == (3, EN)


def test_a_language_that_nobody_can_name_is_left_out_and_that_is_said() -> None:
    found = read({"type": "text", "name": "a", EN: "Why?", "label::Klingon": "qatlh"})
    assert not found.translations
    [warning] = [one for one in found.warnings if "Klingon" in one.column]
    assert (warning.sheet, warning.letter) == ("survey", "D")


def test_a_form_may_use_the_older_single_colon() -> None:
    found = read({"type": "text", "name": "a", "label:English": "Why?", "label:French": "Pourquoi ?"})
    assert [(one["language"], one["texts"]) for one in found.translations] == [("fr", {"Why?": "Pourquoi ?"})]


def test_names_in_braces_stay_in_every_language() -> None:
    found = read(
        {"type": "text", "name": "Who", EN: "Who?", PL: "Kto?"},
        {"type": "text", "name": "how", EN: "How is ${Who}?", PL: "Jak się ma ${Who}?"},
    )
    assert found.translations[0]["texts"]["How is {who}?"] == "Jak się ma {who}?"


def test_right_to_left_texts_are_read_as_they_are() -> None:
    content = workbook({"type": "text", "name": "q", "label::اردو (ur)": "کیوں؟"})
    found = read_xlsform(content, "urdu.xlsx")
    assert isinstance(found, ReadForm)
    assert (found.form["language"], found.form["sections"][0]["questions"][0]["label"]) == ("ur", "کیوں؟")
