"""RAG of actions: how one promised change stands, as a colour and the reason in words."""

from dataclasses import dataclass
from datetime import date

from messages.days.calendar import WorkingCalendar
from messages.letters.counted import counted
from messages.standing.rag import Judgement, Rag

#: Working days past its due date from which an action is red.
LATE = 20
#: The rating from which a closed action is assured, and the check at which evidence must be there.
ASSURED = 2
LAST_CHECK = 12
_AT_RISK = {"delayed": "its owner says that it is delayed", "not_started": "its owner has not started"}


@dataclass(frozen=True, slots=True)
class ActionPosition:
    """Where one action stands, as far as its colour goes."""

    due_on: date
    is_open: bool
    #: What was said of it last, as the form's answer; empty where nothing was.
    status: str = ""
    #: The newest check it is old enough for, in months, and whether any evidence came at the last check.
    age: int = 0
    has_evidence: bool = False
    #: The newest rating, and why it was closed.
    rating: int | None = None
    why: str = ""
    is_not_needed: bool = False


def judge_action(position: ActionPosition, today: date, calendar: WorkingCalendar) -> Judgement:
    """Judge one action on a day, by the working days of its agency.

    Blue is closed with a rating of two or more; green on track; amber at risk, or under twenty working days
    past due; red further past due, or without evidence at twelve months; grey where nothing is known yet, or
    it was closed without that rating. Raises CalendarEnds where the term dates do not reach.
    """
    if not position.is_open:
        return _judge_closed(position)
    if position.age >= LAST_CHECK and not position.has_evidence:
        return Judgement(Rag.RED, "no evidence at twelve months")
    late = calendar.between(position.due_on, today) if today > position.due_on else 0
    if late > 0 and position.status != "complete":
        colour = Rag.RED if late >= LATE else Rag.AMBER
        return Judgement(colour, f"{counted(late, 'working day')} past its due date")
    return _judge_said(position)


def _judge_closed(position: ActionPosition) -> Judgement:
    because = f": {position.why}" if position.why else ""
    if position.is_not_needed:
        return Judgement(Rag.GREY, f"no longer needed{because}")
    if position.rating is not None and position.rating >= ASSURED:
        return Judgement(Rag.BLUE, f"closed, its evidence rated {position.rating}")
    rated = "not rated" if position.rating is None else f"rated {position.rating}"
    return Judgement(Rag.GREY, f"closed, its evidence {rated}{because}")


def _judge_said(position: ActionPosition) -> Judgement:
    if position.status in _AT_RISK:
        return Judgement(Rag.AMBER, f"at risk: {_AT_RISK[position.status]}")
    match position.status:
        case "":
            return Judgement(Rag.GREY, "nothing has been said of it yet")
        case "complete":
            return Judgement(Rag.GREEN, "complete, its owner says; not closed yet")
        case "not_needed":
            return Judgement(Rag.GREEN, "no longer needed, its owner says; a person decides")
        case _:
            return Judgement(Rag.GREEN, "on track")
