"""The forms for children, young people and families, in every language they come in."""

import json
import re
from importlib.resources import files
from typing import Any

import pytest

from surveys import library
from surveys.answering.answers import Answers, check
from surveys.forms.form import Form
from surveys.forms.question import Question
from surveys.helplines import shipped
from surveys.kinds.choice import Chosen, Faces
from surveys.kinds.table import Gridded
from surveys.paging.journey import advance, open_first
from surveys.paging.pages import Page
from surveys.phrases import places, say
from surveys.tongues.translation import Translation, astray, missing, texts_of, translate

KEYS = ("s5_younger", "s5_middle", "s5_older", "s6")
LANGUAGES = ("en-x-easy", "pl", "ur")
NOTICE = (
    "We don't read this straight away and may not know who you are. If you or someone else is in danger, "
    "ring 999. Please don't write names."
)
SENTENCE_END = re.compile(r"[.?!:](?:\s|$)|\n")
BROKEN_NUMBER = re.compile(r"\d \d")
EACH_FORM = pytest.mark.parametrize("key", KEYS)
EACH = pytest.mark.parametrize(("key", "language"), [(key, tag) for key in KEYS for tag in LANGUAGES])


def written(key: str, language: str) -> Translation:
    name = f"{key}-{library.load(key).version}.{language}.json"
    path = files("surveys.library") / "translations" / name
    return Translation.from_json(json.loads(path.read_text("utf-8")))


def in_language(key: str, language: str) -> Form:
    form = library.load(key)
    return form if language == "en" else translate(form, written(key, language))


def every(form: Form) -> list[Question]:
    """The questions that are answered, those of a matrix in its place."""
    asked: list[Question] = []
    for question in form.questions.values():
        asked += question.cells if isinstance(question, Gridded) else (question,)
    return [question for question in asked if question.asks]


def walk(form: Form, **answers: str | list[str]) -> tuple[list[str], Answers]:
    """Press Continue to the end, giving these answers where they are asked: the pages seen, and what came."""
    step: Page | Answers = open_first(form, {})
    seen: list[str] = []
    while isinstance(step, Page):
        seen.append(step.name)
        assert not step.errors
        raw: dict[str, list[str]] = {}
        for name, text in step.carried:
            raw.setdefault(name, []).append(text)
        for name in [field.name for field in step.fields]:
            for typed, given in answers.items():
                if typed == name or typed.startswith(f"{name}."):
                    raw[typed] = [given] if isinstance(given, str) else given
        step = advance(form, raw, step.name)
    return seen, step


def bare(made: Any) -> Any:
    """A form without its texts."""
    texts = {"title", "purpose", "consent", "intro", "notice", "label", "short", "hint", "language"}
    match made:
        case dict():
            return {key: bare(value) for key, value in made.items() if key not in texts}
        case list():
            return [bare(each) for each in made]
        case _:
            return made


@EACH_FORM
def test_nothing_is_kept_about_who_answers(key: str) -> None:
    form = library.load(key)
    assert form.privacy == "anonymous"
    assert form.audience == ("family" if key == "s6" else "child")
    assert {question.kind for question in every(form)} <= {"single", "multiple", "faces", "long_text"}


@EACH_FORM
def test_one_question_stands_on_a_page_and_none_must_be_answered(key: str) -> None:
    form = library.load(key)
    assert not any(question.required for question in every(form))
    seen, answers = walk(form)
    assert len(seen) == len(set(seen)) >= 6
    assert answers.values == {}


@EACH_FORM
def test_people_are_told_what_it_is_before_they_choose_to_start(key: str) -> None:
    form = library.load(key)
    assert form.consent
    assert form.intro


@EACH_FORM
def test_free_text_comes_last_is_short_and_carries_the_notice(key: str) -> None:
    form = library.load(key)
    asked = every(form)
    boxes = [question for question in asked if question.free_text]
    assert boxes == asked[-len(boxes) :]
    assert {form.notice_at(box).replace("\n", " ") for box in boxes} == {NOTICE}
    assert all(field.max_length == 500 for field in (box.draw({}) for box in boxes))


@EACH_FORM
def test_every_closed_question_can_be_answered_with_prefer_not_to_say(key: str) -> None:
    for question in every(library.load(key)):
        if isinstance(question, Chosen) and (key != "s5_younger" or not isinstance(question, Faces)):
            offered = question.offers() or frozenset()
            assert "prefer_not" in offered, question.name
            assert "unknown" in offered or "not_sure" in offered, question.name


@pytest.mark.parametrize(
    ("key", "faces"), [("s5_younger", {3}), ("s5_middle", {5}), ("s5_older", set()), ("s6", set())]
)
def test_faces_are_three_for_the_youngest_then_five_then_words_alone(key: str, faces: set[int]) -> None:
    asked = [question for question in every(library.load(key)) if isinstance(question, Faces)]
    assert {sum(choice.face > 0 for choice in question.listed) for question in asked} == faces
    assert all(choice.label for question in asked for choice in question.listed)


@pytest.mark.parametrize(
    ("key", "ages"), [("s5_younger", (4, 7)), ("s5_middle", (8, 11)), ("s5_older", (12, 25)), ("s6", None)]
)
def test_each_version_says_whom_it_is_for(key: str, ages: tuple[int, int] | None) -> None:
    told = library.load(key).ages
    assert (told and (told.lowest, told.highest)) == ages


@pytest.mark.parametrize(
    ("key", "asked", "given", "helps"),
    [
        ("s5_younger", "grown_up", "no", "stay_and_listen"),
        ("s5_younger", "grown_up", "not_sure", ""),
        ("s5_younger", "grown_up", "yes", ""),
        ("s5_middle", "can_talk", "no", "can_talk_help"),
        ("s5_middle", "can_talk", "not_sure", "can_talk_help"),
        ("s5_middle", "can_talk", "yes", ""),
        ("s5_middle", "can_talk", "prefer_not", ""),
        ("s5_older", "safer", "worse", "safer_help"),
        ("s5_older", "safer", "same", ""),
        ("s5_older", "knows_contact", "disagree", "knows_contact_help"),
        ("s5_older", "knows_contact", "strongly_disagree", "knows_contact_help"),
        ("s5_older", "knows_contact", "neither", ""),
        ("s6", "safety", "worse", "safety_help"),
        ("s6", "safety", "much_worse", "safety_help"),
        ("s6", "safety", "same", ""),
        ("s6", "safety", "not_apply", ""),
    ],
)
def test_help_is_shown_before_the_next_question(key: str, asked: str, given: str, helps: str) -> None:
    form = library.load(key)
    seen, _ = walk(form, **{asked: given})
    following = seen[seen.index(asked) + 1]
    assert form.questions[following].kind == ("help" if helps else form.questions[following].kind)
    assert (following == helps) == bool(helps)
    assert [name for name in seen if form.questions[name].kind == "help"] == ([helps] if helps else [])


@pytest.mark.parametrize(("given", "asks_why"), [("yes", False), ("maybe", True), ("no", True)])
def test_a_family_that_would_not_come_back_is_asked_why(given: str, asks_why: bool) -> None:
    seen, _ = walk(library.load("s6"), again=given)
    assert ("again_why" in seen) is asks_why


def test_a_family_first_says_whether_the_help_ends_or_ended_three_months_ago() -> None:
    form = library.load("s6")
    moment = next(iter(form.questions.values()))
    assert walk(form)[0][0] == moment.name == "moment"
    assert {"closing", "three_months"} <= (moment.offers() or frozenset())


def test_small_groups_stand_together_in_a_table() -> None:
    younger, parents = library.load("s5_older").questions["better"], library.load("s6").questions["compared"]
    assert isinstance(younger, Gridded) and isinstance(parents, Gridded)
    assert younger.keys({}) == ("home", "school", "myself")
    assert parents.keys({}) == ("wellbeing", "attendance", "home", "confidence")
    _, answers = walk(library.load("s6"), **{"compared.home.compared_now": "better"})
    assert answers.values == {"compared": {"home": {"compared_now": "better"}}}


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_way_to_be_contacted_is_told_by_the_words_on_its_link(language: str) -> None:
    note = in_language("s5_older", language).questions["contact"].label
    assert say(language, "Would you like somebody to contact you?") in note


@EACH
def test_a_translation_says_everything_and_nothing_else(key: str, language: str) -> None:
    form, translation = library.load(key), written(key, language)
    assert (translation.form, translation.version, translation.language) == (key, form.version, language)
    assert missing(form, translation) == []
    assert astray(translation) == []
    assert set(translation.texts) == set(texts_of(form))


@EACH
def test_a_translation_that_nobody_checked_says_so(key: str, language: str) -> None:
    translation = written(key, language)
    assert (translation.state, translation.reviewer) == ("machine", "")
    assert not translation.is_reviewed


@EACH
def test_names_values_and_rules_are_the_same_in_every_language(key: str, language: str) -> None:
    assert bare(in_language(key, language).to_json()) == bare(library.load(key).to_json())


@EACH
def test_no_question_reads_twice_the_same(key: str, language: str) -> None:
    for question in every(in_language(key, language)):
        if isinstance(question, Chosen):
            labels = [choice.label for choice in question.listed]
            assert len(labels) == len(set(labels)), question.name


@pytest.mark.parametrize("language", ["pl", "ur"])
@EACH_FORM
def test_no_text_was_left_in_english(key: str, language: str) -> None:
    assert [text for text, said in written(key, language).texts.items() if text == said] == []


@EACH_FORM
def test_a_telephone_number_stays_in_order_where_lines_run_from_right_to_left(key: str) -> None:
    texts = written(key, "ur").texts.values()
    assert [text for text in texts if BROKEN_NUMBER.search(text)] == []


@EACH_FORM
def test_easy_read_has_short_sentences_and_says_what_a_worker_and_a_plan_are(key: str) -> None:
    form = in_language(key, "en-x-easy")
    said = texts_of(form)
    sentences = [each.split() for text in said for each in SENTENCE_END.split(text)]
    assert [words for words in sentences if len(words) > 12] == []
    for word in ("worker", "plan"):
        if any(re.search(rf"\b{word}\b", text) for text in said):
            assert re.search(rf"A {word} (?:is|says)", form.intro), word


def test_the_numbers_that_help_are_told_in_every_language() -> None:
    for line in shipped():
        for texts in (line["name"], line["note"], line["hours"] or line["name"]):
            assert texts.keys() == {"en", *LANGUAGES}
            assert all(text.strip() and not places(text) for text in texts.values())
        assert line["source"]
        assert line["number"].replace(" ", "").isdigit()


def test_a_child_reads_at_any_hour_that_childline_answers_then() -> None:
    hours = {line["key"]: line["hours"] for line in shipped()}
    assert hours["childline"] == hours["emergency"] == hours["nhs_111"]
    assert hours["childline"]["pl"] == "O każdej porze, w dzień i w nocy"


@pytest.mark.parametrize("audience", ["child", "family", "staff"])
def test_everybody_finds_a_number_of_their_own_and_the_emergency_one_first(audience: str) -> None:
    lines = [line for line in shipped() if line["audience"] in (audience, "all")]
    assert lines[0]["number"] == "999"
    assert any(line["audience"] == audience for line in lines)
    assert [line["position"] for line in shipped()] == list(range(len(shipped())))


def test_the_list_somebody_holds_is_their_own() -> None:
    shipped()[0]["number"] = "changed"
    assert shipped()[0]["number"] == "999"


def test_the_same_answers_are_the_same_in_every_language() -> None:
    raw = {"moment": ["closing"], "help_had": ["school", "other"], "compared.home.compared_now": ["worse"]}
    kept = [check(in_language("s6", language), raw) for language in ("en", *LANGUAGES)]
    assert isinstance(kept[0], Answers)
    assert all(each == kept[0] for each in kept)
