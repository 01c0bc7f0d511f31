"""Progress: how a campaign stands, every figure with its numerator, its denominator and its date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.hearing.returns import count_waiting
from messages.changes import more_time
from store.answers import tallies
from store.answers.tallies import LetterTally, StepTally
from store.asking.ask import AskState
from store.asking.campaign import Campaign
from store.asking.hold import Hold
from store.chore import Chore, ChoreKind
from store.database import Session
from store.letters.delivery import DeliveryState
from surveys.figures import impact
from surveys.figures.impact import Figure, Reach, Told
from surveys.figures.totals import FEWEST
from surveys.open.anonymous import midnight_of

#: The forms that say that a lesson has arrived, and how far it travelled.
ACKNOWLEDGED, CASCADED = "acknowledge", "cascade"


@dataclass(frozen=True, slots=True)
class Progress:
    """One campaign on one day."""

    campaign: Campaign
    as_at: date
    steps: Sequence[StepTally]
    letters: LetterTally
    holds: Sequence[Hold]
    chores: Sequence[Chore]
    #: None where no step of it asks for an acknowledgement, or for numbers of staff.
    acknowledged: Figure | None
    reach: Reach | None
    #: Returns that wait to be judged, and since when the oldest does.
    unjudged: int = 0
    unjudged_since: date | None = None
    #: The days by which requests for more time are to be decided, by the chore that lists them.
    decide_by: Mapping[UUID, date] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """Agencies asked: those of the first step, without asks called back."""
        return self.steps[0].asked if self.steps else 0

    def to_json(self) -> dict[str, object]:
        """The figures by name."""
        return {
            "campaign": self.campaign.slug,
            "title": self.campaign.title,
            "state": self.campaign.state.value,
            "as_at": self.as_at.isoformat(),
            "asked": self.asked,
            "acknowledged": self.acknowledged.to_json() if self.acknowledged else None,
            "steps": [_step_to_json(step, self.as_at) for step in self.steps],
            "letters": _letters_to_json(self.letters),
            "holds": [{"until": rest.until.isoformat(), "reason": rest.reason} for rest in self.holds],
            "chores": [
                {"chore": one.reference, "kind": one.kind.value, "text": one.text, **self._say_day(one)}
                for one in self.chores
            ],
            "to_judge": {"waiting": self.unjudged, "since": self.unjudged_since},
            "reach": self.reach.to_json() if self.reach else None,
        }

    def is_late(self, chore: Chore) -> bool:
        """Whether the day has passed by which a request for more time was to be decided."""
        day = self.decide_by.get(chore.id)
        return day is not None and day < self.as_at

    def _say_day(self, chore: Chore) -> dict[str, object]:
        day = self.decide_by.get(chore.id)
        return {"by": day.isoformat(), "late": self.is_late(chore)} if day is not None else {}


def read_progress(session: Session, wanted: Campaign, today: date, zone: ZoneInfo) -> Progress:
    """Read how a campaign stands on a local day; what is answered anonymously moves once a day."""
    steps = tallies.steps(session, wanted.id, midnight_of(today, zone))
    chores = tallies.chores(session, wanted)
    return Progress(
        wanted,
        today,
        steps,
        tallies.letters(session, wanted.id),
        tallies.holds(session, wanted, today),
        chores,
        next((answered(step, today) for step in steps if step.form == ACKNOWLEDGED), None),
        _reach(session, wanted, steps, today),
        *count_waiting(session, wanted.id, zone),
        _decide_by(session, chores, zone),
    )


def _decide_by(session: Session, chores: Sequence[Chore], zone: ZoneInfo) -> dict[UUID, date]:
    wishes = (one for one in chores if one.kind is ChoreKind.DECIDE_EXTENSION)
    return {one.id: more_time.decision_due(session, one.opened_at, zone) for one in wishes}


def answered(step: StepTally, today: date) -> Figure:
    """The asks of a step that were answered, of those made live and not called back."""
    return impact.rate(step.of(AskState.ANSWERED), step.asked, today)


def by_code(step: StepTally) -> int | None:
    """The answers given by code as of last night; None where there is no code, or too few to be told."""
    return step.given if step.given is not None and step.given >= FEWEST else None


def _reach(session: Session, wanted: Campaign, steps: Sequence[StepTally], today: date) -> Reach | None:
    if not any(step.form == CASCADED for step in steps):
        return None
    told: dict[UUID, Told] = {
        agency: Told(_number(given, "staff"), _number(given, "reached"), str(given.get("basis", "")))
        for agency, given in tallies.answers(session, wanted.id, CASCADED)
    }
    return impact.reach(told.values(), steps[0].asked, today)


def _number(given: dict[str, Any], name: str) -> int | None:
    value = given.get(name)
    return value if isinstance(value, int) else None


def _step_to_json(step: StepTally, as_at: date) -> dict[str, object]:
    return {
        "step": step.step.key,
        "title": step.step.title,
        "asked": step.asked,
        "answered": answered(step, as_at).to_json(),
        "declined": step.of(AskState.DECLINED),
        "lapsed": step.of(AskState.LAPSED),
        "owed": step.of(AskState.ASKED),
        "pending": step.of(AskState.PENDING),
        "withdrawn": step.of(AskState.WITHDRAWN),
        "by_code": by_code(step),
    }


def _letters_to_json(letters: LetterTally) -> dict[str, object]:
    def count(*states: DeliveryState) -> int:
        return sum(letters.states.get(state, 0) for state in states)

    return {
        "sent": count(DeliveryState.SENT),
        "waiting": count(DeliveryState.WAITING, DeliveryState.SENDING) + letters.ungathered,
        "awaiting_yes": letters.drafted,
        "held_back": letters.held,
        "refused": count(DeliveryState.REFUSED),
        "dropped": count(DeliveryState.DROPPED),
        "doubtful": [
            {
                "person": one.person,
                "address": one.address,
                "at": one.at.isoformat(),
                "state": one.state.value,
                "said": one.said,
            }
            for one in letters.doubts
        ],
    }
