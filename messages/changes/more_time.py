"""More time: asked for by a representative, granted by rule or by a person; the first due date stays."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.changes.extensions import Decider, ExtensionRule, Wish, decided_by, decider_of
from messages.days.almanac import Almanac
from messages.days.calendar import CalendarEnds
from messages.days.school_term import last_day
from messages.launching.campaign_rules import extension_of
from messages.letters.counted import counted
from store import chore
from store.asking import extension
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign
from store.asking.extension import Extension, ExtensionState
from store.asking.round import begin_round
from store.base import ordered_id
from store.chore import ChoreKind
from store.database import Session
from store.decision import note_about
from store.people.agency import Agency
from store.people.term import spans

#: No request goes beyond this.
LONGEST = 60
RULE = Decider.AT_ONCE.value


def ask_for(
    session: Session,
    ask: Ask,
    person_id: UUID | None,
    working_days: int,
    reason: str,
    now: datetime,
    zone: ZoneInfo,
) -> Extension | str:
    """Ask for more time. Gives the request, granted or waiting for a decision, or why it cannot be made."""
    if ask.state is not AskState.ASKED:
        return "There is nothing to extend: this is not owed any more."
    if ask.is_personal:
        return "No more time is needed: an answer is welcome for 30 days after the date."
    if not 1 <= working_days <= LONGEST:
        return f"More time is asked for in working days, from 1 to {LONGEST}."
    if _open_request(session, ask) is not None:
        return "More time has been asked for already; the board will decide within two working days."
    request = Extension(
        id=ordered_id(),
        board_id=ask.board_id,
        ask_id=ask.id,
        person_id=person_id,
        working_days=working_days,
        reason=reason,
        asked_at=now,
        state=ExtensionState.ASKED,
        due_before=ask.due_on,
        due_after=_extended(session, ask, working_days, now, zone),
    )
    session.add(request)
    session.flush()
    decider = who_decides(session, request, zone)
    if decider is Decider.AT_ONCE:
        decide(session, request, grant=True, now=now, by=RULE)
    else:
        _ask_the_board(session, ask, request, decider, zone)
    return request


def who_decides(session: Session, request: Extension, zone: ZoneInfo) -> Decider:
    """Who decides about a request, or did, by the rule of its campaign."""
    ask = session.get_one(Ask, request.ask_id)
    campaign, agency = session.get_one(Campaign, ask.campaign_id), session.get_one(Agency, ask.agency_id)
    rule = extension_of(campaign)
    before = [one for one in extension.of_ask(session, ask.id) if not request.id or one.id < request.id]
    wish = Wish(
        request.working_days,
        in_time=request.asked_at.astimezone(zone).date() <= request.due_before,
        earlier=len(before),
        urgent=campaign.is_urgent,
        due_after=request.due_after,
        term_ends=_term_end(session, agency, request.due_before) if rule is ExtensionRule.TERM else None,
    )
    return decider_of(rule, wish)


def who_would_decide(session: Session, ask: Ask, working_days: int, now: datetime, zone: ZoneInfo) -> Decider:
    """Who decides about the request that waits or, where none does, about one made now."""
    after = _extended(session, ask, working_days, now, zone)
    wished = Extension(
        ask_id=ask.id, working_days=working_days, asked_at=now, due_before=ask.due_on, due_after=after
    )
    return who_decides(session, _open_request(session, ask) or wished, zone)


def decision_due(session: Session, asked_at: datetime, zone: ZoneInfo) -> date:
    """The day by which somebody decides about more time that was asked for at a moment."""
    return decided_by(asked_at, Almanac(session).office(), zone)


def _term_end(session: Session, agency: Agency, day: date) -> date | None:
    """The last day of an agency's school term; of the longest term known where it keeps none of its own."""
    known = spans(session)
    own = known.get(agency.term_set or "")
    ends = [last_day(stretches, day) for stretches in ((own,) if own else known.values())]
    return max((end for end in ends if end is not None), default=None)


def extend(
    session: Session, ask: Ask, working_days: int, reason: str, now: datetime, by: str, zone: ZoneInfo
) -> Extension | str:
    """Give more time, as a coordinator may at any moment while it is owed; past due it counts from today."""
    if ask.state is not AskState.ASKED:
        return "There is nothing to extend: this is not owed any more."
    request = _open_request(session, ask) or Extension(
        id=ordered_id(),
        board_id=ask.board_id,
        ask_id=ask.id,
        working_days=working_days,
        reason=reason,
        asked_at=now,
        state=ExtensionState.ASKED,
        due_before=ask.due_on,
        due_after=ask.due_on,
    )
    request.working_days = working_days
    request.due_before = ask.due_on
    request.due_after = _extended(session, ask, working_days, now, zone)
    session.add(request)
    session.flush()
    decide(session, request, grant=True, now=now, by=by)
    return request


def turn_down(session: Session, ask: Ask, because: str, now: datetime, by: str) -> Extension | str:
    """Decline the request that waits; its page tells so, and they may ask again. Gives it, or why not."""
    request = _open_request(session, ask)
    if request is None:
        return "There is nothing to decline: no request for more time waits."
    decide(session, request, grant=False, now=now, by=by, because=because)
    return request


def decide(
    session: Session, request: Extension, *, grant: bool, now: datetime, by: str, because: str = ""
) -> None:
    """Grant or decline a request; a grant moves the due date and begins a new round of the ladder."""
    ask = session.get_one(Ask, request.ask_id)
    request.state = ExtensionState.GRANTED if grant else ExtensionState.DECLINED
    request.decided_at, request.decided_by = now, by
    if grant:
        ask.due_on = request.due_after
        begin_round(session, ask, now, "more time was given", keep_first=True)
    longer = counted(request.working_days, "working day")
    moved = f"{longer}, from {request.due_before} to {request.due_after}: "
    note_about(
        session,
        ask,
        now,
        "more time" if grant else "no more time",
        (moved if grant else f"{because}; asked for because: " if because else "") + request.reason,
        by,
        request.person_id,
    )
    chore.finish(session, ChoreKind.DECIDE_EXTENSION, str(request.id), by, now)


def _open_request(session: Session, ask: Ask) -> Extension | None:
    waiting = (one for one in extension.of_ask(session, ask.id) if one.state is ExtensionState.ASKED)
    return next(waiting, None)


def _extended(session: Session, ask: Ask, working_days: int, now: datetime, zone: ZoneInfo) -> date:
    """The due date with so many working days more, counted from today where it is past."""
    return later(session, ask, max(ask.due_on, now.astimezone(zone).date()), working_days)


def later(session: Session, ask: Ask, day: date, working_days: int) -> date:
    """A day so many working days of the agency later; the board's own where terms are not known."""
    almanac = Almanac(session)
    try:
        return almanac.of(session.get_one(Agency, ask.agency_id)).add(day, working_days)
    except CalendarEnds:
        return almanac.office().add(day, working_days)


def _ask_the_board(session: Session, ask: Ask, request: Extension, decider: Decider, zone: ZoneInfo) -> None:
    campaign, agency = session.get_one(Campaign, ask.campaign_id), session.get_one(Agency, ask.agency_id)
    now = request.asked_at
    by_when = f"{decider} decides by {decision_due(session, now, zone):%d/%m/%Y}"
    chore.open_once(
        session,
        ChoreKind.DECIDE_EXTENSION,
        str(request.id),
        f"{agency.name} asks for {counted(request.working_days, 'more working day')} "
        f"for {campaign.slug}-{ask.number} (due {request.due_before}): {request.reason}. "
        f"{by_when[0].upper()}{by_when[1:]}; keep what is decided with: cascade extend "
        f"{campaign.slug}-{ask.number} --days N (or --decline) --because TEXT"
        + (" --decided-by NAME" if decider.is_chair else ""),
        now,
        board_id=ask.board_id,
        agency_id=ask.agency_id,
        ask_id=ask.id,
    )
    note_about(
        session,
        ask,
        now,
        "more time asked",
        f"{counted(request.working_days, 'working day')}: {request.reason}; {by_when}",
        "the representative",
        request.person_id,
    )
