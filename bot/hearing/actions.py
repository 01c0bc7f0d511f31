"""Actions: how each promised change stands, put together from what was said of it and how that was rated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.days.almanac import Almanac
from messages.days.calendar import CalendarEnds
from messages.standing.action_rag import ActionPosition, judge_action
from messages.standing.rag import Judgement
from store.answers import action, action_rating
from store.answers.action import Action, ActionState
from store.answers.action_rating import ActionRating, Asked, RatingDecision
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson
from store.database import Session
from store.people.agency import Agency
from surveys.judging.action_reading import ActionReading, read_action
from surveys.judging.embedding import AgedAction, age_reached
from surveys.judging.evidence import LAST_CHECK


@dataclass(frozen=True, slots=True)
class ActionCheck:
    """One time that an action was asked about: the check in months, and what was said, where anything was."""

    months: int
    reference: str
    state: str
    at: datetime | None
    reading: ActionReading | None


@dataclass(frozen=True, slots=True)
class ActionStanding:
    """One action with all that is known of it, as at a day."""

    action: Action
    agency: Agency
    #: The code of its lesson, or the name of its review.
    source: str
    checks: Sequence[ActionCheck]
    ratings: Sequence[ActionRating]
    judgement: Judgement

    @property
    def reading(self) -> ActionReading | None:
        """What was said of it last."""
        return next((one.reading for one in reversed(self.checks) if one.reading), None)

    @property
    def rating(self) -> ActionRating | None:
        """How it was rated last."""
        return self.ratings[-1] if self.ratings else None

    @property
    def latest(self) -> str:
        """Its value as last told: “41 of 50 (1 Sep 2026)”; empty where none was."""
        for check in reversed(self.checks):
            if check.reading and check.reading.latest is not None:
                return _say_value(check.reading)
        return ""

    @property
    def aged(self) -> AgedAction:
        """What an embedding rate looks at."""
        closed = self.action.state is ActionState.CLOSED
        closings = [one.months for one in self.ratings if one.decision is RatingDecision.CLOSE]
        return AgedAction(
            agreed_on=self.action.agreed_on,
            ratings={one.months: one.rating for one in self.ratings},
            closed_at=closings[-1] if closed and closings else None,
            is_dropped=self.action.state is ActionState.NOT_NEEDED,
        )


def list_actions(
    session: Session,
    board_id: UUID,
    now: datetime,
    zone: ZoneInfo,
    *,
    agency_id: UUID | None = None,
    about: str = "",
) -> list[ActionStanding]:
    """A board's actions as they stand, by agency; `about` is a lesson's code or the name of a review."""
    return stand(session, action.of_board(session, board_id, agency_id=agency_id, about=about), now, zone)


def stand(
    session: Session, found: Iterable[tuple[Action, Agency, Lesson | None]], now: datetime, zone: ZoneInfo
) -> list[ActionStanding]:
    """How some actions stand now."""
    rows, today, almanac = list(found), now.astimezone(zone).date(), Almanac(session)
    ids = [one.id for one, _, _ in rows]
    asked, ratings = action_rating.asked_about(session, ids), action_rating.given_about(session, ids)
    slugs = _slugs(session, asked.values())
    standings = []
    for one, where, lesson in rows:
        checks = [_check(one, each, slugs) for each in asked.get(one.id, ())]
        rated = ratings.get(one.id, [])
        judgement = _judge(one, where, checks, rated, today, almanac)
        source = lesson.code if lesson else one.review
        standings.append(ActionStanding(one, where, source, checks, rated, judgement))
    return standings


def _slugs(session: Session, asked: Iterable[list[Asked]]) -> dict[UUID, str]:
    ids = {one.campaign_id for several in asked for _, one, _ in several}
    return {key: session.get_one(Campaign, key).slug for key in ids}


def _check(one: Action, asked: Asked, slugs: dict[UUID, str]) -> ActionCheck:
    link, ask, given = asked
    reading = read_action(given.answers, one.number) if given else None
    at = given.at if given else None
    return ActionCheck(link.months, f"{slugs[ask.campaign_id]}-{ask.number}", ask.state.value, at, reading)


def _judge(
    one: Action,
    where: Agency,
    checks: Sequence[ActionCheck],
    ratings: Sequence[ActionRating],
    today: date,
    almanac: Almanac,
) -> Judgement:
    readings = [check for check in checks if check.reading]
    position = ActionPosition(
        due_on=one.due_on,
        is_open=one.state.is_open,
        status=readings[-1].reading.status if readings and readings[-1].reading else "",
        age=age_reached(one.agreed_on, today),
        has_evidence=any(
            check.months >= LAST_CHECK and check.reading.has_evidence for check in readings if check.reading
        ),
        rating=ratings[-1].rating if ratings else None,
        why=one.why,
        is_not_needed=one.state is ActionState.NOT_NEEDED,
    )
    try:
        return judge_action(position, today, almanac.of(where))
    except CalendarEnds:
        return judge_action(position, today, almanac.office())


def _say_value(reading: ActionReading) -> str:
    value = f"{reading.latest:g}"
    if reading.out_of:
        value += f" of {reading.out_of}"
    return f"{value} ({reading.taken_on:%d/%m/%Y})" if reading.taken_on else value
