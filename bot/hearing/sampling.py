"""Sampling: accepted answers drawn to show their evidence, and asked for it once."""

from collections.abc import Sequence
from dataclasses import dataclass

from store.answers import judgement
from store.answers.judgement import Outcome, Returned
from store.asking.campaign import Campaign
from store.database import Session
from surveys.answering.intake import answers_of
from surveys.judging.judging import Verdict
from surveys.judging.points import Point, take_point
from surveys.judging.sampling import SECTION, WORDS, asks_evidence, can_show, draw


@dataclass(frozen=True, slots=True)
class Drawn:
    """One answer of a sample. `is_asked`: it was drawn before, so that it is not asked again."""

    returned: Returned
    reference: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """Who was drawn, of how many, and how that can be repeated."""

    drawn: Sequence[Drawn]
    of: int
    percent: int
    seed: str

    def __str__(self) -> str:
        return f"{len(self.drawn)} of {self.of} accepted answers ({self.percent} %, seed {self.seed})"


def draw_sample(session: Session, wanted: Campaign, percent: int, seed: str) -> Sample | str:
    """Draw from a campaign's accepted answers that have evidence to show; or why none can be."""
    found = judgement.returned(session, campaign_id=wanted.id)
    if not any(asks_evidence(answers_of(session, one.response)[0]) for one in found):
        return f"nothing that {wanted.slug} was answered asks for evidence"
    known = {one.ask.id: judgement.of_ask(session, one.ask.id) for one in found}
    candidates = [
        Drawn(one, f"{wanted.slug}-{one.ask.number}", _was_drawn(known[one.ask.id]))
        for one in found
        if (
            _was_drawn(known[one.ask.id]) or (one.judgement is not None and not one.judgement.outcome.reopens)
        )
        and can_show(*answers_of(session, one.response))
    ]
    drawn = draw([(one.reference, one) for one in candidates], percent, seed)
    return (
        Sample(drawn, len(candidates), percent, seed)
        if drawn
        else "no answer that could show any is accepted"
    )


def verdict_of(session: Session, sample: Sample, one: Drawn, words: str) -> Verdict | str:
    """What whoever was drawn is asked, with one point about the evidence; or why it cannot be."""
    form, answers = answers_of(session, one.returned.response)
    point = take_point(form, answers.values, f"{SECTION}: {words or WORDS}")
    if not isinstance(point, Point):
        return point
    return Verdict(Outcome.SAMPLED, (point,), decision=str(sample))


def _was_drawn(judged: Sequence[judgement.Judgement]) -> bool:
    return any(one.outcome is Outcome.SAMPLED for one in judged)
