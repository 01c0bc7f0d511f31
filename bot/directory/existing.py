"""What the store holds of a board's directory, in the same rows as a file gives."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from bot.directory.difference import Existing
from bot.directory.rows import ActionRow, AgencyRow, Directory, SeatRow, TermRow
from bot.directory.vocabulary import OFFICE, Role, Sector
from store.answers import action
from store.answers.action import Action
from store.asking.lesson import Lesson
from store.database import Session
from store.people import agency, directory
from store.people.agency import Agency
from store.people.directory import Filled
from store.people.seat import SeatRole

#: What the seats that a file names are called in the store; others, such as chief officer, it never names.
SEATS = {
    Role.REPRESENTATIVE: SeatRole.REPRESENTATIVE,
    Role.DEPUTY: SeatRole.DEPUTY,
    Role.LINE_MANAGER: SeatRole.LINE_MANAGER,
    Role.BOARD_MEMBER: SeatRole.BOARD_MEMBER,
    Role.CHAIR_OF_GOVERNORS: SeatRole.CHAIR_OF_GOVERNORS,
    Role.CHIEF_OFFICER: SeatRole.CHIEF_OFFICER,
    Role.REPORT_AUTHOR: SeatRole.REPORT_AUTHOR,
}
_ROLES = {seat: role for role, seat in SEATS.items()}


def read_existing(session: Session, board_id: UUID) -> Existing:
    """Everything that a file may speak of: a board's members and their seats, and every set of terms."""
    filled = directory.filled(session, board_id)
    contacts = {one.agency.id: one for one in filled if one.role is SeatRole.HOLIDAY_CONTACT}
    closed = directory.closures(session)
    return Existing(
        agencies=tuple(
            _agency(one, contacts.get(one.id), closed.get(one.id, ()))
            for one in agency.members(session, board_id)
        ),
        seats=tuple(_seat(one, _ROLES[one.role]) for one in filled if one.role in _ROLES),
        terms=tuple(
            TermRow(term.term_set, term.name, term.first_day, term.last_day)
            for term in directory.terms(session)
        ),
        actions=tuple(
            action_row(one, where, lesson) for one, where, lesson in action.of_board(session, board_id)
        ),
        lessons=action.lesson_days(session, board_id),
    )


def action_row(one: Action, where: Agency, lesson: Lesson | None) -> ActionRow:
    """An action as a file gives it."""
    return ActionRow(
        reference=one.reference,
        agency=where.name,
        text=one.text,
        owner=one.owner,
        lesson=lesson.code if lesson else "",
        review=one.review,
        agreed_on=one.agreed_on,
        original_due_on=one.original_due_on,
        due_on=one.due_on,
        measure=one.measure,
        baseline=one.baseline,
        baseline_on=one.baseline_on,
        target=one.target,
        state=one.state,
        closed_on=one.closed_on,
        why=one.why,
    )


def agree_on_people(told: Directory) -> Directory:
    """Let every address have one name, language and audience: the first that the files give it.

    One address is one person, however often and in whichever spelling the rows name them.
    """
    names: dict[str, str] = {}
    languages: dict[str, str] = {}
    audiences: dict[str, str] = {}
    for seat in told.seats:
        for known, value in ((names, seat.name), (languages, seat.language), (audiences, seat.audience)):
            if seat.email and value:
                known.setdefault(seat.email, value)
    return replace(
        told,
        agencies=tuple(_agree_on_contact(row, names) for row in told.agencies),
        seats=tuple(
            replace(
                seat,
                name=names.get(seat.email, seat.name),
                language=languages.get(seat.email),
                audience=audiences.get(seat.email),
            )
            if seat.email
            else seat
            for seat in told.seats
        ),
    )


def _agree_on_contact(row: AgencyRow, names: dict[str, str]) -> AgencyRow:
    if not row.holiday_email:
        return row
    # An address without a name says nothing about what its reader is called.
    known = names.get(row.holiday_email) or row.holiday_name or None
    if known:
        names.setdefault(row.holiday_email, known)
    return replace(row, holiday_name=known)


def _agency(known: Agency, contact: Filled | None, closed: tuple[date, ...]) -> AgencyRow:
    sectors = {sector.value: sector for sector in Sector}
    person = contact.person if contact else None
    return AgencyRow(
        known.name,
        sectors.get(known.sector),
        f"school: {known.term_set}" if known.is_school else OFFICE,
        tuple(str(domain) for domain in known.domains),
        person.name if person else None,
        contact.email if contact else None,
        closed,
        known.staff,
    )


def _seat(one: Filled, role: Role) -> SeatRow:
    if one.person is None:
        return SeatRow(one.agency.name, role)
    person = one.person
    return SeatRow(one.agency.name, role, person.name, one.email, person.language, person.audience or None)
