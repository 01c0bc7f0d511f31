"""Bundle: several things in one message: in which parts they stand, what it is called, what travels along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from messages.chasing.addressees import ASKED
from messages.chasing.chase import BACK, HANDED_OVER, SENT_BACK
from messages.chasing.covering import base_of, is_notice
from messages.writing.variables import SURVEY_LINK
from store.asking.lesson import Lesson
from store.letters.outbox import Owed
from store.letters.stationery import Stationery
from store.people.seat import SeatRole

#: Roles whose letters ask nothing of the reader but to know, and to talk to their people.
UPPER = frozenset({"board_member", "subgroup_chair", "chief_officer", "holiday_contact"})
#: Roles to which a lesson is new whenever they are written to about it.
NEWCOMERS = frozenset({*UPPER, SeatRole.DEPUTY, SeatRole.LINE_MANAGER})
#: The parts, in the order in which a reader finds them.
LATE, NEAR, NEW, COMING = "Still needed", "Due in the next days", "New", "Coming up"
PARTS = (LATE, NEAR, NEW, COMING)
#: Days to the due date within which something is nearly due.
SOON = timedelta(days=2)
#: Characters of lessons that one message carries in full; a longer one stands on the page alone.
MOST_LESSONS = 60_000


@dataclass(frozen=True, slots=True)
class Bundle:
    """How one message with several things is laid out."""

    #: What its words are called: about one campaign and new, all of it chased, or a week's message.
    words: str
    heading: str
    #: The things of each part; a heading is empty where there is but one part.
    parts: Mapping[str, tuple[Owed, ...]]
    lessons: tuple[Lesson, ...]

    def leaves_out(self, part: Owed, sheet: Stationery) -> bool:
        """Whether a lesson that is new to the reader stands on its page alone, for want of room."""
        return sheet.lesson is not None and _is_new(part, sheet) and sheet.lesson not in self.lessons


def bundle(owed: Sequence[Owed], stationery: Mapping[UUID, Stationery], today: date) -> Bundle:
    """Lay out what one reader gets."""
    found = {name: tuple(part for part in owed if _part_of(part, today) == name) for name in PARTS}
    parts = {name: some for name, some in found.items() if some}
    sheets = [stationery[part.words_id] for part in owed]
    words = "week"
    if all(part.is_first for part in owed) and len({sheet.campaign.id for sheet in sheets}) == 1:
        words, parts = "first", {"": tuple(owed)}
    elif not any(part.is_first for part in owed):
        words = "chase"
    if all(part.role in UPPER for part in owed):
        # Each has words of its own, and so stands for itself.
        joined = {part.touch_id.hex: (part,) for part in owed}
        return Bundle("joined", f"{owed[0].agency}: what would help", joined, _lessons(owed, stationery))
    if any(base_of(part.rung) == BACK.name for part in owed):
        words = "back"
    headings = {"first": sheets[0].campaign.title, "chase": "Still needed", "back": "Back after the summer"}
    heading = headings.get(words, "All in one message")
    return Bundle(words, heading, parts if len(parts) > 1 else {"": tuple(owed)}, _lessons(owed, stationery))


def _part_of(part: Owed, today: date) -> str:
    if part.is_first:
        return NEW
    if part.due_on < today:
        return LATE
    return NEAR if part.due_on - today <= SOON else COMING


def _lessons(owed: Sequence[Owed], stationery: Mapping[UUID, Stationery]) -> tuple[Lesson, ...]:
    """The lessons that are new to the reader, each once, as many as one message holds."""
    found: dict[UUID, Lesson] = {}
    for part in owed:
        sheet = stationery[part.words_id]
        if sheet.lesson is not None and _is_new(part, sheet):
            found[sheet.lesson.id] = sheet.lesson
    room = MOST_LESSONS
    kept = []
    for lesson in found.values():
        room -= len(lesson.body)
        if room >= 0:
            kept.append(lesson)
    return tuple(kept)


def _is_new(part: Owed, sheet: Stationery) -> bool:
    """Whether a lesson is new to the reader of a letter that may carry it."""
    is_new = part.is_first or part.role != ASKED or part.rung in (HANDED_OVER.name, SENT_BACK.name)
    return is_new and carries_lesson(sheet)


def carries_lesson(sheet: Stationery) -> bool:
    """Whether the lesson travels in a letter: in what is read first, and to whoever is new to it.

    Beside a survey it does not: what staff are asked about it would be told to them.
    """
    if invites(sheet):
        return False
    return sheet.step.position == 1 or sheet.words.role in NEWCOMERS or sheet.words.rung == HANDED_OVER.name


def invites(sheet: Stationery) -> bool:
    """Whether words show the link of a survey."""
    return SURVEY_LINK in sheet.words.body or SURVEY_LINK in sheet.words.subject


def particular_to(part: Owed) -> str:
    """What the reader of one thing in a message is to know besides what is asked; empty where it is usual."""
    if is_notice(part.rung):
        return f"{part.representative} cannot see to it now, and you stand in" if part.representative else ""
    if part.rung == HANDED_OVER.name:
        return "it was handed to you"
    if part.points:
        return f"it comes back with points from the Board: {part.points}"
    return f"you stand in for {part.representative}" if part.representative else ""
