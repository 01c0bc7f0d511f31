"""A small town whose offices and school keep days of their own, counted without a line of Cascade's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from store.asking.lesson import Lesson
from store.database import Session
from store.people import seat
from store.people.board import Board, OfficeRole
from store.people.person import Person
from store.people.seat import SeatRole
from store.people.term import Closure, Term
from tests import make
from tests.make import ZONE

DAY = timedelta(days=1)
#: As gov.uk lists them for England and Wales.
BANK_HOLIDAYS = frozenset(
    date(year, month, day)
    for year, month, day in [
        (2026, 12, 25), (2026, 12, 28), (2027, 1, 1), (2027, 3, 26), (2027, 3, 29), (2027, 5, 3),
        (2027, 5, 31), (2027, 8, 30), (2027, 12, 27), (2027, 12, 28), (2028, 1, 3),
        (2028, 4, 14), (2028, 4, 17), (2028, 5, 1), (2028, 5, 29), (2028, 8, 28),
    ]
)  # fmt: skip
HOURS = {0: (time(10), time(16, 30)), 4: (time(9), time(14))}
USUAL = (time(9), time(16, 30))
OFFICE, OTHER, SCHOOL = "Agency A", "Agency B", "Kennet School"
#: Terms before anybody moves their ends, into the next school year.
TERMS = (
    *((first, last) for _, first, last in make.TERMS),
    (date(2027, 9, 2), date(2027, 10, 22)),
    (date(2027, 11, 1), date(2027, 12, 17)),
    (date(2028, 1, 4), date(2028, 2, 11)),
    (date(2028, 2, 21), date(2028, 3, 31)),
    (date(2028, 4, 18), date(2028, 5, 26)),
    (date(2028, 6, 5), date(2028, 7, 21)),
    (date(2028, 9, 4), date(2028, 10, 20)),
)


def local(moment: datetime) -> date:
    """The day by the wall clock."""
    return moment.astimezone(ZONE).date()


@dataclass
class Town:
    """Who works when."""

    terms: Sequence[tuple[date, date]] = TERMS
    #: Days closed, by agency; under "" those of everybody.
    closed: Mapping[str, frozenset[date]] = field(default_factory=dict)

    def works(self, agency: str, day: date) -> bool:
        """Whether an agency is at work on a day; beyond the last term known a school counts as an office."""
        if day.weekday() > 4 or day in BANK_HOLIDAYS or day in self.closed.get("", ()):
            return False
        if agency == SCHOOL and day > self.terms[-1][1]:
            return True
        if day in self.closed.get(agency, ()):
            return False
        return agency != SCHOOL or any(first <= day <= last for first, last in self.terms)

    def is_open(self, agency: str, moment: datetime) -> bool:
        """Whether a moment lies in an agency's working hours."""
        wall = moment.astimezone(ZONE)
        opens, shuts = HOURS.get(wall.weekday(), USUAL)
        return self.works(agency, wall.date()) and opens <= wall.time() < shuts

    def step(self, agency: str, day: date, count: int) -> date:
        """So many working days after a day, or before it; with none, the first from the day on."""
        towards = DAY if count >= 0 else -DAY
        if count == 0:
            while not self.works(agency, day):
                day += DAY
            return day
        for _ in range(abs(count)):
            day += towards
            while not self.works(agency, day):
                day += towards
        return day

    def between(self, agency: str, start: date, end: date) -> int:
        """Working days after a day, up to another one."""
        return sum(self.works(agency, start + DAY * n) for n in range(1, (end - start).days + 1))


def found(session: Session, town: Town) -> None:
    """Two boards that share an office, a second office, and a school whose head fills two seats."""
    west = make.board(session)
    offices = [make.agency(session, west, name) for name in (OFFICE, OTHER)]
    school = make.agency(session, west, SCHOOL, "education", "community")
    for letter, where in zip("AB", offices, strict=True):
        make.line(session, west, where, letter)
    for role, name in (
        (SeatRole.REPRESENTATIVE, "Hana Head"),
        (SeatRole.LINE_MANAGER, "Hana Head"),
        (SeatRole.CHAIR_OF_GOVERNORS, "Gale K"),
    ):
        make.holder(session, west, school, name, role)
    # The office's deputy is the school's too: what they are told of has two calendars.
    devi = session.query(Person).filter_by(name="Devi A").one()
    seat.seat_person(session, make.seat_of(session, west, school, SeatRole.DEPUTY).id, devi.id, make.START)
    make.officer(session, west, "Edda Lead", OfficeRole.EDUCATION_LEAD)
    make.second_board(session, "Rowan A")
    import_terms(session, town.terms)
    agencies = {one.name: one.id for one in (*offices, school)}
    for name, days in town.closed.items():
        for day in days:
            session.add(Closure(agency_id=agencies.get(name), day=day, reason="training"))
    session.flush()


def import_terms(session: Session, terms: Sequence[tuple[date, date]] = TERMS) -> None:
    """The school's terms, in place of those that were known."""
    session.query(Term).delete()
    for number, (first, last) in enumerate(terms):
        session.add(Term(term_set="community", name=f"Term {number}", first_day=first, last_day=last))
    session.flush()


def lesson_of(session: Session, board: Board) -> Lesson:
    """The lesson of a board, made where there is none yet."""
    return session.query(Lesson).filter_by(board_id=board.id).first() or make.lesson(session, board)
