"""Judging: a person of the board accepts what came, or sends it back with points; the one use case for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from store import chore
from store.answers import judgement, response
from store.answers.judgement import Judgement, Outcome
from store.answers.response import Response
from store.asking import ask
from store.asking.ask import Ask, AskState
from store.asking.campaign import TAKING, Campaign, CampaignState, Step
from store.asking.round import reopen, wait_again
from store.base import ordered_id
from store.chore import ChoreKind
from store.database import Session
from store.decision import note_about
from store.people import standing
from store.people.person import Person
from store.surveying import draft
from surveys.answering.intake import Refusal, form_version
from surveys.judging.points import MOST, Point, Score

#: How good evidence is: 0 none, 1 activity only, 2 embedded in one place, 3 embedded widely, 4 embedded, with
#: benefit to children shown.
RATINGS = range(5)
STEP_CAME_BACK = "the step before was sent back, and this opens again by its next answer"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody makes of an answer. `quality` are answers to the quality check of a report."""

    outcome: Outcome
    points: tuple[Point, ...] = ()
    scores: Mapping[str, Score] = field(default_factory=dict)
    rating: int | None = None
    decision: str = ""
    quality: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement is kept. `resting` is the next step's ask that waits again, where there is one."""

    judgement: Judgement
    resting: Ask | None = None


def judge(
    session: Session,
    ask_id: UUID,
    verdict: Verdict,
    now: datetime,
    by: str,
    *,
    due_on: date | None = None,
    seen: UUID | None = None,
    again: bool = False,
) -> Judged | Refusal:
    """Keep what somebody makes of the answer that counts, and what follows from it: all or nothing.

    `due_on`: by when it is asked again, where it is. `seen`: the response they have read, refused where a
    newer has come. `again`: they know that it is judged already, and put theirs in that place.
    """
    # Two judges at once: the second waits here, and then finds what the first one left.
    asked = session.get_one(Ask, ask_id, with_for_update=True)
    given = response.current(session, asked.id)
    if given is None or (refused := why_not(session, asked, given)):
        return Refusal(refused if given is not None else _why_none(asked))
    if seen is not None and seen != given.id:
        return Refusal("a newer answer has come since: look at it first")
    before = judgement.standing(session, given.id)
    if before is not None and not again:
        told = f"was {before.outcome.words} by {before.by} on {before.at:%d/%m/%Y}"
        return Refusal(f"this answer {told}; say --again to put another judgement in its place")
    if refused := _misfit(verdict):
        return Refusal(refused)
    if verdict.outcome.reopens:
        return _send_back(session, asked, given, verdict, now, by, due_on)
    return _accept(session, asked, given, verdict, now, by)


def why_not(session: Session, asked: Ask, given: Response) -> str:
    """Why an answer is judged by nobody; empty where it is."""
    step, campaign = session.get_one(Step, asked.step_id), session.get_one(Campaign, asked.campaign_id)
    privacy = form_version(session, given.form_version_id).privacy
    if privacy != "named":
        how = "under a code" if privacy == "coded" else "without a name"
        return f"what is answered {how} is judged by nobody"
    if not step.is_judged:
        return f"answers to “{step.title}” are kept and not judged: nothing more is needed"
    if asked.state is AskState.WITHDRAWN or campaign.state is CampaignState.WITHDRAWN:
        return "it was called back by the board, so that nothing is judged any more"
    return ""


def _why_none(asked: Ask) -> str:
    match asked.state:
        case AskState.DECLINED:
            return "they say that it is not for them: see `cascade status`, and decide that first"
        case AskState.ANSWERED:
            return "what was answered belongs to nobody any more, and is not judged"
        case _:
            return f"nothing was answered yet: it is {asked.state.value}"


def _misfit(verdict: Verdict) -> str:
    """Why a verdict is none; empty where it is one."""
    if verdict.rating is not None and verdict.rating not in RATINGS:
        return f"evidence is rated from {RATINGS[0]} to {RATINGS[-1]}"
    if len(verdict.points) > MOST:
        return f"{len(verdict.points)} points are too many to take up at once; {MOST} fit"
    if verdict.outcome is not Outcome.ACCEPTED and not verdict.points:
        return "say at least one point: what is to be looked at again"
    return ""


def _accept(
    session: Session, asked: Ask, given: Response, verdict: Verdict, now: datetime, by: str
) -> Judged:
    kept = _keep(session, asked, given, verdict, now, by)
    if ask.close(session, asked.id, AskState.ANSWERED, now):
        # It had been sent back, and is accepted as it stands.
        draft.drop(session, asked.id)
        ask.open_next(session, asked, now)
    _note(session, asked, verdict, now, by)
    return Judged(kept)


def _send_back(
    session: Session,
    asked: Ask,
    given: Response,
    verdict: Verdict,
    now: datetime,
    by: str,
    due_on: date | None,
) -> Judged | Refusal:
    campaign = session.get_one(Campaign, asked.campaign_id)
    if campaign.state not in TAKING:
        return Refusal(f"{campaign.slug} is {campaign.state.value}, so that nothing is asked again in it")
    if due_on is None:
        return Refusal("say by when it is asked again")
    kept = _keep(session, asked, given, verdict, now, by)
    _leave_with(session, asked, given, now, by)
    reopen(session, asked, due_on, now, verdict.outcome.words)
    _note(session, asked, verdict, now, by, due_on)
    return Judged(kept, wait_again(session, asked, STEP_CAME_BACK, now, by))


def _leave_with(session: Session, asked: Ask, given: Response, now: datetime, by: str) -> None:
    """Let whoever answered in somebody's place have it, unless it was handed to a colleague."""
    if asked.delegate_id is not None or asked.is_personal or given.author_id is None:
        return
    author = session.get_one(Person, given.author_id)
    is_away = author.away_until is not None and author.away_until >= now.date()
    if standing.of(session, asked, author.id) in standing.STAND_IN and not is_away:
        asked.delegate_id = author.id
        session.flush()
        note_about(session, asked, now, "handed over", f"to {author.name}, who answered it", by, author.id)


def _keep(
    session: Session, asked: Ask, given: Response, verdict: Verdict, now: datetime, by: str
) -> Judgement:
    kept = Judgement(
        id=ordered_id(),
        board_id=asked.board_id,
        ask_id=asked.id,
        response_id=given.id,
        outcome=verdict.outcome,
        points=[point.to_json() for point in verdict.points],
        scores={
            name: {"value": score.value, "because": score.because} for name, score in verdict.scores.items()
        },
        rating=verdict.rating,
        decision=verdict.decision,
        quality=dict(verdict.quality),
        by=by,
        at=now,
    )
    chore.finish(session, ChoreKind.READ, str(asked.id), by, now)  # where it was told of their own accord
    judgement.replace(session, kept)
    return kept


def _note(
    session: Session,
    asked: Ask,
    verdict: Verdict,
    now: datetime,
    by: str,
    due_on: date | None = None,
) -> None:
    told = [f"due {due_on}"] if due_on is not None else []
    told += [f"evidence rated {verdict.rating}"] if verdict.rating is not None else []
    told += [f"decided: {verdict.decision}"] if verdict.decision else []
    told += [f"{name} scored {score.value}: {score.because}" for name, score in verdict.scores.items()]
    told += [f"{point.about}: {point.text}" if point.about else point.text for point in verdict.points]
    note_about(session, asked, now, verdict.outcome.words, "; ".join(told), by)
