"""Returns: what came and is to be judged, how long it has waited, and what was made of the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.days.almanac import Almanac
from messages.days.calendar import CalendarEnds
from messages.standing import rag
from messages.standing.rag import Position
from store.answers import judgement, response
from store.answers.judgement import Judgement, Returned
from store.answers.response import Response
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, Step
from store.database import Session
from store.people import standing
from store.people.agency import Agency
from surveys.answering.answers import Answers
from surveys.answering.differences import Difference, compare_answers
from surveys.answering.intake import answers_of
from surveys.answering.reading import tell
from surveys.figures.unnamed import without_names
from surveys.forms.form import Form
from surveys.judging.points import Moderated, name_scores, read_scores
from surveys.paging.known import LAST_SAVED


class ReturnState(StrEnum):
    """Where a return stands with the board."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    SENT_BACK = "sent-back"


@dataclass(frozen=True, slots=True)
class Return:
    """One return as a coordinator reads it. `waited` are the office's working days since it came."""

    returned: Returned
    reference: str
    state: ReturnState
    waited: int
    rag: rag.Judgement


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer that a later one replaced: when it came, and what was otherwise in it."""

    response: Response
    by: str
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class WholeReturn:
    """One return with all that was answered, what was answered before, and every judgement, oldest first."""

    one: Return
    form: Form
    by: str
    answers: Sequence[tuple[str, str]]
    earlier: Sequence[Earlier]
    judgements: Sequence[Judgement]
    moderated: Sequence[Moderated]


def list_returns(
    session: Session,
    now: datetime,
    zone: ZoneInfo,
    *,
    board_id: UUID | None = None,
    campaign_id: UUID | None = None,
    agency_id: UUID | None = None,
    state: ReturnState | None = None,
) -> list[Return]:
    """What waits to be judged, the oldest first, and after it what was judged."""
    found = judgement.returned(session, board_id=board_id, campaign_id=campaign_id, agency_id=agency_id)
    almanac = Almanac(session)
    told = [_stand(one, almanac, now, zone) for one in found if one.waits or one.judgement is not None]
    wanted = [one for one in told if state in (None, one.state)]
    return sorted(wanted, key=lambda one: one.state is not ReturnState.WAITING)


def read_return(
    session: Session, asked: Ask, now: datetime, zone: ZoneInfo, *, names: bool
) -> WholeReturn | None:
    """One return whole; None where nothing was answered. Who was named in it is told only with `names`."""
    given = response.current(session, asked.id)
    if given is None:
        return None
    returned = Returned(
        given,
        asked,
        session.get_one(Step, asked.step_id),
        session.get_one(Campaign, asked.campaign_id),
        session.get_one(Agency, asked.agency_id),
        judgement.standing(session, given.id),
    )
    form, answers = _read(session, given, names=names)
    scores = read_scores(returned.judgement.scores) if returned.judgement else {}
    return WholeReturn(
        one=_stand(returned, Almanac(session), now, zone),
        form=form,
        by=_giver(session, asked, given),
        answers=tell(form, answers),
        earlier=_earlier(session, asked, form, answers, names=names),
        judgements=judgement.of_ask(session, asked.id),
        moderated=name_scores(form, answers.values, scores),
    )


def count_waiting(session: Session, campaign_id: UUID, zone: ZoneInfo) -> tuple[int, date | None]:
    """How many returns of a campaign wait to be judged, and since when the oldest does."""
    waiting = [one for one in judgement.returned(session, campaign_id=campaign_id) if one.waits]
    since = min((one.response.at for one in waiting), default=None)
    return len(waiting), since.astimezone(zone).date() if since is not None else None


def _stand(returned: Returned, almanac: Almanac, now: datetime, zone: ZoneInfo) -> Return:
    today, came = now.astimezone(zone).date(), returned.response.at.astimezone(zone).date()
    return Return(
        returned,
        f"{returned.campaign.slug}-{returned.ask.number}",
        _state(returned.judgement),
        max(0, almanac.office().between(came, today)),
        _judge(returned, almanac, today, zone),
    )


def _state(judged: Judgement | None) -> ReturnState:
    if judged is None:
        return ReturnState.WAITING
    return ReturnState.SENT_BACK if judged.outcome.reopens else ReturnState.ACCEPTED


def _judge(returned: Returned, almanac: Almanac, today: date, zone: ZoneInfo) -> rag.Judgement:
    asked, judged = returned.ask, returned.judgement
    reopens = judged is not None and judged.outcome.reopens and asked.state is AskState.ASKED
    position = Position(
        asked.state,
        asked.due_on,
        asked.original_due_on,
        closed_on=asked.closed_at.astimezone(zone).date() if asked.closed_at else None,
        accepted=_state(judged) is ReturnState.ACCEPTED,
        sent_back_on=judged.at.astimezone(zone).date() if judged is not None and reopens else None,
    )
    try:
        return rag.judge(position, today, almanac.of(returned.agency))
    except CalendarEnds:
        return rag.judge(position, today, almanac.office())


def _read(session: Session, given: Response, *, names: bool) -> tuple[Form, Answers]:
    form, answers = answers_of(session, given)
    return form, answers if names else without_names(form, answers)


def _earlier(session: Session, asked: Ask, form: Form, now: Answers, *, names: bool) -> list[Earlier]:
    """The answers before, the newest first, each with what the next one changed in it."""
    found, later = [], now
    for given in reversed(response.superseded(session, asked.id)):
        own, answers = _read(session, given, names=names)
        is_same = (own.key, own.version) == (form.key, form.version)
        differences = compare_answers(form, {LAST_SAVED: answers.values}, later) if is_same else []
        found.append(Earlier(given, _giver(session, asked, given), differences))
        later = answers
    return found


def _giver(session: Session, asked: Ask, given: Response) -> str:
    """Who answered, as a role and never as a name."""
    if given.author_id is None:
        return "the office, for the agency"
    role = standing.of(session, asked, given.author_id)
    if role == "asked":
        seat = session.get_one(Step, asked.step_id).role.words
        return "a colleague it was handed to" if given.author_id == asked.delegate_id else seat
    return "somebody who has since changed roles" if role is None else role.replace("_", " ")
