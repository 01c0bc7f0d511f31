"""What somebody types about a return that they judge: points, scores, a rating and a decision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import click

from bot.cli.options import Words, refuse
from store.answers.judgement import Outcome
from store.answers.response import Response
from store.asking.ask import Ask
from store.database import Session
from surveys.answering.intake import answers_of
from surveys.judging.judging import RATINGS, Judged, Verdict
from surveys.judging.points import Score, take_point, take_score
from surveys.judging.quality import check_quality

_POINT = (
    "May be repeated. NAME:TEXT is about a question, a cell or a section. Please name no child, family or "
    "worker."
)
point_option = click.option("--point", "points", multiple=True, metavar="[NAME:]TEXT", help=_POINT)
score_option = click.option(
    "--score",
    "scores",
    multiple=True,
    metavar="NAME=VALUE",
    help="The board's value beside theirs; may be repeated.",
)
because_option = click.option(
    "--because",
    multiple=True,
    type=Words(300),
    metavar="TEXT",
    help="Why: one for each --score, or one for all.",
)
rating_option = click.option(
    "--rating",
    type=click.IntRange(RATINGS[0], RATINGS[-1]),
    help="How good the evidence is: 0 none … 4 with benefit.",
)
check_option = click.option(
    "--check", "checks", multiple=True, metavar="NAME=yes|partly|no", help="The quality check of a report."
)
decision_option = click.option("--decision", type=Words(300), default="", help="What was decided with it.")
seen_option = click.option(
    "--seen", metavar="ANSWER", help="The answer you read, as `cascade returns ASK` calls it."
)
again_option = click.option("--again", is_flag=True, help="In the place of the judgement that stands.")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed about one return."""

    points: Sequence[str] = ()
    scores: Sequence[str] = ()
    because: Sequence[str] = ()
    checks: Sequence[str] = ()
    rating: int | None = None
    decision: str = ""


def read_verdict(
    session: Session, reference: str, given: Response | None, typed: Typed, outcome: Outcome
) -> Verdict:
    """What somebody makes of an answer; ends the command where a name or a value is none of its form."""
    verdict = Verdict(outcome, rating=typed.rating, decision=typed.decision)
    if given is None:
        return verdict
    form, answers = answers_of(session, given)
    points = [take_point(form, answers.values, one) for one in typed.points]
    scores = {name: take_score(form, answers.values, name, value, why) for name, value, why in _scored(typed)}
    for one in (*points, *scores.values()):
        if isinstance(one, str):
            refuse(f"{reference}: {one}.")
    verdict = replace(
        verdict,
        points=tuple(one for one in points if not isinstance(one, str)),
        scores={name: one for name, one in scores.items() if isinstance(one, Score)},
    )
    checks = dict(_pair("--check", one) for one in typed.checks)
    quality = check_quality(form, checks, reference, verdict)
    return (
        refuse(f"{reference}: {quality}.") if isinstance(quality, str) else replace(verdict, quality=quality)
    )


def _scored(typed: Typed) -> list[tuple[str, str, str]]:
    pairs = [_pair("--score", one) for one in typed.scores]
    if pairs and len(typed.because) not in (1, len(pairs)):
        raise click.UsageError("Say --because once for each --score, or once for all of them.")
    reasons = [*typed.because] * (len(pairs) if len(typed.because) == 1 else 1)
    return [(name, value, why) for (name, value), why in zip(pairs, reasons, strict=False)]


def _pair(option: str, typed: str) -> tuple[str, str]:
    name, equals, value = typed.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise click.UsageError(f"{option} {typed!r}: write it as NAME=VALUE.")
    return name.strip(), value.strip()


def tell_judged(reference: str, done: Judged, asked: Ask | None = None) -> dict[str, object]:
    """A judgement as JSON; with the ask where that is asked again."""
    kept = done.judgement
    told: dict[str, object] = {
        "ask": reference,
        "answer": kept.response_id.hex[-6:],
        "outcome": kept.outcome.value,
        "points": kept.points,
        "scores": kept.scores,
        "rating": kept.rating,
        "decision": kept.decision or None,
        "by": kept.by,
    }
    if asked is None:
        return told
    return told | {
        "due": asked.due_on,
        "waits": name_other(reference, done.resting) if done.resting else None,
    }


def name_other(reference: str, other: Ask) -> str:
    """What people call another ask of the same campaign."""
    return f"{reference.rpartition('-')[0]}-{other.number}"
