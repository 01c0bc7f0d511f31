"""The words of the shipped forms for staff: plain, short, blaming nobody, and honest about time and names."""

import json
import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

import pytest

from surveys import library
from surveys.forms.form import Form
from surveys.paging.known import Earlier
from surveys.paging.sifting import sift
from tests.surveys.library.typed import typed

TODAY = date(2026, 11, 2)
NOTICE = "Please do not name or describe any child, family or individual worker."
NAMES = "Only name people who know that you are naming them."
MILESTONES = ["acknowledge", "author", "chronology", "draft", "final", "learning_event", "action_plan"]
REPORTS = [f"report_{each}" for each in (*MILESTONES, "rapid", "quality")]
SURVEYS = ["s1", "s2", "s3_before", "s3_day", "s4", "manager_confirmation"]
OTHERS = "acknowledge bulletin cascade tna tna_short section11 section175 assurance action_evidence"
CATALOGUE = (
    "report_reference nomination counts contact_card inspection_outcome audit_summary dashboard tell_us"
)
FORMS = [*OTHERS.split(), *CATALOGUE.split(), *REPORTS, *SURVEYS]
ANONYMOUS, CODED = {"s1", "s2"}, {"s3_before", "s3_day", "s4", "manager_confirmation"}
#: What somebody else fills in when a page is drawn.
REQUEST = {"review", "period", "lines", "author_rules", "template", "route", "support"}
FILLED = REQUEST | {"lesson", "agency", "course", "contact", "board", "front_door", "item_1", "item_2",
                    "message_right", "message_wrong_1", "message_wrong_2", "message_wrong_3"}  # fmt: skip
BLAME = re.compile(
    r"\b(?:fail\w*|non-?complian\w*|offend\w*|blam\w*|poor|neglected to|fault)\b", re.IGNORECASE
)
READ = {"title", "label", "hint", "intro", "purpose", "notice", "missing", "constraint_message", "item"}
LONGEST_ANSWERS: list[tuple[str, str, Earlier]] = [
    ("s1", "supervises=no heard=well used=yes", {}),
    ("s1", "supervises=yes covered=group may_contact=yes", {}),
    ("s2", "covered=group may_contact=yes", {}),
    ("s3_before", "", {}),
    ("s3_day", "access_met=no", {}),
    ("s4", "changed=a_lot passed_on=yes", {"s3_day": {"pledge": "Ring the nurse"}}),
    ("manager_confirmation", "change_seen=clear", {}),
]
EACH = pytest.mark.parametrize("form", [library.load(key) for key in FORMS], ids=FORMS)


def words_of(part: object, setting: str = "") -> Iterator[tuple[str, str]]:
    """Every text that somebody reads, with the setting it stands in."""
    match part:
        case dict():
            for name, each in part.items():
                yield from words_of(each, str(name))
        case list():
            for each in part:
                yield from words_of(each, setting)
        case str() if setting in READ:
            yield setting, part


@EACH
def test_a_shipped_file_is_the_whole_form(form: Form) -> None:
    written = json.loads((files("surveys.library") / f"{form.key}-{form.version}.json").read_text("utf-8"))
    assert Form.from_json(written) == form == Form.from_json(form.to_json())
    assert "choices" in written or form.to_json() == written


@EACH
def test_sentences_are_short_and_nobody_is_blamed(form: Form) -> None:
    for setting, text in words_of(form.to_json()):
        for sentence in re.split(r"(?<=[.?!:;])\s", text):
            assert len(sentence.split()) <= 20, (setting, sentence)
        assert not BLAME.search(text), text


@EACH
def test_every_question_can_be_named_and_asked_for(form: Form) -> None:
    asking = [question for question in form.every.values() if question.asks]
    assert [question.name for question in asking if not question.short] == []
    assert [question.name for question in asking if question.required and not question.missing] == []


@EACH
def test_every_box_asks_for_no_names_but_those_for_a_name(form: Form) -> None:
    for question in form.every.values():
        if question.free_text:
            own = form.notice_at(question)
            assert own.endswith(NOTICE) or own.startswith(NAMES)
            assert question.kind != "long_text" or own.endswith(NOTICE)


@EACH
def test_what_is_filled_in_by_others_is_known_and_is_no_question(form: Form) -> None:
    texts = [
        form.consent,
        *(text for setting, text in words_of(form.to_json()) if setting != "constraint_message"),
    ]
    named = {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}
    assert named <= FILLED
    assert named.isdisjoint(form.every)


@EACH
def test_a_message_names_only_questions_of_the_form(form: Form) -> None:
    for question in form.every.values():
        assert set(re.findall(r"\{(\w+)\}", question.constraint_message)) <= set(form.every)
        assert bool(question.constraint) == bool(question.constraint_message)


@EACH
def test_who_answers_is_kept_as_the_form_says(form: Form) -> None:
    wanted = "anonymous" if form.key in ANONYMOUS else "coded" if form.key in CODED else "named"
    assert (form.privacy, form.audience) == (wanted, "staff")


@pytest.mark.parametrize("key", SURVEYS)
def test_a_survey_says_first_what_becomes_of_the_answers(key: str) -> None:
    form = library.load(key)
    assert "{board}" in form.consent
    assert "is your choice" in form.consent
    assert "We don't ask your name" in form.consent
    assert f"about {form.minutes} minute" in form.consent
    assert ("A code links your answers" in form.consent) == (key in CODED)
    writes = any(question.free_text for question in form.questions.values())
    assert ("{front_door}" in form.consent and "risk of serious harm" in form.consent) == writes


@pytest.mark.parametrize(("key", "given", "earlier"), LONGEST_ANSWERS)
def test_a_survey_takes_no_longer_than_it_says(key: str, given: str, earlier: Earlier) -> None:
    form = library.load(key)
    applying = sift(form, typed(given), TODAY, earlier).applying
    asked = [form.questions[name] for name in applying if form.questions[name].asks]
    seconds = sum(40 if question.free_text else 12 for question in asked)
    assert seconds <= form.minutes * 60 <= 300


@pytest.mark.parametrize("key", SURVEYS)
def test_a_survey_has_short_boxes_and_hardly_any_duty(key: str) -> None:
    form = library.load(key)
    boxes = [question for question in form.questions.values() if question.free_text]
    assert all(getattr(question, "max_length", 0) <= 500 for question in boxes)
    required = {question.name for question in form.questions.values() if question.required}
    # Without the one thing that it is about, neither of these says anything.
    wanted = {"s3_day": {"pledge"}, "manager_confirmation": {"change_seen"}}
    assert required == wanted.get(key, set())


@pytest.mark.parametrize("key", REPORTS)
def test_a_report_s_milestones_take_no_text_of_the_report(key: str) -> None:
    form = library.load(key)
    first = next(iter(form.questions.values()))
    assert first.kind == "note"
    assert "no report text here" in first.label
    assert "secure route" in first.label
    assert not any(question.kind == "file" for question in form.every.values())


def test_long_forms_are_shared_out_and_start_from_last_year() -> None:
    for key in ("tna", "section11", "section175"):
        form = library.load(key)
        assert (form.layout, form.carries) == ("tasks", True)


@pytest.mark.parametrize("key", library.keys())
def test_a_box_that_takes_a_name_is_known_to_take_one(key: str) -> None:
    for question in library.load(key).every.values():
        assert question.personal == question.notice.startswith("Only name people"), question.name
