"""RAG: how pressing one ask is, as a word, its colour and the reason, never a colour alone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from messages.days.calendar import WorkingCalendar
from messages.letters.counted import counted
from store.asking.ask import AskState

#: Working days: open within so many of its due date, or so many after it, an ask is amber; later, red.
NEAR = 5
#: So many days without a working day are a holiday, not a weekend.
HOLIDAY = 4


class Rag(StrEnum):
    """The five colours of a return."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Position:
    """Where one ask stands, as far as its colour goes."""

    state: AskState
    due_on: date
    original_due_on: date
    #: The local day on which it was closed; None while it is open.
    closed_on: date | None = None
    held_until: date | None = None
    held_why: str = ""
    #: Whether a person has judged the answer and accepted it.
    accepted: bool = False
    #: The local day on which the answer was sent back with points; None where it was not, or came again.
    sent_back_on: date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A colour and why, to be shown together."""

    rag: Rag
    reason: str

    def __str__(self) -> str:
        return f"{self.rag.value}: {self.reason}"


def judge(position: Position, today: date, calendar: WorkingCalendar) -> Judgement:
    """Judge one ask on a day, by the working days of its agency.

    Green is in; blue in and accepted; amber open and nearly due, extended, sent back with points or up to
    five working days past due; red further past due, or chased to the end; grey not due yet, at rest or not
    relevant. Raises CalendarEnds where the term dates do not reach.
    """
    match position.state:
        case AskState.ANSWERED:
            return _judge_answer(position, calendar)
        case AskState.ASKED:
            return _tell_back(position, _judge_open(position, today, calendar))
        case AskState.LAPSED:
            return Judgement(Rag.RED, "chased to the end; an answer is still welcome")
        case AskState.PENDING:
            return Judgement(Rag.GREY, "not asked yet")
        case AskState.DECLINED:
            return Judgement(Rag.GREY, "they say that it is not for them")
        case AskState.WITHDRAWN:
            return Judgement(Rag.GREY, "called back by the board")
        case AskState.BEGUN:
            return Judgement(Rag.GREY, "begun by the agency itself, and not sent yet")


def _judge_answer(position: Position, calendar: WorkingCalendar) -> Judgement:
    if position.accepted:
        return Judgement(Rag.BLUE, "in, and accepted")
    closed = position.closed_on
    if closed is None or closed <= position.due_on:
        return Judgement(Rag.GREEN, "in by its due date")
    return Judgement(Rag.GREEN, f"in, {_days(calendar.between(position.due_on, closed))} after it was due")


def _tell_back(position: Position, judged: Judgement) -> Judgement:
    """The same with the day on which the answer was sent back."""
    if position.sent_back_on is None:
        return judged
    return Judgement(judged.rag, f"sent back on {position.sent_back_on}; {judged.reason}")


def _judge_open(position: Position, today: date, calendar: WorkingCalendar) -> Judgement:
    if position.held_until is not None and today <= position.held_until:
        return Judgement(Rag.GREY, f"at rest until {position.held_until}: {position.held_why}")
    back = calendar.next_working(today)
    if (back - today).days >= HOLIDAY:
        return Judgement(Rag.GREY, f"the agency is closed until {back}")
    past = calendar.between(position.due_on, today)
    if past > NEAR:
        return Judgement(Rag.RED, f"{_days(past)} past its due date")
    if past > 0:
        return Judgement(Rag.AMBER, f"{_days(past)} past its due date")
    if today >= position.due_on:
        return Judgement(Rag.AMBER, "due today" if today == position.due_on else "its due date has passed")
    if -past <= NEAR or position.sent_back_on is not None:
        return Judgement(Rag.AMBER, f"due in {_days(-past)}")
    if position.due_on > position.original_due_on:
        return Judgement(Rag.AMBER, f"more time was given; it was first due on {position.original_due_on}")
    return Judgement(Rag.GREY, f"not due yet; due in {_days(-past)}")


def _days(count: int) -> str:
    return counted(count, "working day")
