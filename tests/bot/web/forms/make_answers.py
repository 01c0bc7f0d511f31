"""Builders: a whole set of valid answers to any form, as somebody would type it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from surveys.answering.answers import Answers, check
from surveys.forms.form import Form
from surveys.forms.question import Question
from surveys.kinds.calculated import Calculated
from surveys.kinds.choice import Chosen, Multiple
from surveys.kinds.date import Date
from surveys.kinds.file import File
from surveys.kinds.ranking import Ranking
from surveys.kinds.table import Matrix, Repeat
from surveys.kinds.text import LongText, Written
from surveys.paging.journey import carry_over
from surveys.paging.known import Earlier
from surveys.paging.sifting import sift

Typed = dict[str, list[str]]
#: What numbers are tried, until one fits beside the others.
NUMBERS = ("12", "6", "3", "2", "1", "0")
TEXTS = ("Rowan", "r.ash@a.example", "12")
PASSAGE = "We ask.\nOften."
#: Rounds of mending after which a form is taken to have no answer.
MOST_ROUNDS = 200


def answer_whole(
    form: Form, today: date, earlier: Earlier | None = None, *, is_brief: bool = False
) -> tuple[Typed, Answers]:
    """Type an answer to every question that can be brought up, and what it is understood as; files apart.

    Where `is_brief`, only what is required is answered, and by choices that bring up least. What was
    answered last time is kept.
    """
    raw: Typed = {}
    for name, texts in carry_over(form, earlier).items():
        is_day = isinstance(_question(form, name), Date)
        raw |= _three_boxes(name, date.fromisoformat(texts[0])) if is_day else {name: list(texts)}
    raw |= {section.tick: ["yes"] for section in form.sections if form.carries}
    tried: dict[str, int] = {}
    for _ in range(MOST_ROUNDS):
        sifted = sift(form, raw, today, earlier)
        asked = [] if is_brief else _in_order(form, sifted.applying)
        lacking = [path for path in asked if _is_open(form, path, raw)]
        if not lacking:
            outcome = check(form, raw, today, earlier)
            if isinstance(outcome, Answers):
                return raw, outcome
            lacking = [problem.question for problem in outcome]
        for path in lacking:
            ways = _ways(form, path, today)
            if path not in tried and _is_decisive(form, path):
                counts = [len(sift(form, {**raw, **way}, today, earlier).applying) for way in ways]
                tried[path] = counts.index(min(counts) if is_brief else max(counts))
                raw |= ways[tried[path]]
                break  # what is asked after it may be other questions now
            tried[path] = (tried.get(path, -1) + 1) % len(ways)
            raw |= ways[tried[path]]
    raise AssertionError(f"no valid answers to {form.key} were found: {check(form, raw, today, earlier)}")


def _question(form: Form, path: str) -> Question:
    return form.every[path.rpartition(".")[2]]


def _in_order(form: Form, applying: Iterable[str]) -> list[str]:
    places = {name: place for place, name in enumerate(form.every)}
    tables = {name: place for place, name in enumerate(form.questions)}

    def place(path: str) -> tuple[int, int, int]:
        return tables[path.partition(".")[0]], path.count("."), places[path.rpartition(".")[2]]

    return sorted(applying, key=place)


def _is_open(form: Form, path: str, raw: Mapping[str, list[str]]) -> bool:
    """Whether somebody still has to answer it."""
    question = _question(form, path)
    if isinstance(question, Repeat):
        return not question.times and path not in raw
    if not question.asks or isinstance(question, Calculated | File | Matrix):
        return False
    prefix = path.removesuffix(question.name)
    return not any(prefix + name in raw for name in question.names)


def _is_decisive(form: Form, path: str) -> bool:
    question = _question(form, path)
    return isinstance(question, Chosen) and any(question.name in names for names in form.ties.values())


def _ways(form: Form, path: str, today: date) -> list[Typed]:
    """What may be typed for one question, the likeliest first."""
    question = _question(form, path)
    match question:
        case Date():
            days = (today, today + timedelta(30), today - timedelta(30))
            return [_three_boxes(path, day) for day in days]
        case Repeat():
            return [{path: [str(max(question.least, 1))]}]
        case Ranking():
            values = [choice.value for choice in question.listed][: min(question.limit, 3)]
            return [{path: values[::-1]}]
        case Multiple():
            values = [choice.value for choice in question.choices if not choice.alone]
            few = values[: question.most or len(values)][:3]
            return [{path: some} for some in (few, *([value] for value in values))]
        case Chosen():
            return [{path: [choice.value]} for choice in question.listed]
        case LongText():
            return [{path: [PASSAGE]}]
        case Written():
            return [{path: [text]} for text in TEXTS if len(text) <= question.max_length]
        case _:
            return [{path: [number]} for number in NUMBERS]


def _three_boxes(path: str, day: date) -> Typed:
    return {f"{path}-day": [str(day.day)], f"{path}-month": [str(day.month)], f"{path}-year": [str(day.year)]}
