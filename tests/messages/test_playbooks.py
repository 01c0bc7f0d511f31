"""Every letter that the shipped playbooks may send has words, and the words are fit to be sent."""

import re
import tomllib
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from messages.changes.contributing import RUNG as INVITED
from messages.chasing.chase import COVER, HANDED_OVER
from messages.gathering.bundle import UPPER
from messages.gathering.digest import DigestSpec, compile_digest
from messages.launching.campaign_rules import DAY
from messages.letters.identity import Identity
from messages.letters.press import Press
from messages.letters.render import ANSWERING, LARGEST_HTML, Lesson, LetterSpec, compile_letter
from messages.playbooks.chosen import ChosenForm, put_in, takes_form
from messages.playbooks.playbook import Playbook, PlaybookStep, RungWords, keys, load
from messages.proof.links import Keyring
from messages.writing.expressions import Expression
from messages.writing.tone import blame
from messages.writing.variables import EXAMPLES, KNOWN, SURVEY_LINK
from messages.writing.words import PreparedWords, prepare, unknown_variables
from store.asking.campaign import Campaign, Step, WordsVersion
from store.asking.lesson import Lesson as LessonRow
from store.asking.lesson import Priority
from store.letters.outbox import Claimed, Owed
from store.letters.stationery import Stationery
from store.people.board import Board
from store.people.standing import CONTRIBUTOR

LESSONS = {
    entry.name: tomllib.loads(entry.read_text("utf-8"))
    for entry in files("bot.demo").joinpath("sample", "lessons").iterdir()
}
FIXED = {name: EXAMPLES[name] for name in ("board", "contact_name", "contact_email", "contact_phone")}
ID = UUID(int=1)
CODE = "bcdfghjk"
IDENTITY = Identity(
    "https://cascade.example.org", "board@example.org", Keyring([b"k" * 32]), ZoneInfo("Europe/London")
)


def books() -> list[Playbook]:
    """Every shipped playbook, the places for a form filled with one of the reader's own choice."""
    loaded = [load(key) for key in keys()]
    given = ChosenForm("s1", "Did the lesson reach you?", 5)
    filled = [put_in(book, [given] if takes_form(book) else []) for book in loaded if book is not None]
    return [book for book in filled if isinstance(book, Playbook)]


def steps() -> list[PlaybookStep]:
    return [step for book in books() for step in book.steps if not step.is_open]


def said_in(book: Playbook) -> dict[str, str]:
    """What whoever makes a campaign says for it, about as long as people write."""
    return dict.fromkeys((*book.values, DAY), "LLR-2026-03, E1 to E4") if book.values else {}


def personal_steps() -> set[str]:
    return {step.key for book in books() if book.by_booking for step in book.steps}


#: Each letter once, under the last step that has it: several steps may share their words.
SHIPPED = {
    f"{step.key}-{words.rung}-{words.role}": (book, position, words)
    for (book, position, step), words in {
        (book.key, words.subject, words.body): ((book, position, step), words)
        for book in books()
        for position, step in enumerate(book.steps, start=1)
        for words in step.words
    }.values()
}


def ready(subject: str, body: str) -> PreparedWords:
    prepared = prepare(subject, body)
    assert isinstance(prepared, PreparedWords), [str(problem) for problem in prepared]
    return prepared


def lesson_row(told: dict[str, Any]) -> LessonRow:
    return LessonRow(title=told["title"], message=told["message"], body=told["body"])


def stationery(book: Playbook, position: int, words: RungWords, lesson: LessonRow | None) -> Stationery:
    step = book.steps[position - 1]
    title = book.title.replace("{lesson}", f"“{lesson.title}”" if lesson else "")
    return Stationery(
        WordsVersion(rung=words.rung, role=words.role, subject=words.subject, body=words.body),
        Step(position=position, title=step.title, role=step.role, minutes=step.minutes),
        Campaign(id=ID, slug="wren", title=title, kind=book.kind, values=said_in(book)),
        Board(
            id=ID, name="A Board", contact_name="M. Ellery", contact_email="m@example.org", contact_phone=""
        ),
        lesson,
    )


def claimed(words: RungWords, representative: str) -> Claimed:
    day = date(2026, 11, 27)
    part = Owed(
        ID,
        ID,
        7,
        0,
        ID,
        words.rung,
        words.role,
        "Kennet Vale School",
        day,
        day,
        representative=representative,
        code=CODE,
    )
    made = datetime(2026, 11, 2, 9, tzinfo=UTC)
    return Claimed(
        ID, ID, "p@example.org", "email", "Priya Nair", "en", False, False, 0, made, False, (part,)
    )


@pytest.mark.parametrize("step", steps(), ids=lambda step: step.key)
def test_every_rung_that_may_be_climbed_has_words_for_each_addressee(step: PlaybookStep) -> None:
    wanted = {
        (rung.name, role) for ladder in step.ladders.values() for rung in ladder.rungs for role in rung.to
    }
    # At any step whoever was asked may be out of reach, or may hand it to a colleague.
    # Only what is put to a person by name rests with them alone.
    asides = () if step.key in personal_steps() else (COVER, HANDED_OVER)
    wanted |= {(rung.name, role) for rung in asides for role in rung.to}
    kept = {(words.rung, words.role) for words in step.words}
    assert wanted <= kept
    # Besides, a colleague may be invited to fill in a part of it.
    assert kept - wanted <= {(INVITED, CONTRIBUTOR)}
    assert set(step.ladders) == set(step.due_days) == set(Priority)


@pytest.mark.parametrize(("book", "position", "words"), SHIPPED.values(), ids=SHIPPED.keys())
class TestWords:
    def test_they_may_be_saved(self, book: Playbook, position: int, words: RungWords) -> None:
        assert unknown_variables(ready(words.subject, words.body), KNOWN | said_in(book).keys()) == []

    def test_they_blame_nobody_and_call_nothing_late(
        self, book: Playbook, position: int, words: RungWords
    ) -> None:
        spoken = f"{words.subject}\n{words.body}"
        assert blame(spoken) == []
        assert re.search(r"\b(late|overdue|outstanding|chas(e|ing))\b", spoken, re.IGNORECASE) is None

    def test_their_subject_ends_with_the_reference(
        self, book: Playbook, position: int, words: RungWords
    ) -> None:
        assert words.subject.endswith(" [{{ reference }}]")

    def test_they_are_short(self, book: Playbook, position: int, words: RungWords) -> None:
        approved = any(
            rung.approval and rung.name == words.rung
            for ladder in book.steps[position - 1].ladders.values()
            for rung in ladder.rungs
        )
        for representative in ("Sam Okoro", ""):
            values = {**EXAMPLES, **said_in(book), "representative": representative}
            parts = ready(words.subject, words.body).body
            read = "".join(part if isinstance(part, str) else part.evaluate(values) for part in parts)
            assert len(read.split()) <= (200 if approved else 120)

    def test_they_offer_no_link_to_those_who_are_only_told(
        self, book: Playbook, position: int, words: RungWords
    ) -> None:
        # An answer from them would be an answer for an agency whose ask is not theirs.
        if words.role in UPPER:
            personal = {"link", "hand_over_link", "more_time_link", "digits"}
            assert not personal & ready(words.subject, words.body).names

    def test_they_make_a_letter_with_any_lesson(
        self, book: Playbook, position: int, words: RungWords
    ) -> None:
        for told in LESSONS.values():
            spec = LetterSpec(
                ready(words.subject, words.body),
                EXAMPLES["campaign_title"],
                FIXED | said_in(book),
                button="Answer now",
                lesson=Lesson(told["title"], told["message"], told["body"]),
            )
            letter = compile_letter(spec).render(EXAMPLES)
            assert letter.subject.endswith("[WREN/OX7]")
            assert len((letter.html + letter.text).encode()) < LARGEST_HTML

    @pytest.mark.parametrize("representative", ["Sam Okoro", ""])
    def test_the_press_has_a_value_for_all_they_use(
        self, book: Playbook, position: int, words: RungWords, representative: str
    ) -> None:
        lesson = lesson_row(LESSONS["wren.toml"]) if book.needs_lesson else None
        press = Press(IDENTITY, {ID: stationery(book, position, words, lesson)})
        letter = press.render(claimed(words, representative), date(2026, 11, 20))
        assert letter.subject.endswith("[wren-7]")

    def test_what_may_be_empty_leaves_no_hole_in_a_sentence(
        self, book: Playbook, position: int, words: RungWords
    ) -> None:
        prepared = ready(words.subject, words.body)
        bare = {part.plain for part in (*prepared.subject, *prepared.body) if isinstance(part, Expression)}
        assert not bare & {"representative", "contact_phone", "first_name", "staff"}
        assert book.needs_lesson or not bare & {"lesson_title", "message"}


def test_all_that_ship_are_read() -> None:
    shipped = {"action_evidence", "bulletin", "lesson", "open_survey", "return", "survey", "training"}
    assert {book.key for book in books()} >= shipped | {"management_report", "rapid_review"}
    assert all(step.form for book in books() for step in book.steps)


def test_every_letter_about_a_survey_carries_what_is_made_to_be_passed_on() -> None:
    letters = [words for book, _, words in SHIPPED.values() if book.key == "survey"]
    assert letters
    for words in letters:
        assert SURVEY_LINK in ready(words.subject, words.body).names


def test_no_words_show_a_link_that_answers_beside_one_that_is_passed_on() -> None:
    """The button stands apart from the words, so that nobody copies it with them."""
    for _, _, words in SHIPPED.values():
        names = ready(words.subject, words.body).names
        assert SURVEY_LINK not in names or not names & ANSWERING


def test_no_two_letters_of_a_step_are_alike() -> None:
    for step in steps():
        assert len({words.subject for words in step.words}) == len(step.words)
        assert len({words.body for words in step.words}) == len(step.words)


@pytest.mark.parametrize("which", ["first", "chase", "week"])
def test_the_words_of_a_digest_are_fit_to_be_sent(which: str) -> None:
    text = files("messages.layout").joinpath(f"digest-{which}.md").read_text("utf-8")
    subject, _, body = text.partition("\n")
    words = ready(subject.removeprefix("Subject:").strip(), body.strip())
    assert unknown_variables(words) == []
    assert blame(text) == []
    assert "count" in words.names
    assert len(body.split()) <= 120
    digest = compile_digest(DigestSpec(words=words, heading="A Board", fixed=FIXED))
    letter = digest.render(EXAMPLES, [EXAMPLES, EXAMPLES, EXAMPLES])
    assert "3" in letter.subject
    assert len((letter.html + letter.text).encode()) < LARGEST_HTML


@pytest.mark.parametrize("told", LESSONS.values(), ids=LESSONS.keys())
class TestSampleLessons:
    def test_they_say_first_that_they_are_fictional(self, told: dict[str, Any]) -> None:
        first = told["body"].strip().splitlines()[0]
        assert first.startswith("*")
        assert "fictional" in first

    def test_they_are_whole_and_short(self, told: dict[str, Any]) -> None:
        assert {"code", "slug", "title", "kind", "message"} <= told.keys()
        assert Priority(told["priority"])
        assert len(told["body"].split()) < 450
        assert told["check"]["right"] in told["check"]["options"]
        assert 3 <= len(told["learning"]) <= 5
        assert len(told["prompts"]) == 3

    def test_what_is_read_one_by_one_stands_in_the_text_too(self, told: dict[str, Any]) -> None:
        for sentence in (*told["learning"], *told["prompts"]):
            assert sentence in told["body"]

    def test_they_can_be_sent_and_blame_nobody(self, told: dict[str, Any]) -> None:
        lesson = Lesson(told["title"], told["message"], told["body"])
        letter = compile_letter(LetterSpec(ready("Hello", "Hello."), "Hello", FIXED, lesson=lesson))
        assert told["message"] in letter.render(EXAMPLES).html
        assert "{" not in told["body"]
        assert blame(str(told)) == []


def test_the_sample_has_a_lesson_of_each_priority() -> None:
    assert {Priority(told["priority"]) for told in LESSONS.values()} == set(Priority)
    assert {told["code"] for told in LESSONS.values()} == {"LSN-001", "LSN-002", "LSN-003"}
