"""Directory: a board's agencies, seats and terms as an import sees them, and the rows it changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import Session

from store.base import ordered_id
from store.people.agency import Agency, Membership, by_name, fold
from store.people.board import Office, OfficeRole
from store.people.person import Address, Person
from store.people.seat import Holding, Seat, SeatRole
from store.people.term import Closure, Term


@dataclass(frozen=True, slots=True)
class Filled:
    """One seat of a member agency, with its holder and their address; None where it is vacant."""

    agency: Agency
    role: SeatRole
    person: Person | None
    email: str | None


def filled(session: Session, board_id: UUID) -> list[Filled]:
    """Every seat of a board's members, vacant ones too."""
    member = and_(Membership.agency_id == Seat.agency_id, Membership.board_id == Seat.board_id)
    query = (
        select(Seat.id, Agency, Seat.role, Person, Address.value)
        .join(Agency, Agency.id == Seat.agency_id)
        .join(Membership, member)
        .outerjoin(Holding, and_(Holding.seat_id == Seat.id, Holding.until.is_(None)))
        .outerjoin(Person, Person.id == Holding.person_id)
        .outerjoin(Address, and_(Address.person_id == Person.id, Address.channel == "email"))
        .where(Seat.board_id == board_id)
        .order_by(Agency.folded, Seat.role, Address.id)
    )
    found: dict[UUID, Filled] = {}
    for seat_id, agency, role, person, email in session.execute(query):
        found.setdefault(seat_id, Filled(agency, role, person, email))
    return list(found.values())


def terms(session: Session) -> list[Term]:
    """Every term of every set, in order."""
    return session.query(Term).order_by(Term.term_set, Term.first_day).all()


def closures(session: Session) -> dict[UUID, tuple[date, ...]]:
    """The closure days of each agency, in order."""
    found: dict[UUID, tuple[date, ...]] = {}
    for closure in session.query(Closure).filter(Closure.agency_id.is_not(None)).order_by(Closure.day):
        if closure.agency_id is not None:
            found[closure.agency_id] = (*found.get(closure.agency_id, ()), closure.day)
    return found


def keep_agency(session: Session, board_id: UUID, name: str) -> Agency:
    """Find the agency of this name or add it, and make it a member of the board."""
    found = by_name(session, name)
    if found is None:
        found = Agency(id=ordered_id(), name=name, folded=fold(name), sector="other", domains=[])
        session.add(found)
        session.flush()
    if session.query(Membership.id).filter_by(board_id=board_id, agency_id=found.id).first() is None:
        session.add(Membership(board_id=board_id, agency_id=found.id))
        session.flush()
    return found


def set_closures(session: Session, agency_id: UUID, days: Iterable[date]) -> None:
    """Let an agency be closed on these days and no others."""
    session.execute(delete(Closure).where(Closure.agency_id == agency_id))
    session.add_all([Closure(agency_id=agency_id, day=day) for day in sorted(set(days))])
    session.flush()


def keep_term(session: Session, term_set: str, name: str, first: date, last: date) -> Term:
    """Add a term or give it new days; one of its set that began on the same day becomes this one."""
    standing = [term for term in session.query(Term) if fold(term.term_set) == fold(term_set)]
    same = next((term for term in standing if fold(term.name) == fold(name)), None)
    shadowed = next((term for term in standing if term.first_day == first and term is not same), None)
    if same is not None and shadowed is not None:
        session.delete(shadowed)
        session.flush()
    found = same or shadowed
    if found is None:
        spelled = standing[0].term_set if standing else term_set
        found = Term(id=ordered_id(), term_set=spelled)
        session.add(found)
    found.name, found.first_day, found.last_day = name, first, last
    session.flush()
    return found


def remove_term(session: Session, term_set: str, name: str) -> None:
    """Remove one term of a set."""
    for term in session.query(Term):
        if (fold(term.term_set), fold(term.name)) == (fold(term_set), fold(name)):
            session.delete(term)
    session.flush()


def end_membership(session: Session, board_id: UUID, agency_id: UUID) -> None:
    """Let an agency leave a board; what it answered stays."""
    where = (Membership.board_id == board_id, Membership.agency_id == agency_id)
    session.execute(delete(Membership).where(*where))


def seats_of(session: Session, board_id: UUID, agency_id: UUID) -> list[Seat]:
    """Every seat of an agency with a board."""
    return session.query(Seat).filter_by(board_id=board_id, agency_id=agency_id).order_by(Seat.role).all()


def people_named(session: Session, name: str) -> list[Person]:
    """Everybody who bears a name, whatever its case."""
    query = session.query(Person).filter(func.lower(Person.name) == " ".join(name.split()).lower())
    return query.order_by(Person.id).all()


def keep_office(session: Session, board_id: UUID, person_id: UUID, role: OfficeRole) -> None:
    """Give a person an office with a board, unless they hold it."""
    known = session.query(Office.id).filter_by(board_id=board_id, person_id=person_id, role=role)
    if known.first() is None:
        session.add(Office(id=ordered_id(), board_id=board_id, person_id=person_id, role=role))
        session.flush()


def end_office(session: Session, board_id: UUID, person_id: UUID, role: OfficeRole) -> None:
    """Let a person hold an office no longer."""
    where = (Office.board_id == board_id, Office.person_id == person_id, Office.role == role)
    session.execute(delete(Office).where(*where))
