"""Rating: the sub-group weighs the evidence for one action and decides what becomes of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from store.answers import action, action_rating
from store.answers.action import Action, ActionState
from store.answers.action_rating import ActionRating, Asked, RatingDecision
from store.answers.response import Response
from store.base import ordered_id
from store.database import Session
from store.decision import note
from surveys.judging.action_reading import ActionReading, read_action
from surveys.judging.embedding import EMBEDDED, age_reached

#: How good evidence is: 0 none, 1 activity only, 2 embedded in one place, 3 embedded widely, 4 embedded, with
#: benefit to children shown.
HIGHEST = 4


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating is kept, and the action stands as it says."""

    rating: ActionRating
    action: Action


@dataclass(frozen=True, slots=True)
class NotRated:
    """Why a rating cannot be kept, in one clause without a full stop."""

    reason: str


def rate(
    session: Session,
    action_id: UUID,
    rating: int,
    decision: RatingDecision,
    because: str,
    now: datetime,
    today: date,
    by: str,
) -> Rated | NotRated:
    """Keep a rating of what was said last about an action, and close it, keep it open or open it again.

    What its owner calls not needed is closed as such. A reopened action is asked about at its next check.
    """
    # Two judges at once: the second waits here, and then finds what the first one left.
    one = action.lock(session, action_id)
    session.refresh(one)
    if refused := _why_not(one, rating, decision, because):
        return NotRated(refused)
    asked = action_rating.asked_about(session, [one.id]).get(one.id, [])
    months, given, reading = find_rated(one, asked, today)
    kept = ActionRating(
        id=ordered_id(),
        action_id=one.id,
        months=months,
        response_id=given.id if given else None,
        rating=rating,
        decision=decision,
        because=because,
        rated_by=by,
        rated_at=now,
    )
    session.add(kept)
    _carry_out(one, decision, because, today, reading)
    session.flush()
    told = f"{one.reference}: evidence rated {rating}, {decision.value}{f': {because}' if because else ''}"
    note(session, now, "rated", told, by, board_id=one.board_id, agency_id=one.agency_id)
    return Rated(kept, one)


def find_rated(
    one: Action, asked: list[Asked], today: date
) -> tuple[int, Response | None, ActionReading | None]:
    """What a rating today is about: the check in months, its response, and what that says; None for none.

    It is the newest check that was answered for, unless the action has since grown old enough for a later
    one: that nothing came of that is what is rated then.
    """
    months = max((link.months for link, _, _ in asked), default=0)
    months = max(months, age_reached(one.agreed_on, today))
    for link, _, given in reversed(asked):
        reading = read_action(given.answers, one.number) if given else None
        if link.months == months and reading is not None:
            return months, given, reading
    return months, None, None


def _why_not(one: Action, rating: int, decision: RatingDecision, because: str) -> str:
    if not 0 <= rating <= HIGHEST:
        return f"evidence is rated from 0 to {HIGHEST}"
    if decision is RatingDecision.REOPEN and one.state.is_open:
        return f"{one.reference} is open: keep it open, or close it"
    if decision is not RatingDecision.REOPEN and not one.state.is_open:
        return f"{one.reference} is {one.state.value} since {one.closed_on:%d/%m/%Y}: reopen it first"
    if decision is RatingDecision.CLOSE and rating < EMBEDDED and not because:
        return (
            f"{one.reference} is closed with a rating of {EMBEDDED} or more, or for a reason: say why with "
            "--because"
        )
    return ""


def _carry_out(
    one: Action, decision: RatingDecision, because: str, today: date, reading: ActionReading | None
) -> None:
    match decision:
        case RatingDecision.CLOSE:
            is_dropped = reading is not None and reading.status == "not_needed"
            one.state = ActionState.NOT_NEEDED if is_dropped else ActionState.CLOSED
            one.closed_on, one.why = today, because
        case RatingDecision.REOPEN:
            one.state, one.closed_on, one.why = ActionState.OPEN, None, ""
        case RatingDecision.KEEP:
            pass
