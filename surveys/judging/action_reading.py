"""Reading: what one answer says of one action, read from the response each time and kept nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from surveys.judging.evidence import name_question

#: What the status is called on a page.
STATUS = {
    "complete": "complete",
    "on_track": "on track",
    "delayed": "delayed",
    "not_started": "not started",
    "not_needed": "no longer needed",
}
#: What the owner recommends after twelve months.
RECOMMENDED = {"close": "close it", "keep_open": "keep it open", "reopen": "open it again"}
_NOTHING = "none"


@dataclass(frozen=True, slots=True)
class ActionReading:
    """What an owner said of an action at one check. Numbers are as typed; None or empty where not said."""

    status: str
    done: str = ""
    #: What was named as evidence that it happened, is usual practice, and made a difference.
    happened: tuple[str, ...] = ()
    embedded: tuple[str, ...] = ()
    difference: tuple[str, ...] = ()
    latest: float | None = None
    #: How many people or records the latest value is out of, and its date.
    out_of: int | None = None
    taken_on: date | None = None
    #: From 1, not at all sure that it lasts, to 5.
    sure: int | None = None
    #: The new date where it is delayed.
    new_due: date | None = None
    recommended: str = ""

    @property
    def has_evidence(self) -> bool:
        """Whether anything at all is named that shows it."""
        return bool(self.happened or self.embedded or self.difference)

    @property
    def status_in_words(self) -> str:
        """The status as its page calls it."""
        return STATUS.get(self.status, self.status)


def read_action(answers: Mapping[str, object], number: int) -> ActionReading | None:
    """What a response says of the action of this number; None where it says nothing of it."""
    about = {name: answers.get(name_question(number, name)) for name in _ASKED}
    status = about["status"]
    if not isinstance(status, str):
        return None
    return ActionReading(
        status=status,
        done=_text(about["done"]),
        happened=_chosen(about["happened"]),
        embedded=_chosen(about["embedded"]),
        difference=_chosen(about["difference"]),
        latest=_number(about["latest"]),
        out_of=_whole(about["figure_n"]),
        taken_on=_day(about["figure_on"]),
        sure=_whole(about["sure"]),
        new_due=_day(about["new_due"]),
        recommended=_text(about["recommend"]),
    )


#: The questions of the shipped form that are read.
_ASKED = (
    "status",
    "done",
    "happened",
    "embedded",
    "difference",
    "latest",
    "figure_n",
    "figure_on",
    "sure",
    "new_due",
    "recommend",
)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _chosen(value: object) -> tuple[str, ...]:
    found = value if isinstance(value, list | tuple) else ()
    return tuple(str(each) for each in found if each != _NOTHING)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    text = str(value) if isinstance(value, int | str) else ""
    return int(text) if text.isdecimal() else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
