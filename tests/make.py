"""Builders: boards, agencies, people and campaigns with sensible defaults, for tests on real databases."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.launching import launch
from messages.launching.audience import Audience
from messages.launching.compose import copy_playbook
from messages.letters.identity import Identity
from messages.playbooks import playbook
from messages.playbooks.playbook import Playbook
from messages.proof.links import Keyring
from store.asking import form
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson, Priority
from store.base import ordered_id
from store.database import Session
from store.people import person, seat
from store.people.agency import Agency, CalendarKind, Membership, fold
from store.people.board import Board, Office, OfficeRole
from store.people.person import Person
from store.people.seat import Seat, SeatRole
from store.people.term import Term
from surveys import library

ZONE = ZoneInfo("Europe/London")
#: A Monday, 10:00 in London, in term and a fortnight before the clocks go back.
START = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
IDENTITY = Identity("https://cascade.example.org", "cascade@board.example.org", Keyring([b"k" * 32]), ZONE)

#: Terms with half-term, as schools near the board keep them.
TERMS = (
    ("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
    ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    ("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    ("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
    ("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),
    ("Summer 2", date(2027, 6, 7), date(2027, 7, 21)),
)


def board(
    session: Session, slug: str = "west", name: str = "West Berkshire Safeguarding Children Board"
) -> Board:
    """A board with a contact."""
    made = Board(
        id=ordered_id(),
        slug=slug,
        name=name,
        contact_name="Morgan Ellery",
        contact_email=f"morgan.ellery@{slug}.example.org",
        contact_phone="",
        terms={},
    )
    session.add(made)
    session.flush()
    return made


def officer(session: Session, of: Board, name: str, role: OfficeRole) -> Person:
    """Somebody with an office."""
    made = person.keep(session, name, address(name, f"{of.slug}.example.org"))
    session.add(Office(board_id=of.id, person_id=made.id, role=role))
    session.flush()
    return made


def address(name: str, domain: str) -> str:
    """The address that a fictional person would have."""
    return f"{name.lower().replace(' ', '.')}@{domain}"


def agency(
    session: Session, of: Board, name: str, sector: str = "health", term_set: str | None = None
) -> Agency:
    """A member agency; a school when given a set of terms."""
    made = session.query(Agency).filter_by(folded=fold(name)).one_or_none()
    if made is None:
        made = Agency(
            id=ordered_id(),
            name=name,
            folded=fold(name),
            sector=sector,
            calendar=CalendarKind.SCHOOL if term_set else CalendarKind.OFFICE,
            term_set=term_set,
            domains=[domain_of(name)],
        )
        session.add(made)
        session.flush()
    session.add(Membership(board_id=of.id, agency_id=made.id))
    session.flush()
    return made


def domain_of(agency_name: str) -> str:
    """The mail domain of a fictional agency."""
    return "".join(char for char in agency_name.lower() if char.isalnum()) + ".example"


def terms(session: Session, name: str = "West Berkshire 2026/27") -> str:
    """A set of term dates; gives back its name."""
    for term, first, last in TERMS:
        session.add(Term(term_set=name, name=term, first_day=first, last_day=last))
    session.flush()
    return name


def holder(
    session: Session, of: Board, where: Agency, name: str, role: SeatRole = SeatRole.REPRESENTATIVE
) -> Person:
    """Somebody in a seat, whose address follows from their name and their agency's."""
    made = person.keep(session, name, address(name, domain_of(where.name)))
    place = seat.ensure(session, of.id, where.id, role)
    seat.seat_person(session, place.id, made.id, START)
    return made


def line(session: Session, of: Board, where: Agency, letter: str) -> None:
    """A whole line: representative, deputy, line manager, board member."""
    holder(session, of, where, f"Rowan {letter}", SeatRole.REPRESENTATIVE)
    holder(session, of, where, f"Devi {letter}", SeatRole.DEPUTY)
    holder(session, of, where, f"Lena {letter}", SeatRole.LINE_MANAGER)
    holder(session, of, where, f"Bose {letter}", SeatRole.BOARD_MEMBER)


def lesson(session: Session, of: Board, priority: Priority = Priority.STANDARD) -> Lesson:
    """A fictional lesson."""
    made = Lesson(
        id=ordered_id(),
        board_id=of.id,
        code="LSN-001",
        title="Wren",
        kind="LLLR",
        priority=priority,
        message="A pattern of missed appointments tells us about a child's life.",
        body="*Fictional.*\n\nBefore you close for missed appointments, make one call.",
        parts={},
    )
    session.add(made)
    session.flush()
    return made


def campaign(
    session: Session,
    of: Board,
    slug: str = "wren",
    *,
    about: Lesson | None = None,
    book: str = "lesson",
    priority: Priority | None = None,
    audience: Audience | None = None,
) -> Campaign:
    """A draft campaign from a shipped playbook."""
    shipped = playbook.load(book)
    assert shipped is not None
    if about is None and shipped.needs_lesson:
        about = lesson(session, of)
    return copy_playbook(
        session,
        of.id,
        shipped,
        slug,
        START,
        "morgan.ellery@west.example.org",
        forms=kept_forms(session, shipped),
        lesson=about,
        priority=priority,
        urgent_reason="a child may be at risk now" if priority is Priority.URGENT else None,
        audience=audience,
    )


def kept_forms(session: Session, shipped: Playbook) -> dict[str, UUID]:
    """The versions of a playbook's forms as they are shipped, by key."""
    told = {key: library.load(key) for key in shipped.forms}
    return {key: form.keep(session, key, one.version, dict(one.to_json())).id for key, one in told.items()}


def launched(session: Session, wanted: Campaign, now: datetime = START) -> int:
    """Launch a campaign whole; gives back how many were asked."""
    launch.begin(session, wanted, now)
    after = None
    while after := launch.make_asks(session, wanted.id, after, now, ZONE):
        pass
    return launch.go_live(session, wanted, now, "morgan.ellery@west.example.org")


def second_board(session: Session, name: str, role: SeatRole = SeatRole.REPRESENTATIVE) -> Board:
    """Another board that shares Agency A, where somebody holds a seat for it."""
    made = board(session, "reading", "Reading Safeguarding Children Board")
    where = session.query(Agency).filter_by(folded="agency a").one()
    session.add(Membership(board_id=made.id, agency_id=where.id))
    holder(session, made, where, name, role)
    return made


def world(session: Session, letters: Sequence[str] = ("A", "B", "C")) -> tuple[Board, list[Agency]]:
    """A board with whole agencies, one for each letter."""
    made = board(session)
    agencies = []
    for letter in letters:
        where = agency(session, made, f"Agency {letter}")
        line(session, made, where, letter)
        agencies.append(where)
    return made, agencies


def seat_of(session: Session, of: Board, where: Agency, role: SeatRole = SeatRole.REPRESENTATIVE) -> Seat:
    """A seat of an agency."""
    return seat.ensure(session, of.id, where.id, role)
