"""Door: what a link opens, and for whom; every link that does not hold is told apart by nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from messages.links import Keyring, Purpose, match_digits, read_link
from store import ask, response, standing
from store.agency import Agency
from store.ask import Ask, AskState
from store.board import Board
from store.campaign import Campaign, CampaignState, Step
from store.database import Session
from store.lesson import Lesson
from store.person import Person
from store.response import Response
from surveys import intake
from surveys.answers import Answers
from surveys.form import Form
from surveys.pages import Earlier

#: How long a link still opens what was answered or closed.
AFTERWARDS = timedelta(days=30)
#: Campaigns whose asks can be seen; a closed one still takes a correction.
OPEN_STATES = (CampaignState.LIVE, CampaignState.PAUSED, CampaignState.CLOSED)


@dataclass(frozen=True, slots=True)
class Told:
    """The answer that counts for an ask, and who gave it, as a role and never as a name."""

    id: UUID
    form: Form
    answers: Answers
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One person before one ask, with everything that its pages show."""

    token: str
    ask: Ask
    step: Step
    campaign: Campaign
    board: Board
    agency: Agency
    lesson: Lesson | None
    person: Person
    #: "asked", or the role of whoever stands in.
    role: str
    form: Form
    earlier: Earlier
    told: Told | None
    #: The next ask of the same seat, where it is live and this person may answer it.
    following: Ask | None

    @property
    def is_owed(self) -> bool:
        """Whether it is still needed."""
        return self.ask.state is AskState.ASKED

    @property
    def is_extended(self) -> bool:
        """Whether more time was given."""
        return self.ask.due_on != self.ask.original_due_on

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"/a/{self.token}"


@dataclass(frozen=True, slots=True)
class CalledBack:
    """What a link still tells when its ask was called back: enough to know that nothing is needed."""

    board: Board
    campaign: Campaign
    step: Step
    agency: Agency


def find_called_back(session: Session, keyring: Keyring, token: str, now: datetime) -> CalledBack | None:
    """What a token of a withdrawn ask opens, for as long and for whom it would open any closed one."""
    claim = read_link(keyring, token)
    if claim is None or claim.purpose is not Purpose.ANSWER:
        return None
    asked = session.get(Ask, claim.ask_id)
    if asked is None or claim.generation != asked.generation or asked.closed_at is None:
        return None
    campaign = session.get_one(Campaign, asked.campaign_id)
    if AskState.WITHDRAWN is not asked.state and campaign.state is not CampaignState.WITHDRAWN:
        return None
    if now - asked.closed_at > AFTERWARDS or standing.of(session, asked, claim.person_id) is None:
        return None
    return CalledBack(
        session.get_one(Board, asked.board_id),
        campaign,
        session.get_one(Step, asked.step_id),
        session.get_one(Agency, asked.agency_id),
    )


def find_visit(session: Session, keyring: Keyring, token: str, now: datetime) -> Visit | None:
    """What a token opens now; None when it is wrong, altered, revoked, expired or somebody else's."""
    claim = read_link(keyring, token)
    if claim is None or claim.purpose is not Purpose.ANSWER:
        return None
    asked = session.get(Ask, claim.ask_id)
    if asked is None or claim.generation != asked.generation or not _is_open(asked, now):
        return None
    campaign = session.get_one(Campaign, asked.campaign_id)
    role = standing.of(session, asked, claim.person_id)
    if campaign.state not in OPEN_STATES or role is None:
        return None
    person = session.get_one(Person, claim.person_id)
    given = response.current(session, asked.id)
    return Visit(
        token=token,
        ask=asked,
        step=session.get_one(Step, asked.step_id),
        campaign=campaign,
        board=session.get_one(Board, asked.board_id),
        agency=session.get_one(Agency, asked.agency_id),
        lesson=session.get(Lesson, campaign.lesson_id) if campaign.lesson_id else None,
        person=person,
        role=role,
        form=intake.form_of(session, asked),
        earlier=_earlier(session, asked),
        told=_told(session, asked, given, person) if given else None,
        following=_following(session, asked, person),
    )


def knows_digits(keyring: Keyring, visit: Visit, typed: str) -> bool:
    """Whether somebody typed the two digits that this person's letter shows."""
    return match_digits(keyring, visit.ask.id, visit.person.id, visit.ask.generation, typed)


def _is_open(asked: Ask, now: datetime) -> bool:
    if not asked.state.takes_answers:
        return False
    return asked.closed_at is None or now - asked.closed_at <= AFTERWARDS


def _earlier(session: Session, asked: Ask) -> Earlier:
    return {
        key: {name: value for name, value in values.items() if isinstance(value, (int, str, tuple))}
        for key, values in intake.earlier_answers(session, asked).items()
    }


def _following(session: Session, asked: Ask, person: Person) -> Ask | None:
    after = ask.following(session, asked)
    if after is None or after.state is not AskState.ASKED:
        return None
    return after if standing.of(session, after, person.id) else None


def _told(session: Session, asked: Ask, given: Response, person: Person) -> Told:
    form, answers = intake.answers_of(session, given)
    return Told(given.id, form, answers, given.at, _giver(session, asked, given, person))


def _giver(session: Session, asked: Ask, given: Response, person: Person) -> str:
    if given.author_id == person.id:
        return "you"
    if given.author_id is None:
        return "the board, from what your agency said"
    if given.author_id == asked.delegate_id:
        return "the colleague who was asked to answer"
    role = standing.of(session, asked, given.author_id)
    if role is None:
        return "a colleague who has since changed roles"
    words = session.get_one(Step, asked.step_id).role.words if role == "asked" else role.replace("_", " ")
    return f"the {words}"
