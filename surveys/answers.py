"""Answers: what a person typed, checked against the form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from surveys.condition import Value
from surveys.form import Form
from surveys.keystrokes import Raw, tidy
from surveys.question import Question, Refusal, spell


@dataclass(frozen=True)
class Answers:
    """Answers that satisfy every rule of one form version; a question not answered has no entry."""

    form_key: str
    form_version: int
    values: Mapping[str, Value] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """The values as JSON-able numbers, texts and lists of texts."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in self.values.items()
        }


@dataclass(frozen=True)
class Problem:
    """What stands in the way at one question, in words for the person answering."""

    question: str
    text: str


@dataclass(frozen=True)
class Problems:
    """Why answers cannot be taken yet: at most one problem a question, in the form's order, never none."""

    problems: tuple[Problem, ...]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)


@dataclass
class Sifted:
    """Typed input sorted out: what was understood, which questions apply, and what stands in the way."""

    values: dict[str, Value] = field(default_factory=dict)
    applying: set[str] = field(default_factory=set)
    problems: dict[str, str] = field(default_factory=dict)


def check(form: Form, raw: Raw, today: date | None = None) -> Answers | Problems:
    """Check typed input against the form.

    Fields the form does not know are ignored, and so are answers to questions that do not apply.
    `today`, the local day, refuses dates that lie in the future where the form does; unknown, it does not.
    """
    sifted = sift(form, raw, today)
    if sifted.problems:
        found = (Problem(name, sifted.problems[name]) for name in form.questions if name in sifted.problems)
        return Problems(tuple(found))
    return Answers(form.key, form.version, sifted.values)


def sift(form: Form, raw: Raw, today: date | None = None) -> Sifted:
    """Sort out typed input question by question, deciding from earlier answers which later ones apply."""
    kept = tidy(raw, form.names)
    sifted = Sifted()
    for section, question in form.steps:
        if form.applies(section, question, sifted.values):
            sifted.applying.add(question.name)
            _read(question, kept, today, sifted)
    for question in form.questions.values():
        _compare(form, question, sifted)
    return sifted


def read_stored(form: Form, stored: Mapping[str, object]) -> Answers:
    """Answers as `Answers.to_json` left them, read back; what is no answer to this form is left out."""
    values: dict[str, Value] = {}
    for name in form.questions:
        match stored.get(name):
            case bool():
                continue
            case int() | str() as one:
                values[name] = one
            case list() as several:
                values[name] = tuple(str(each) for each in several)
            case _:
                continue
    return Answers(form.key, form.version, values)


def write_raw(form: Form, answers: Answers) -> dict[str, list[str]]:
    """Answers as they could have been typed, to show them again or carry them along."""
    raw: dict[str, list[str]] = {}
    for name, value in answers.values.items():
        raw |= form.questions[name].write(value)
    return raw


def _read(question: Question, raw: Raw, today: date | None, sifted: Sifted) -> None:
    value = question.read(raw, today)
    match value:
        case None:
            if question.required:
                sifted.problems[question.name] = question.lacks()
        case Refusal(text):
            sifted.problems[question.name] = text
        case _:
            sifted.values[question.name] = value


def _compare(form: Form, question: Question, sifted: Sifted) -> None:
    value = sifted.values.get(question.name)
    for rule in question.compare:
        other = sifted.values.get(rule.question)
        if value is not None and other is not None and rule.is_broken(value, other):
            words = {rule.question: form.questions[rule.question].say(other)}
            sifted.problems.setdefault(question.name, spell(rule.message, words))
