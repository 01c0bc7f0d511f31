from collections.abc import Mapping
from datetime import date

import pytest

from surveys.answering.answers import Answers, check
from surveys.forms.form import Form
from surveys.open.opening import Unsigned, leave_out_boxes, takes_words, why_not_ready, why_not_spoken

NOTICE = "We don't read this straight away. In danger, ring 999."
QUESTIONS = [
    {"kind": "yes_no", "name": "listened", "label": "Did they listen?"},
    {"kind": "long_text", "name": "why", "label": "Why?", "relevant": "${listened} = 'no'"},
    {"kind": "yes_no", "name": "share", "label": "May we share it?", "relevant": "${why} != ''"},
    {"kind": "yes_no", "name": "again", "label": "Would you ask again?"},
]


def form(audience: str = "family") -> Form:
    return Form.from_json(
        {
            "key": "s6",
            "version": 1,
            "title": "Family feedback",
            "purpose": "So that the next family is helped better.",
            "minutes": 5,
            "privacy": "anonymous",
            "audience": audience,
            "pace": "question",
            "ages": {"from": 8, "to": 11},
            "consent": "You choose.",
            "notice": NOTICE,
            "sections": [
                {"name": "help", "title": "The help", "questions": QUESTIONS},
                {
                    "name": "last",
                    "title": "Last",
                    "questions": [{"kind": "text", "name": "else", "label": "Anything else?"}],
                },
            ],
        }
    )


def refused(**changed: object) -> list[str]:
    facts: dict[str, object] = {
        "next_day": date(2026, 10, 13),
        "on_duty": 2,
        "has_front_door": True,
        "unchecked_helplines": {},
    }
    return why_not_ready(**(facts | changed))  # type: ignore[arg-type]


def test_a_survey_opens_when_somebody_reads_it_and_every_number_was_rung() -> None:
    assert refused() == []
    assert why_not_spoken([]) == ""


@pytest.mark.parametrize(("on_duty", "who"), [(0, "nobody is"), (1, "only one of two reviewers is")])
def test_nothing_opens_for_families_while_fewer_than_two_are_on_duty(on_duty: int, who: str) -> None:
    [told] = refused(on_duty=on_duty)
    assert f"{who} on duty on the next working day, 13/10/2026" in told
    assert told.splitlines()[1:] == ["cascade duty EMAIL --name NAME --from 2026-10-13"]


def test_without_the_boards_own_number_it_stays_shut() -> None:
    [told] = refused(has_front_door=False)
    assert told.splitlines()[1:] == [
        "cascade helplines set front_door --number NUMBER --name NAME",
        "cascade helplines check front_door",
    ]


def test_a_number_that_was_not_rung_keeps_the_survey_shut_and_is_named() -> None:
    [told] = refused(unchecked_helplines={"samaritans": "Samaritans", "childline": "Childline"})
    assert "not checked within the last 90 days: Childline and Samaritans." in told
    assert told.splitlines()[1:] == ["cascade helplines check childline samaritans"]


def test_every_reason_is_told_by_itself() -> None:
    unrung = {"childline": "Childline"}
    assert len(refused(on_duty=1, has_front_door=False, unchecked_helplines=unrung)) == 3


def test_what_nobody_signed_is_told_once_with_its_commands_in_order() -> None:
    unsigned = [Unsigned("pages", "pl", False), Unsigned("s6", "pl", True), Unsigned("s6", "ur", True)]
    said, *commands = why_not_spoken(unsigned).splitlines()
    assert "the translation into Polski (pl) and اردو (ur)" in said
    assert commands == [
        "cascade form texts pages --language pl --out pages-pl.xlsx",
        "cascade form translate pages-pl.xlsx --language pl",
        "cascade form sign-off pages --language pl --texts MARK",
        "cascade form texts s6 --language pl --out s6-pl.xlsx",
        "cascade form sign-off s6 --language pl --texts MARK",
        "cascade form texts s6 --language ur --out s6-ur.xlsx",
        "cascade form sign-off s6 --language ur --texts MARK",
    ]


def test_boxes_are_shown_only_in_languages_that_somebody_reads() -> None:
    assert takes_words("en", [])
    assert takes_words("en-x-easy", [])
    assert not takes_words("ur", [])
    assert not takes_words("ur", ["pl"])
    assert takes_words("ur", ["ur"])
    assert takes_words("pt-BR", ["pt"])


def test_without_a_reader_the_boxes_go_and_with_them_what_hangs_on_them() -> None:
    boxless = leave_out_boxes(form())
    assert boxless is not None
    assert list(boxless.questions) == ["listened", "again"]
    assert [section.name for section in boxless.sections] == ["help"]


def test_what_is_answered_without_boxes_is_an_answer_to_the_whole_form() -> None:
    typed = {"listened": ["no"], "again": ["yes"], "why": ["written all the same"]}
    boxless = leave_out_boxes(form())
    assert boxless is not None
    checked = check(boxless, typed)
    assert isinstance(checked, Answers)
    assert checked.values == {"listened": "no", "again": "yes"}
    whole = check(form(), {"listened": ["no"], "again": ["yes"]})
    assert isinstance(whole, Answers)
    assert whole.values == checked.values


def asked(*questions: Mapping[str, object]) -> Form:
    """A form of one section."""
    written = form().to_json() | {"sections": [{"name": "one", "title": "One", "questions": list(questions)}]}
    return Form.from_json(written)


BOX = {"kind": "long_text", "name": "why", "label": "Why?"}


def test_what_puts_typed_words_into_its_own_goes_with_the_box() -> None:
    said = {"kind": "yes_no", "name": "sure", "label": "You wrote: {why}. Is that right?"}
    hint = {"kind": "yes_no", "name": "still", "label": "Is it still so?", "hint": "You wrote: {why}."}
    hanging = {"kind": "yes_no", "name": "since", "label": "Since long?", "relevant": "${sure} = 'yes'"}
    boxless = leave_out_boxes(asked(*QUESTIONS[:1], BOX, said, hint, hanging))
    assert boxless is not None
    assert list(boxless.questions) == ["listened"]


def test_of_nothing_but_boxes_nothing_is_left_to_ask() -> None:
    note = {"kind": "note", "name": "hello", "label": "Please write what you think."}
    assert leave_out_boxes(asked(note, BOX)) is None
    hanging = {"kind": "yes_no", "name": "share", "label": "May we share it?", "relevant": "${why} != ''"}
    assert leave_out_boxes(asked(BOX, hanging)) is None
