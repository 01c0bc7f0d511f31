"""Keeping: what was sent or typed so far goes into the database, each in one transaction."""

import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.web.asks.door import Told, Visit
from bot.web.asks.rival import say_who
from bot.web.site import Site
from bot.web.submission import Submission, new_id
from store.answers.inbound import Source
from store.asking import around
from store.asking.ask import Ask, version_of
from store.database import Session
from store.errors import StoreError
from store.people import person, standing
from store.surveying import draft
from store.surveying.draft import Draft
from surveys.answering.answers import Answers, Problems, check
from surveys.answering.intake import Arrival, Receipt, Refusal, take
from surveys.open import anonymous
from surveys.paging.keystrokes import Raw

NOT_KEPT = (
    "Your answer was NOT kept: our records cannot be written at this moment. "
    "What you typed is still here. Please press Send again."
)
DRAFT_NOT_KEPT = (
    "Your draft was NOT kept: our records cannot be written at this moment. "
    "What you typed is still here. Please press the button again."
)
MEANWHILE = (
    "Since you opened this page, this was answered by {by}. Your answer is NOT sent yet: "
    "press Send again if yours should take its place."
)
OVERTAKEN = (
    "Since you opened this page, it was saved from another page or by a colleague. What you typed is "
    "NOT saved yet: press the button again if yours should take its place."
)
ONLY_SAVED = (
    "What you filled in is saved. Whoever was asked at your agency, or stands in for them, looks at it and "
    "sends it."
)

#: The field in which a page says of which form it is. No question can be called so.
FORM_VERSION = "form-version"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shut:
    """The link stopped holding while the answer was on its way."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Somebody else has answered since the page was opened, which its sender could not know."""

    visit: Visit
    #: What stands in the way of sending it, in words for the person.
    trouble: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """Another form was put in the place of the one that the page is of; nothing of the page is kept."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class Boxed:
    """An anonymous answer is kept; nothing of it can be shown again."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands as a draft now, by its revision; `trouble` says why what was typed is not in it."""

    revision: int
    trouble: str = ""
    #: What somebody else saved meanwhile, which was not overwritten, and who, as a role and never as a name.
    theirs: Draft | None = None
    by: str = ""


Outcome: TypeAlias = Receipt | Problems | Refusal | Answers | Meanwhile | Replaced | Boxed | Shut


def keep_answer(
    site: Site,
    session: Session,
    seen: Visit,
    submission: Submission,
    now: datetime,
    typed: Raw | None = None,
    checked: Answers | None = None,
) -> Outcome:
    """Keep an answer in one transaction. Gives the answers alone when they say what is known already.

    `typed` is the whole form where the page itself does not hold it, `checked` what was found of it when the
    link was `seen`: it is checked again where the form or what it looks at is another by now.
    """
    visit = site.find_again(session, seen, now, around.glance)
    if visit is None:
        return Shut()
    if is_of_another(visit, submission) or visit.form_version != seen.form_version:
        return Replaced(visit)
    if not standing.may_send(visit.role):
        return Refusal(ONLY_SAVED)
    raw = submission.pick(visit.form.owns) if typed is None else typed
    if checked is None or visit.form is not seen.form or visit.earlier != seen.earlier:
        found = check(visit.form, raw, site.today(now), visit.earlier)
        if isinstance(found, Problems):
            return found
        checked = found
    return _keep(site, session, visit, submission, checked, raw, now)


def _keep(
    site: Site,
    session: Session,
    visit: Visit,
    submission: Submission,
    checked: Answers,
    raw: Raw,
    now: datetime,
) -> Outcome:
    if visit.form.privacy == "anonymous":
        return _keep_anonymous(site, session, visit, checked, now)
    if visit.told and not visit.is_sent_back and visit.told.answers.values == checked.values:
        return checked  # what was sent back may come again as it was: whoever judges it decides
    if visit.told and _is_overtaken(visit.told, submission):
        return Meanwhile(visit, MEANWHILE.format(by=visit.told.by))
    arrival = _arrive(session, visit, submission.id, raw)
    receipt = take(session, visit.ask, visit.form, checked, arrival, now)
    if isinstance(receipt, Receipt) and not receipt.is_new and receipt.response.superseded_by is not None:
        # The same words as once before, but given again after others: a correction back, and no repeat.
        afresh = _arrive(session, visit, new_id(), raw)
        receipt = take(session, visit.ask, visit.form, checked, afresh, now)
    return receipt


def _arrive(session: Session, visit: Visit, word: str, raw: Raw) -> Arrival:
    """An answer by whoever sends it or, typed in for somebody else, by nobody whom the board knows."""
    source_id = _source_id(visit, word, raw)
    if visit.entered is None:
        return Arrival(Source.WEB, source_id, raw, visit.person.id)
    address = person.email_of(session, visit.person.id)
    return Arrival(visit.entered, source_id, raw, None, address.value if address else visit.person.name)


def is_of_another(visit: Visit, submission: Submission) -> bool:
    """Whether a page that was sent says that it is of another form than the one that is asked now."""
    return submission.one(FORM_VERSION) not in ("", visit.form_version)


async def save_draft(
    site: Site, visit: Visit, section: str, raw: Raw, seen: int, now: datetime
) -> Saved | Replaced:
    """Save a section, or the whole where `section` is empty, over the revision that was `seen`."""

    def save(session: Session) -> Saved | Replaced:
        # An exchange of forms waits here for us, or we for it: what was typed lands in no other form.
        around.hold(session, visit.ask.id)
        asked = session.get_one(Ask, visit.ask.id)
        if version_of(session, asked) != (visit.ask.form_version_id or visit.step.form_version_id):
            return Replaced(visit)
        kept = draft.save(session, visit.ask.id, section, raw, seen, visit.person.id, now)
        if isinstance(kept, Draft):
            return Saved(kept.revision)
        theirs = kept.standing
        if theirs is None:
            return Saved(0, OVERTAKEN)
        return Saved(
            theirs.revision, OVERTAKEN, theirs, say_who(session, asked, theirs.saved_by, visit.person)
        )

    try:
        return await site.house.database.write(save, urgent=True)
    except StoreError as error:
        log.error("a draft was not kept: %s", error)
        return Saved(seen, DRAFT_NOT_KEPT)


def _keep_anonymous(site: Site, session: Session, visit: Visit, checked: Answers, now: datetime) -> Outcome:
    day, zone = site.today(now), site.house.identity.zone
    kept = anonymous.take_for_ask(
        session, visit.ask.id, visit.person.id, visit.token, checked, visit.form.language, {}, day, zone
    )
    return kept if isinstance(kept, Refusal) else Boxed()


def _is_overtaken(told: Told, submission: Submission) -> bool:
    if told.by == "you" or "seen" not in submission.fields:
        return False
    return submission.one("seen") != str(told.id)


def _source_id(visit: Visit, submission: str, raw: Raw) -> str:
    """The same for a repeat of the same words from the same page; never shared by two asks or people."""
    spelled = json.dumps({name: list(raw[name]) for name in sorted(raw)}).encode()
    digest = hashlib.sha256(spelled).hexdigest()[:32]
    return f"{visit.ask.id.hex}.{visit.person.id.hex[-12:]}.{submission}.{digest}"
