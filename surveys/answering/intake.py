"""Intake: the one door through which an answer enters, whatever the channel."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from store import chore
from store.answers import inbound, response
from store.answers.inbound import Source
from store.answers.response import Response
from store.asking import ask, campaign
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, Step
from store.asking.form import FormVersion
from store.base import ordered_id
from store.chore import ChoreKind
from store.database import Session
from store.decision import note_about, write_about
from store.letters import alarm
from store.people import standing
from store.people.agency import Agency
from store.surveying import attachment, draft
from surveys.answering.answers import Answers, Problems, check, read_stored
from surveys.answering.contact_changes import list_changes
from surveys.answering.enclosures import files_in
from surveys.answering.value import Value
from surveys.forms.form import Form
from surveys.forms.ties import BOARD
from surveys.paging.keystrokes import Raw
from surveys.paging.known import LAST_SAVED, Earlier

#: Lessons to choose from, the newest first: more nobody reads through.
MOST_LESSONS = 40
#: Forms read of late, by version: as many as are in use at once.
_MOST_READ = 200
_READ: dict[UUID, Form] = {}


@dataclass(frozen=True, slots=True)
class Arrival:
    """One answer as it came through a door."""

    source: Source
    #: The sender's own id of it: a repeat of the same is kept once.
    source_id: str
    raw: Raw
    #: Who answers. None where a coordinator enters what somebody told them.
    author_id: UUID | None
    entered_by: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer is kept."""

    response: Response
    #: The next ask of the same campaign, made live by this answer.
    opened: Ask | None
    #: False where the very same answer had come before.
    is_new: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer cannot be taken, in words for whoever gave it."""

    reason: str


def receive(
    session: Session,
    ask_id: UUID,
    arrival: Arrival,
    now: datetime,
    today: date,
    form: Form | None = None,
) -> Receipt | Problems | Refusal:
    """Check an answer and keep it, close its ask, silence its alarm and open the next: all or nothing.

    `form` is the ask's own with the campaign's words in it, where those decide what is asked.
    """
    # Two presses at once: the second waits here, and then finds what the first one left.
    asked = session.get(Ask, ask_id, with_for_update=True)
    if asked is not None and asked.state is AskState.PENDING:
        return Refusal(
            "This question comes later: it opens once the one before it is answered or has lapsed."
        )
    if asked is None or not asked.state.takes_answers:
        return Refusal("This question has been called back by the board. Nothing is needed from you.")
    if arrival.author_id is not None and not standing.may_send(
        standing.of(session, asked, arrival.author_id)
    ):
        return Refusal("This question now rests with somebody else at the agency.")
    form = form or form_of(session, asked)
    checked = check(form, arrival.raw, today, earlier_answers(session, asked))
    return checked if isinstance(checked, Problems) else take(session, asked, form, checked, arrival, now)


def take(
    session: Session, asked: Ask, form: Form, checked: Answers, arrival: Arrival, now: datetime
) -> Receipt | Refusal:
    """Keep an answer that was checked, to an ask that takes one from its author; the session holds the ask.

    For a door that has looked at all this in the same transaction; everybody else comes by `receive`.
    """
    if not _are_its_own(session, asked.id, form, checked):
        return Refusal("A file that this answer names is not one that was sent with it.")
    told = json.dumps({name: list(values) for name, values in arrival.raw.items()}, ensure_ascii=False)
    kept, is_new = inbound.keep(session, arrival.source, arrival.source_id, told.encode(), now, asked.id)
    if not is_new:
        return _again(session, asked, kept.id)
    given = Response(
        id=ordered_id(),
        board_id=asked.board_id,
        ask_id=asked.id,
        form_version_id=ask.version_of(session, asked),
        inbound_id=kept.id,
        author_id=None if form.privacy == "coded" else arrival.author_id,
        entered_by=arrival.entered_by,
        answers=checked.to_json(),
        at=now,
    )
    response.replace(session, given)
    draft.drop(session, asked.id)
    if asked.state is AskState.DECLINED:
        ask.take_up_after(session, asked)
    closed = ask.close(session, asked.id, AskState.ANSWERED, now)
    by = arrival.entered_by or "the answer"
    what = "answered" if closed else "answer corrected"
    write_about(session, asked, now, what, f"by {arrival.source.value}", by, arrival.author_id)
    if not closed:
        _look_again(session, asked, now)
    if asked.occasion:
        _show_told(session, asked, now)
    list_changes(session, asked, form, checked, now)
    return Receipt(given, ask.open_next(session, asked, now), is_new=True)


def _look_again(session: Session, corrected: Ask, now: datetime) -> None:
    """Have looked at what follows a corrected answer: it may name another for it."""
    after = ask.following(session, corrected)
    while after is not None:
        if after.state is AskState.ASKED:
            alarm.ring(session, [after.id], now)
        after = ask.following(session, after)


def _show_told(session: Session, asked: Ask, now: datetime) -> None:
    """Let a person read what an agency told of its own accord: nobody waited for it."""
    agency, running = session.get_one(Agency, asked.agency_id), session.get_one(Campaign, asked.campaign_id)
    reference = f"{running.slug}-{asked.number}"
    chore.open_once(
        session,
        ChoreKind.READ,
        str(asked.id),
        f"{agency.name} told us something of its own accord ({reference}): read it, and say what was made of "
        f"it: cascade returns {reference}",
        now,
        board_id=asked.board_id,
        agency_id=agency.id,
        ask_id=asked.id,
    )


def _are_its_own(session: Session, ask_id: UUID, form: Form, checked: Answers) -> bool:
    """Whether every file that an answer names was sent for its ask."""
    named = set(files_in(form, checked))
    return not named or len(attachment.named(session, ask_id, named)) == len(named)


def decline(
    session: Session, ask_id: UUID, person_id: UUID, reason: str, source_id: str, now: datetime
) -> Refusal | None:
    """Take word that a question is not for this agency; a coordinator is shown the reason."""
    asked = session.get(Ask, ask_id)
    if asked is None or asked.state is not AskState.ASKED:
        return Refusal("There is nothing to decline: this is not owed any more.")
    if not standing.may_send(standing.of(session, asked, person_id)):
        return Refusal("This question now rests with somebody else at the agency.")
    _, is_new = inbound.keep(session, Source.WEB, source_id, reason.encode(), now, ask_id)
    if not is_new:
        return None
    ask.close(session, ask_id, AskState.DECLINED, now)
    after = ask.following(session, asked)
    if after is not None and after.state is AskState.PENDING:
        ask.close(session, after.id, AskState.WITHDRAWN, now)
    note_about(session, asked, now, "declined", reason, "the representative", person_id)
    chore.open_once(
        session,
        ChoreKind.CHECK_DECLINED,
        str(ask_id),
        f"{session.get_one(Agency, asked.agency_id).name} says that this is not for them: {reason}",
        now,
        board_id=asked.board_id,
        agency_id=asked.agency_id,
        ask_id=ask_id,
    )
    return None


def form_of(session: Session, asked: Ask) -> Form:
    """The form version that an ask was frozen with."""
    return form_version(session, _version_of(session, asked))


def _version_of(session: Session, asked: Ask) -> UUID:
    return asked.form_version_id or session.get_one(Step, asked.step_id).form_version_id


def form_version(session: Session, version_id: UUID) -> Form:
    """One version of a form, read once: it never changes."""
    known = _READ.get(version_id)
    if known is None:
        known = Form.from_json(session.get_one(FormVersion, version_id).body)
        if len(_READ) >= _MOST_READ:
            _READ.pop(next(iter(_READ)), None)
        _READ[version_id] = known
    return known


def earlier_answers(session: Session, asked: Ask) -> Earlier:
    """What the same seat or person answered before, by form, where the form looks at it.

    Its own answers of last time stand under `last-saved`; where the form carries by a question, those alone
    that were about the same.
    """
    form, found = form_of(session, asked), dict[str, Mapping[str, Value]]()
    if not form.sources:
        return found
    for before, _ in ask.preceding(session, asked):
        given = response.current(session, before.id)
        if given is not None:
            told, answers = answers_of(session, given)
            found[told.key] = answers.values
    if BOARD in form.sources:
        sent = campaign.lessons_sent(session, asked.board_id, MOST_LESSONS)
        found[BOARD] = {"lessons": {str(n): {"title": one.title} for n, one in enumerate(sent, 1)}}
    for source in form.sources - found.keys():
        key = form.key if source == LAST_SAVED else source
        about = _about(session, asked, form) if key == form.key and form.carries_by else None
        last = response.last_time(session, asked, key, about)
        if last is not None:
            found[source] = answers_of(session, last)[1].values
    return found


def _about(session: Session, asked: Ask, form: Form) -> tuple[str, str]:
    said = session.get_one(Campaign, asked.campaign_id).values.get(form.carries_by)
    return form.carries_by, said if isinstance(said, str) else ""


def answers_of(session: Session, given: Response) -> tuple[Form, Answers]:
    """A response read against the version it was given to."""
    form = form_version(session, given.form_version_id)
    return form, read_stored(form, given.answers)


def _again(session: Session, asked: Ask, inbound_id: UUID) -> Receipt | Refusal:
    """The very same answer came twice: the first one counts, and is told again."""
    given = session.query(Response).filter_by(inbound_id=inbound_id).one_or_none()
    if given is None:
        return Refusal("This answer was kept, and a person is looking at it.")
    after = ask.following(session, asked)
    return Receipt(given, after if after and after.state is AskState.ASKED else None, is_new=False)
