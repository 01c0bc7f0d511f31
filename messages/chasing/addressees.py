"""Addressees: who stands behind the roles that a rung names, and why somebody is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from store.people.seat import SeatRole

#: What a ladder calls whoever was asked: the seat's holder, or the colleague it was handed to.
ASKED = "asked"
#: The seat that whoever was asked by name stands for: none but their own place on a course.
BOOKED = "person_booked"
#: A contact for the holidays, written to only while the agency is closed.
HOLIDAY = "holiday_contact"

#: A school's escalation stays in its own line, and never reaches another school's head.
SCHOOL_LINE = {"board_member": "chair_of_governors", "subgroup_chair": "education_lead"}
#: What an office's ladder means by the same rungs.
OFFICE_LINE = {"subgroup_chair": "board_member"}


@dataclass(frozen=True, slots=True)
class Reach:
    """One person as far as a letter is concerned."""

    person_id: UUID
    name: str
    #: Why nothing can go to them; empty when it can.
    barred: str = ""
    #: Set when they are away but come back; the last day of it.
    away_until: date | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """One role of a rung on the day: whom it means, or why nobody is written to."""

    role: str
    person_id: UUID | None
    #: Empty when a letter goes.
    skipped: str = ""


def words_of(role: str) -> str:
    """A role as people say it."""
    if role in (ASKED, SeatRole.REPRESENTATIVE):
        return SeatRole.REPRESENTATIVE.words
    return role.replace("_", " ")


def names_of(role: str, *, is_school: bool) -> set[str]:
    """What rungs call the holder of a seat: its role, or what the agency's own line makes of others."""
    line = SCHOOL_LINE if is_school else OFFICE_LINE
    return {named for named in {role, *line} if line.get(named, named) == role}


def resolve(
    roles: tuple[str, ...],
    line: Mapping[str, Reach],
    *,
    is_school: bool,
    closed_today: bool,
    already: Mapping[UUID, str],
    asked_as: str = ASKED,
) -> list[Addressee]:
    """Find who each role means today; nobody twice, and nobody who cannot be reached.

    `line` maps roles to people; `already` holds those to whom this rung has gone, with their role. `asked_as`
    is the seat that is asked, for the reasons given.
    """
    found: list[Addressee] = []
    taken = dict(already)
    for role in roles:
        addressee = _resolve_one(role, line, is_school=is_school, closed_today=closed_today, taken=taken)
        if not addressee.skipped and addressee.person_id is not None:
            taken[addressee.person_id] = asked_as if role == ASKED else role
        found.append(addressee)
    return found


def _resolve_one(
    role: str, line: Mapping[str, Reach], *, is_school: bool, closed_today: bool, taken: Mapping[UUID, str]
) -> Addressee:
    if role == HOLIDAY and not closed_today:
        return Addressee(role, None, "not needed: the agency is at work today")
    meant = (SCHOOL_LINE if is_school else OFFICE_LINE).get(role, role)
    person = line.get(meant)
    if person is None:
        return Addressee(role, None, f"no {words_of(meant)} is named")
    if person.barred:
        return Addressee(role, person.person_id, f"{person.name} {person.barred}")
    if person.away_until is not None:
        return Addressee(role, person.person_id, f"{person.name} is away until {person.away_until}")
    if person.person_id in taken:
        return Addressee(
            role, person.person_id, f"{person.name} is also the {words_of(taken[person.person_id])}"
        )
    return Addressee(role, person.person_id)
