"""Turn: one deed of one person in the script."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")


class Deed(StrEnum):
    """What people do."""

    ACKNOWLEDGE = "acknowledges"
    CONFIRM = "confirms the cascade"
    HAND_OVER = "hands it to a colleague"
    MORE_TIME = "asks for more time"
    DECLINE = "says that it is not for them"
    AWAY = "is recorded as away"
    BOUNCED = "is recorded as not reachable"
    TOLD = "tells it on the phone"
    APPROVE = "approves the letters that wait"
    #: Of a return: `sections` names them, and the other values are what is typed where it is asked.
    FILL = "fills in sections of a return"
    SHARE = "asks a colleague to fill in a section"
    SIGN = "goes through what is left of a return and sends it"
    #: Of a course.
    TELL = "tells about a course"


@dataclass(frozen=True, slots=True)
class Turn:
    """One deed of one person."""

    at: datetime
    #: The address of who does it; for what a coordinator records, of whom it is about.
    who: str
    deed: Deed
    values: Mapping[str, str] = field(default_factory=dict)
    #: The short name of the campaign in whose letter they find the link.
    about: str = "wren"


def on(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    """That time of a day of the story's year, by the clock on the wall."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)
