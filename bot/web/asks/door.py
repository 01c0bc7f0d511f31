"""Door: what a link opens, and for whom; every link that does not hold is told apart by nobody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from bot.web.asks.filled import fill_for
from bot.web.asks.judged import Judged, find_judged
from bot.web.files.file_names import name_files
from messages.proof.links import Keyring, Purpose, match_digits, read_link
from store.answers.inbound import Source
from store.answers.response import Response
from store.asking import around, ask
from store.asking.around import Visited
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, CampaignState, Step
from store.asking.form import FormVersion
from store.asking.lesson import Lesson
from store.database import Session
from store.people import standing
from store.people.agency import Agency
from store.people.board import Board
from store.people.person import Person
from store.surveying import contributor, draft
from store.surveying.draft import Draft
from surveys.answering import intake
from surveys.answering.answers import Answers
from surveys.answering.confirming import is_wanted
from surveys.forms.form import Form
from surveys.forms.section import SIGN_OFF
from surveys.kinds.file import File
from surveys.paging.known import Earlier

#: How an ask and a person before it are fetched.
Look: TypeAlias = Callable[[Session, UUID, UUID], Visited | None]

#: How long a link still opens what was answered or closed.
AFTERWARDS = timedelta(days=30)
#: What is typed in for somebody else, by the purpose of the link.
ENTERED = {Purpose.ENTER_PAPER: Source.PAPER, Purpose.ENTER_TELEPHONE: Source.TELEPHONE}
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
    #: How the answer came to somebody of the board who types it in; None for whoever answers themselves.
    entered: Source | None
    form: Form
    earlier: Earlier
    told: Told | None
    #: The next ask of the same seat, where it is live and this person may answer it.
    following: Ask | None
    #: What was saved and not sent yet, by section; the whole form under an empty name.
    drafts: Mapping[str, Draft]
    #: What its files are called, by identifier.
    files: Mapping[str, str]
    #: The sections that an invited colleague may fill in; None where all of them.
    invited_to: frozenset[str] | None
    #: What the board made of what was answered; None where nothing was, or nobody judges it.
    judged: Judged | None

    @property
    def is_sent_back(self) -> bool:
        """Whether it was answered, and is asked again."""
        return self.told is not None and self.is_owed

    @property
    def is_judged(self) -> bool:
        """Whether the answer that counts was judged."""
        judged = self.judged.judgement if self.judged else None
        return judged is not None and self.told is not None and judged.response_id == self.told.id

    @property
    def is_owed(self) -> bool:
        """Whether it is still needed."""
        return self.ask.state is AskState.ASKED

    @property
    def is_given(self) -> bool:
        """Whether it was answered without a name, so that nothing of the answer can be shown again."""
        return self.form.privacy == "anonymous" and self.ask.state is AskState.ANSWERED

    @property
    def has_ended(self) -> bool:
        """Whether all answers without a name are told, so that no further one can be kept."""
        is_told = self.step.told_whole_on is not None
        return is_told and self.form.privacy == "anonymous" and not self.is_given

    def may_fill(self, section: str) -> bool:
        """Whether a section is shown to this person, and may be filled in by them."""
        if self.is_helper and section == SIGN_OFF:
            return False
        return self.invited_to is None or section in self.invited_to

    @property
    def is_helper(self) -> bool:
        """Whether they were invited by whoever was asked, and fill in what others send."""
        return self.role == standing.CONTRIBUTOR

    @property
    def is_left_out(self) -> bool:
        """Whether they were invited to sections, and the form that is asked now has none to share out."""
        return self.is_helper and self.form.layout != "tasks"

    @property
    def form_version(self) -> str:
        """Which form its pages are of, as each of them carries it."""
        return f"{self.form.key}-{self.form.version}"

    @property
    def may_take_whole(self) -> bool:
        """Whether this person has the short form before them and may ask for the whole one."""
        short = self.step.small_form_version_id
        return short is not None and self.ask.form_version_id == short and self.may_exchange

    @property
    def may_exchange(self) -> bool:
        """Whether the form can still be another one: nobody has answered, and they may answer themselves."""
        is_open = self.told is None and self.ask.state is not AskState.DECLINED
        return is_open and self.entered is None and standing.may_send(self.role)

    @property
    def passes_on(self) -> bool:
        """Whether the answer says that a manager may be asked too."""
        return self.told is not None and is_wanted(self.step.confirmed_if, self.told.answers)

    @property
    def keeps_drafts(self) -> bool:
        """Whether what is typed so far is saved page by page."""
        is_shared = self.form.privacy == "named" or (self.form.privacy == "coded" and self.entered is None)
        return is_shared and (self.told is None or self.is_sent_back)

    @property
    def wants_digits(self) -> bool:
        """Whether the two digits are asked for: a program could send a form that requires nothing."""
        asked = (question for question in self.form.questions.values() if not question.is_settled)
        # What was sent back is filled in already, so that it could be sent as it stands.
        return self.is_sent_back or not any(question.required is True for question in asked)

    @property
    def minutes(self) -> int:
        """How long its form takes most people."""
        return self.ask.minutes or self.step.minutes

    @property
    def is_extended(self) -> bool:
        """Whether more time was given."""
        return self.ask.due_on != self.ask.original_due_on

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"/a/{self.token}"


def find_visit(
    session: Session, keyring: Keyring, token: str, now: datetime, look: Look = around.visited
) -> Visit | None:
    """What a token opens now; None when it is wrong, altered, revoked, expired or somebody else's.

    With `around.glance` for its `look` it is found sooner, and nothing of it may be changed.
    """
    claim = read_link(keyring, token)
    if claim is None or not (claim.purpose is Purpose.ANSWER or claim.purpose in ENTERED):
        return None
    visited = look(session, claim.ask_id, claim.person_id)
    if visited is None:
        return None
    found, person, given = visited.around, visited.person, visited.given
    asked = found.ask
    if claim.generation != asked.generation or not _is_open(asked, now):
        return None
    entered = ENTERED.get(claim.purpose)
    role = standing.of_office(session, visited) if entered else standing.at(session, visited)
    if found.campaign.state not in OPEN_STATES or role is None:
        return None
    written = intake.form_version(session, asked.form_version_id or found.step.form_version_id)
    judged = find_judged(session, found.step, asked) if given else None
    given_besides = judged.given if judged else None
    form = fill_for(session, written, found.board, found.campaign, found.agency, found.lesson, given_besides)
    # What was said under a code is shown to whoever said it, and to nobody who types for them.
    is_theirs = entered is None or form.privacy == "named"
    if not is_theirs and (given or form.privacy == "anonymous"):
        return None
    earlier = intake.earlier_answers(session, asked) if is_theirs and form.sources else {}
    has_drafts = visited.has_drafts and is_theirs
    return Visit(
        token=token,
        ask=asked,
        step=found.step,
        campaign=found.campaign,
        board=found.board,
        agency=found.agency,
        lesson=found.lesson,
        person=person,
        role=role,
        entered=entered,
        form=form,
        earlier=earlier,
        told=_told(session, asked, given, person, form) if given else None,
        # Before it is answered nothing follows that could be told of.
        following=_following(session, asked, person) if given else None,
        drafts={each.section: each for each in draft.of_ask(session, asked.id)} if has_drafts else {},
        files=_files(session, asked, form, earlier),
        invited_to=_invited_to(session, asked, person, role),
        judged=judged,
    )


def knows_digits(keyring: Keyring, visit: Visit, typed: str) -> bool:
    """Whether somebody typed the two digits that this person's letter shows."""
    return match_digits(keyring, visit.ask.id, visit.person.id, visit.ask.generation, typed)


def _is_open(asked: Ask, now: datetime) -> bool:
    if not asked.state.takes_answers:
        return False
    return asked.closed_at is None or now - asked.closed_at <= AFTERWARDS


def _files(session: Session, asked: Ask, form: Form, earlier: Earlier) -> dict[str, str]:
    takes_any = any(isinstance(question, File) for question in form.every.values())
    return name_files(session, asked.id, earlier) if takes_any else {}


def _invited_to(session: Session, asked: Ask, person: Person, role: str) -> frozenset[str] | None:
    if standing.may_send(role):
        return None
    sections = [one.section for one in contributor.of_ask(session, asked.id) if one.person_id == person.id]
    return None if None in sections else frozenset(filter(None, sections))


def _following(session: Session, asked: Ask, person: Person) -> Ask | None:
    after = ask.following(session, asked)
    if after is None or after.state is not AskState.ASKED:
        return None
    return after if standing.of(session, after, person.id) else None


def _told(session: Session, asked: Ask, given: Response, person: Person, filled: Form) -> Told:
    form, answers = intake.answers_of(session, given)
    is_same = (form.key, form.version) == (filled.key, filled.version)
    by = _giver(session, asked, given, person)
    return Told(given.id, filled if is_same else form, answers, given.at, by)


def _giver(session: Session, asked: Ask, given: Response, person: Person) -> str:
    if given.author_id == person.id:
        return "you"
    if (
        given.author_id is None
        and session.get_one(FormVersion, given.form_version_id).body.get("privacy") == "coded"
    ):
        return "whoever has this link"
    if given.author_id is None:
        return "the board, from what your agency said"
    if given.author_id == asked.delegate_id:
        return "the colleague who was asked to answer"
    role = standing.of(session, asked, given.author_id)
    if role is None:
        return "a colleague who has since changed roles"
    words = session.get_one(Step, asked.step_id).role.words if role == "asked" else role.replace("_", " ")
    return f"the {words}"
