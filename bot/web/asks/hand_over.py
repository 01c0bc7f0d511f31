"""Hand over: the page for "not me": a colleague answers, or it is not for this agency at all."""

from datetime import datetime
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.directory.addresses import BadAddress, normalise_address
from bot.web.asks.door import Visit
from bot.web.asks.errand import DigitsWanted, Errand, Error, draw, take
from bot.web.site import Site, site_of
from bot.web.submission import Submission
from messages.changes import handing_over
from messages.proof import passcodes
from messages.proof.known_domains import is_known_domain
from store import chore
from store.asking.ask import AskState
from store.chore import ChoreKind
from store.database import Session
from store.letters.passcode import PasscodePurpose
from store.people import person
from store.people.person import Person
from surveys.answering import intake

LONGEST_NAME = 200
LONGEST_REASON = 500
WRONG = (
    "Those are not the six digits of the newest letter. Type them again, or send with the box empty for new "
    "ones"
)


class Choice(StrEnum):
    """What is wanted."""

    COLLEAGUE = "colleague"
    DECLINE = "decline"


async def show_hand_over(request: Request) -> Response:
    """The two ways, and the two digits."""
    site = site_of(request)
    visit, now = await site.own_visit(request)
    return await draw(site, visit, now, PAGE) if visit else await site.lost(request)


async def take_hand_over(request: Request) -> Response:
    """Hand it to a colleague, keep the wish for a coordinator, or take word that it is not for the agency."""
    return await take(request, PAGE)


async def show_result(request: Request) -> Response:
    """What became of it, read from the rows."""
    site = site_of(request)
    visit, _ = await site.own_visit(request)
    if visit is None:
        return await site.lost(request)
    waits, taker = await site.house.database.read(lambda session: _standing(session, visit))
    if not (waits or taker or visit.ask.state is AskState.DECLINED):
        return RedirectResponse(f"{visit.address}/hand-over", 303)
    return site.drawing.draw("hand_over_done", board=visit.board, visit=visit, waits=waits, taker=taker)


def _standing(session: Session, visit: Visit) -> tuple[bool, Person | None]:
    waits = any(
        one.kind is ChoreKind.DECIDE_HANDOVER and one.ask_id == visit.ask.id
        for one in chore.waiting(session, visit.board.id)
    )
    taker = session.get(Person, visit.ask.delegate_id) if visit.ask.delegate_id else None
    return waits, taker


def _keep(
    site: Site, session: Session, visit: Visit, submission: Submission, now: datetime
) -> str | DigitsWanted:
    if submission.one("wish") != Choice.DECLINE:
        return _hand_over(site, session, visit, submission, now)
    if visit.ask.state is AskState.DECLINED:
        return ""
    reason = " ".join(submission.one("reason").split())
    source = f"{visit.ask.id.hex}.{visit.person.id.hex[-12:]}.{submission.id}"
    refusal = intake.decline(session, visit.ask.id, visit.person.id, reason, source, now)
    return refusal.reason if refusal else ""


def _hand_over(
    site: Site, session: Session, visit: Visit, submission: Submission, now: datetime
) -> str | DigitsWanted:
    if visit.ask.is_personal:
        return handing_over.why_not(visit.ask)
    email = normalise_address(submission.one("email"))
    if isinstance(email, BadAddress):
        return email.reason
    name = " ".join(submission.one("name").split())
    known = person.by_address(session, email)
    if known is not None and known.id == visit.ask.delegate_id != visit.person.id:
        return ""  # the second of two presses
    if not visit.is_owed:
        return "There is nothing to hand over: this is not owed any more."
    giver = person.email_of(session, visit.person.id)
    by = giver.value if giver else visit.person.name
    if not is_known_domain(session, visit.agency, email):
        wanted = _prove(site, session, visit, submission, email, by, now)
        if wanted is not None:
            return wanted
    outcome = handing_over.hand_over(session, visit.ask, visit.person.id, name, email, now, by)
    return "" if isinstance(outcome, Person) else outcome


def _prove(
    site: Site, session: Session, visit: Visit, submission: Submission, taker: str, giver: str, now: datetime
) -> str | DigitsWanted | None:
    """What stands between a giver and a stranger; None once the giver typed the digits sent to them.

    Where no digits can be sent, a person at the board looks first.
    """
    identity, purpose = site.house.identity, PasscodePurpose.HAND_OVER
    about, typed = f"{visit.ask.id.hex} {taker}", submission.one("passcode")
    if typed:
        who = passcodes.prove(session, identity.keyring, giver, purpose, typed, now, about=about)
        return None if who == visit.person.id else DigitsWanted(WRONG)
    is_sent = passcodes.ask_for(
        session, giver, purpose, now, identity.zone, board_id=visit.board.id, about=about
    )
    if is_sent:
        return DigitsWanted()
    name = " ".join(submission.one("name").split())
    handing_over.propose(session, visit.ask, visit.person, name, taker, now)
    return ""


def _complaints(submission: Submission) -> list[Error]:
    match submission.one("wish"):
        case Choice.COLLEAGUE:
            return complain_of_colleague(submission)
        case Choice.DECLINE:
            length = len(submission.one("reason"))
            if 3 <= length <= LONGEST_REASON:
                return []
            text = f"Say in a few words why it is not for you ({LONGEST_REASON} characters or fewer)"
            return [{"text": text, "href": "#reason"}]
        case _:
            return [{"text": "Choose who should answer", "href": "#wish"}]


def complain_of_colleague(submission: Submission) -> list[Error]:
    """What is missing or wrong in the name and address of a colleague."""
    errors: list[Error] = []
    if not 1 <= len(submission.one("name")) <= LONGEST_NAME:
        errors.append({"text": "Give your colleague's name", "href": "#name"})
    typed = submission.one("email")
    email = normalise_address(typed)
    if isinstance(email, BadAddress):
        told = f": {email.reason}" if typed else ""
        errors.append({"text": f"Give your colleague's work email{told}", "href": "#email"})
    return errors


PAGE = Errand("hand-over", "wish", _complaints, _keep)
