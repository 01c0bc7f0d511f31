"""Courses: one held in July, about which people are asked again in October, and one still to come."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.asking.bookings import keep_bookings, read_bookings
from bot.demo.scenery.founding import SceneError, open_sample
from bot.demo.scenery.making import launch_now, make_campaign
from bot.demo.stage import Stage
from bot.directory.sheets.sheet import Refusal
from messages.letters.identity import Identity
from store.database import Session


@dataclass(frozen=True, slots=True)
class Course:
    """One course: its campaign's short name, its day, its title, and two statements that test it."""

    slug: str
    on: date
    title: str
    items: tuple[str, str]
    #: The list of who is booked, beside the sample directory.
    bookings: str
    #: Whom the script leaves to a visitor of the demonstration.
    visitor: str


#: Three months before the story; its last questions open on Wednesday 7 October.
HELD = Course(
    "neglect-july",
    date(2026, 7, 9),
    "Neglect",
    (
        "A child who is always brought to school cannot be neglected.",
        "What a child does not say can be the sign that matters.",
    ),
    "neglect-july.csv",
    "hana.lisle@housing.westberks.example",
)
#: In the story's second week.
COMING = Course(
    "compliance-october",
    date(2026, 10, 22),
    "Disguised compliance",
    (
        "A family that keeps every appointment needs no further questions.",
        "It helps to ask what has changed for the child, and not what was attended.",
    ),
    "compliance-october.csv",
    "leon.farrant@downlandhealth.example",
)


async def announce(stage: Stage, course: Course, now: datetime) -> None:
    """Ask everybody booked on a course, from now until three months after it."""
    identity = stage.house.identity
    with open_sample() as folder:
        await stage.house.database.write(lambda session: _announce(session, course, folder, now, identity))


def _announce(session: Session, course: Course, folder: Path, now: datetime, identity: Identity) -> None:
    listed = read_bookings(folder / "bookings" / course.bookings)
    if isinstance(listed, Refusal) or listed.faults:
        raise SceneError(str(listed))
    values = {"course": course.title, "item_1": course.items[0], "item_2": course.items[1]}
    made = make_campaign(session, "training", course.slug, now, values=values, on=course.on)
    kept = keep_bookings(session, made, listed.booked)
    if isinstance(kept, list):
        raise SceneError(kept[0])
    launch_now(session, made, now, identity)
