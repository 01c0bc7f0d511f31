"""Extensions: who decides about more time, by the rule that a campaign has for it, and by when."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from messages.days.calendar import WorkingCalendar

#: A first request for up to so many working days, made in time, is granted at once.
GRANTED_AT_ONCE = 10
#: A person decides within so many working days of the board.
DECIDED_WITHIN = 2


class ExtensionRule(StrEnum):
    """How a campaign deals with a request for more time."""

    ORDINARY = ""  #: a first one in time is granted at once, and the office decides about the rest
    PANEL = "panel"  #: a first one in time is for the chair of the panel, any other for the Independent Chair
    CHAIR = "chair"  #: none but by the Independent Chair
    TERM = "term"  #: as the ordinary rule up to the end of the school term, then none but by the chair


#: The rules of reports that a review has asked for.
FOR_REVIEWS = (ExtensionRule.PANEL, ExtensionRule.CHAIR)


class Decider(StrEnum):
    """Who decides, as people say it."""

    AT_ONCE = "the rule for a first request in time"
    OFFICE = "the board's office"
    PANEL_CHAIR = "the chair of the review panel"
    INDEPENDENT_CHAIR = "the Independent Chair"

    @property
    def is_chair(self) -> bool:
        """Whether the office only records what somebody else has decided."""
        return self in (Decider.PANEL_CHAIR, Decider.INDEPENDENT_CHAIR)


@dataclass(frozen=True, slots=True)
class Wish:
    """A request for more time, as far as it decides who decides."""

    working_days: int
    #: Whether it was made before the due day was over.
    in_time: bool
    #: The requests that were made before it, whatever came of them.
    earlier: int = 0
    urgent: bool = False
    #: The day it would be due then, and the last day of the school term; None where none is known.
    due_after: date | None = None
    term_ends: date | None = None

    @property
    def is_routine(self) -> bool:
        """Whether it is the first, in time, and short."""
        return not self.earlier and self.in_time and self.working_days <= GRANTED_AT_ONCE


def decider_of(rule: ExtensionRule, wish: Wish) -> Decider:
    """Who decides about a request. Where no terms are known, nothing is taken to lie within one."""
    match rule:
        case ExtensionRule.PANEL:
            return Decider.PANEL_CHAIR if wish.is_routine else Decider.INDEPENDENT_CHAIR
        case ExtensionRule.CHAIR:
            return Decider.INDEPENDENT_CHAIR
        case ExtensionRule.TERM if not _lies_in_term(wish):
            return Decider.INDEPENDENT_CHAIR
        case ExtensionRule.TERM | ExtensionRule.ORDINARY:
            return Decider.AT_ONCE if wish.is_routine and not wish.urgent else Decider.OFFICE


def _lies_in_term(wish: Wish) -> bool:
    return None not in (wish.due_after, wish.term_ends) and wish.due_after <= wish.term_ends  # type: ignore[operator]


def decided_by(asked_at: datetime, board: WorkingCalendar, zone: ZoneInfo) -> date:
    """The day by which a person of the board decides, counted from the first working day it can be read."""
    return board.add(board.next_working(asked_at.astimezone(zone).date()), DECIDED_WITHIN)


def say_rule(rule: ExtensionRule) -> str:
    """What whoever asks for more time reads of it beforehand."""
    within = "within two working days"
    match rule:
        case ExtensionRule.PANEL:
            return (
                f"A first request for up to {GRANTED_AT_ONCE} working days, made before the date, goes to "
                f"{Decider.PANEL_CHAIR}; any other to {Decider.INDEPENDENT_CHAIR}. They decide {within}."
            )
        case ExtensionRule.CHAIR:
            return (
                f"The date is that of a rapid review: only {Decider.INDEPENDENT_CHAIR} can move it, and "
                f"decides {within}."
            )
        case ExtensionRule.TERM:
            return (
                f"A first request for up to {GRANTED_AT_ONCE} working days within this school term, made "
                "before the date, is granted at once. Past the end of term "
                f"{Decider.INDEPENDENT_CHAIR} decides; otherwise {Decider.OFFICE}, {within}."
            )
        case ExtensionRule.ORDINARY:
            return (
                f"A first request for up to {GRANTED_AT_ONCE} working days, made before the date, is granted "
                f"at once. For anything else a person at the board decides {within}."
            )
