"""More time: the page on which a representative asks for it, and reads what came of it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.asks.door import Visit
from bot.web.asks.errand import Errand, Error, draw, take
from bot.web.site import Site, site_of
from bot.web.submission import Submission
from messages.changes import more_time
from messages.changes.extensions import FOR_REVIEWS, Decider, say_rule
from messages.launching.campaign_rules import extension_of
from store.asking import extension
from store.asking.extension import Extension
from store.database import Session

OFFERED = ("5", "10", "20")
REASONS = {
    "staff": "Staff absence",
    "inspection": "An inspection",
    "holiday": "A school holiday",
    "sign_off": "Waiting for sign-off",
    "system": "A change of system",
    "scale": "There are many teams to reach",
    "other": "Something else",
}
#: Why a report for a review takes longer.
REPORT_REASONS = {
    "author": "The author is away",
    "parallel": "A criminal case or an inquest runs beside it",
    "records": "Access to records",
    "unwell": "Somebody to be spoken to is unwell",
    "volume": "There is much to go through",
    "other": "Something else",
}
#: The same wish from the same person within this time is one press too many.
REPEAT = timedelta(minutes=2)
LONGEST_REASON = 300


async def show_more_time(request: Request) -> Response:
    """The questions: how many working days, why, and the two digits."""
    site = site_of(request)
    visit, now = await site.own_visit(request)
    if visit is None:
        return await site.lost(request)
    return await draw(site, visit, now, PAGE)


async def take_more_time(request: Request) -> Response:
    """Ask for more time, by the rule or of a person at the board."""
    return await take(request, PAGE)


async def show_decision(request: Request) -> Response:
    """What came of the newest request for more time."""
    site = site_of(request)
    visit, now = await site.own_visit(request)
    if visit is None:
        return await site.lost(request)
    zone = site.house.identity.zone
    found = await site.house.database.read(lambda session: _newest(session, visit, zone))
    if found is None:
        return RedirectResponse(f"{visit.address}/more-time", 303)
    last, decider, by_when = found
    return site.drawing.draw(
        "more_time_done",
        board=visit.board,
        visit=visit,
        extension=last,
        decider=decider,
        by_when=by_when,
        today=site.today(now),
    )


def _newest(session: Session, visit: Visit, zone: ZoneInfo) -> tuple[Extension, Decider, date] | None:
    """The newest request, who decides about it, and by when; None where there is none."""
    requests = extension.of_ask(session, visit.ask.id)
    if not requests:
        return None
    last = requests[-1]
    by_when = more_time.decision_due(session, last.asked_at, zone)
    return last, more_time.who_decides(session, last, zone), by_when


def _ask(site: Site, session: Session, visit: Visit, submission: Submission, now: datetime) -> str:
    days, reason, _ = _read(submission)
    before = extension.of_ask(session, visit.ask.id)
    if before and _is_repeat(before[-1], visit, days, reason, now):
        return ""
    zone = site.house.identity.zone
    outcome = more_time.ask_for(session, visit.ask, visit.person.id, days, reason, now, zone)
    return "" if isinstance(outcome, Extension) else outcome


def _is_repeat(last: Extension, visit: Visit, days: int, reason: str, now: datetime) -> bool:
    same = (last.person_id, last.working_days, last.reason) == (visit.person.id, days, reason)
    return same and now - last.asked_at <= REPEAT


def _read(submission: Submission) -> tuple[int, str, list[Error]]:
    errors: list[Error] = []
    chosen = submission.one("days")
    typed = submission.one("other_days") if chosen == "other" else chosen
    days = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 3 else 0
    if not chosen:
        errors.append({"text": "Choose how much more time you need", "href": "#days"})
    elif not 1 <= days <= more_time.LONGEST:
        text = f"Give the working days as a number from 1 to {more_time.LONGEST}"
        errors.append({"text": text, "href": "#other_days" if chosen == "other" else "#days"})
    why = submission.one("reason")
    words = " ".join(submission.one("other_reason").split())
    if why not in REASONS | REPORT_REASONS:
        errors.append({"text": "Choose what you need the time for", "href": "#reason"})
    elif why == "other" and not 1 <= len(words) <= LONGEST_REASON:
        text = f"Say in a few words what you need the time for ({LONGEST_REASON} characters or fewer)"
        errors.append({"text": text, "href": "#other_reason"})
    reason = words if why == "other" else (REASONS | REPORT_REASONS).get(why, "")
    return days, reason, errors


def _complaints(submission: Submission) -> list[Error]:
    return _read(submission)[2]


def _look_up(session: Session, visit: Visit) -> Mapping[str, object]:
    requests, rule = extension.of_ask(session, visit.ask.id), extension_of(visit.campaign)
    return {
        "last": requests[-1] if requests else None,
        "rule": say_rule(rule),
        "reasons": REPORT_REASONS if rule in FOR_REVIEWS else REASONS,
    }


PAGE = Errand(
    "more-time",
    "days",
    _complaints,
    _ask,
    {"offered": OFFERED},
    _look_up,
)
