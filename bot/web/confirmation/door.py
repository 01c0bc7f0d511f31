"""Door: the link that is passed on to a manager, and what it opens for whoever holds it."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.web.asks.door import Visit
from bot.web.asks.filled import fill_for
from messages.days.almanac import Almanac
from messages.days.calendar import CalendarEnds
from messages.letters.identity import Identity
from messages.proof.links import Purpose, read_link
from store.answers import confirmation, response
from store.answers.response import Response
from store.asking import around
from store.asking.around import Around
from store.asking.ask import Ask
from store.asking.campaign import TAKING, Step
from store.database import Session
from store.people import booking
from store.people.agency import Agency
from store.people.board import Board
from store.people.booking import Booking
from surveys.answering.confirming import OPEN_DAYS, is_wanted, last_day
from surveys.answering.intake import answers_of, form_version
from surveys.forms.form import Form

#: Neutral, as a subject stands in lists that others may see.
SUBJECT = "Two short questions"
BODY = "Could you answer two short questions? They open with this link:\n\n{address}\n"


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A link to be passed on, the last day on which it can be answered, and whether it was."""

    address: str
    closes_on: date
    is_given: bool

    @property
    def letter(self) -> str:
        """What opens a letter in the reader's own mail program, to nobody yet, with the link alone in it."""
        body = BODY.format(address=self.address).replace("\n", "\r\n")
        return f"mailto:?subject={quote(SUBJECT)}&body={quote(body, safe='')}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link that was passed on opens: the questions, and nobody's name."""

    token: str
    ask_id: UUID
    board: Board
    #: What the course is called.
    course: str
    form: Form
    form_version_id: UUID
    step_id: UUID
    booking_id: UUID
    is_given: bool

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"/c/{self.token}"

    @property
    def thanks(self) -> str:
        """Where the page is that says thank you."""
        return f"{self.address}/thanks"


def find_passed_on(session: Session, identity: Identity, visit: Visit, today: date) -> PassedOn | None:
    """The link for whoever has answered that their manager may be asked; None where there is none."""
    if not visit.passes_on or visit.told is None:
        return None
    place = _place_of(session, visit.ask)
    closes_on = _closing(session, visit.step, visit.agency, visit.told.at, identity.zone)
    if place is None:
        return None
    is_given = confirmation.is_given(session, place.id)
    if not is_given and (visit.campaign.state not in TAKING or today > closes_on):
        return None
    address = identity.confirmation_link(visit.ask.id, place.id, visit.ask.generation)
    return PassedOn(address, closes_on, is_given)


def find_asked(session: Session, identity: Identity, token: str, now: datetime) -> Asked | None:
    """What a token opens now; None when it is wrong, closed, or the wish behind it was taken back."""
    claim = read_link(identity.keyring, token)
    found = around.of_ask(session, claim.ask_id) if claim and claim.purpose is Purpose.CONFIRM else None
    if claim is None or found is None or claim.generation != found.ask.generation:
        return None
    place, version = _place_of(session, found.ask), found.step.confirmation_version_id
    given = response.current(session, found.ask.id)
    # The wish stands in the answer that counts: whoever changes it to no closes the link.
    if place is None or place.id != claim.person_id or version is None or given is None:
        return None
    if not _is_open(session, found, given, now, identity.zone):
        return None
    form = form_version(session, version)
    return Asked(
        token=token,
        ask_id=found.ask.id,
        board=found.board,
        course=found.campaign.title,
        form=fill_for(session, form, found.board, found.campaign, found.agency, found.lesson),
        form_version_id=version,
        step_id=found.step.id,
        booking_id=place.id,
        is_given=confirmation.is_given(session, place.id),
    )


def _place_of(session: Session, asked: Ask) -> Booking | None:
    return booking.of_person(session, asked.campaign_id, asked.person_id) if asked.person_id else None


def _is_open(session: Session, found: Around, given: Response, now: datetime, zone: ZoneInfo) -> bool:
    if found.campaign.state not in TAKING:
        return False
    if not is_wanted(found.step.confirmed_if, answers_of(session, given)[1]):
        return False
    return now.astimezone(zone).date() <= _closing(session, found.step, found.agency, given.at, zone)


def _closing(session: Session, step: Step, agency: Agency, answered_at: datetime, zone: ZoneInfo) -> date:
    """The last day: counted in the agency's working days, or the board's where its terms are not known."""
    almanac, day = Almanac(session), answered_at.astimezone(zone).date()
    try:
        counted = almanac.of(agency).add(day, OPEN_DAYS)
    except CalendarEnds:
        counted = almanac.office().add(day, OPEN_DAYS)
    return min(counted, last_day(step) or counted)
