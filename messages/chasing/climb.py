"""Climb: wake on asks' alarms, decide, and write the touches that follow."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from messages.chasing.addressees import ASKED, HOLIDAY, Addressee
from messages.chasing.batch import Batch, climbed_of, facts_of, find_addressees, gather_facts
from messages.chasing.chase import Climb, Open, Skip, Stop, Wait, decide
from messages.chasing.covering import GONE
from messages.chasing.ladder import Rung
from messages.days.calendar import CalendarEnds
from messages.launching.launch import due_date
from messages.launching.naming import hand_on
from messages.launching.opening import due_when_opened
from messages.sending.taking_up import take_up
from store import chore, decision
from store.apart import work_apart
from store.asking import ask
from store.asking.ask import AskState
from store.base import ordered_id
from store.chore import ChoreKind, Wanted
from store.database import Session
from store.letters import alarm
from store.letters.alarm import DueAsk
from store.letters.touch import Touch, TouchState

#: Asks looked at in one transaction.
CHUNK = 200
#: How long an ask rests whose rules could not be worked out; the rest go on.
POSTPONED = timedelta(hours=1)
#: What a decision to let it rest is called.
POSTPONED_WORD = "postponed"

log = logging.getLogger(__name__)


def climb_due(session: Session, now: datetime, zone: ZoneInfo, limit: int = CHUNK) -> int:
    """Look at up to `limit` asks whose alarm has rung; give back how many there were.

    Runs in one transaction: touches and alarms are written together or not at all. An ask that cannot
    be worked out rests for an hour, is listed for a person, and holds up nobody else.
    """
    due = alarm.due(session, now, limit)

    def work(some: Sequence[DueAsk]) -> None:
        _climb_all(gather_facts(session, list(some), now, zone), some)

    def rest(one: DueAsk, error: Exception) -> None:
        log.error("ask %s of %s is postponed", one.ask.number, one.campaign.slug, exc_info=error)
        _postpone(session, one, now, f"its rules could not be worked out: {error}")

    if due:
        work_apart(session, due, work, rest)
    return len(due)


def _climb_all(batch: Batch, due: Sequence[DueAsk]) -> None:
    for one in due:
        _climb_one(batch, one)
    alarm.write_touches(batch.session, batch.touches)
    alarm.move(batch.session, batch.moves)
    chore.open_all(batch.session, batch.chores, batch.now)


def _climb_one(batch: Batch, one: DueAsk) -> None:
    """Climb one ask as far as it may go now."""
    ring = one.ask.next_touch_at
    if ring is None or hand_on(batch.session, one, batch.now):
        return  # where it was handed on, a new round has rung the alarm, and is looked at afresh
    try:
        _give_time(batch, one)
        at = _climb_while_due(batch, one)
    except CalendarEnds as ends:
        # What was due before the unknown days goes: a lesson must not wait for term dates.
        at = batch.now + timedelta(days=1)
        _want(batch, one, ChoreKind.TERM_DATES, f"{ends.name}:{ends.last}", str(ends))
    if at is not None:
        batch.moves.append((one.ask.id, ring, at))


def _postpone(session: Session, one: DueAsk, now: datetime, reason: str) -> None:
    """Let an ask rest for an hour; say why, once for each reason."""
    if one.ask.next_touch_at is not None:
        alarm.move(session, [(one.ask.id, one.ask.next_touch_at, now + POSTPONED)])
    last = decision.latest(session, one.ask.id, POSTPONED_WORD)
    if last is None or last.reason != reason:
        decision.note_about(session, one.ask, now, POSTPONED_WORD, reason, "the ladder")
    named = f"{one.agency.name} ({one.campaign.slug}-{one.ask.number})"
    text = (
        f"Letters of {one.campaign.slug} wait, among them those to {named}: {reason}. Mend it, and they go."
    )
    wanted = Wanted(ChoreKind.PUT_RIGHT, f"{one.campaign.id}", text, one.ask.board_id)
    chore.open_all(session, [wanted], now)


def _give_time(batch: Batch, one: DueAsk) -> None:
    """Let a question that was opened late be due some days on."""
    asked, opened = one.ask, one.ask.asked_at
    touched = any(row.round == asked.round for row in batch.touched.get(asked.id, ()))
    if one.step.position == 1 or opened is None or touched or not asked.state.is_live:
        return
    if one.step.opens_on is not None:
        return  # its date was counted from the day on which it opened
    calendar, urgent = batch.almanac.of(one.agency), one.campaign.is_urgent
    due = due_when_opened(opened, asked.due_on, calendar, batch.zone, urgent=urgent)
    if asked.due_on != due:
        reason = f"from {asked.due_on} to {due}, because it was opened only on {opened:%Y-%m-%d}"
        decision.note_about(batch.session, asked, batch.now, "due later", reason, "the ladder")
        asked.due_on = due


def _climb_while_due(batch: Batch, one: DueAsk) -> datetime | None:
    """Decide until there is nothing to do now; gives back the next alarm, None when it is closed."""
    rows = _present(batch, one)
    _list_vacancy(batch, one)
    climbed, letters = climbed_of(rows)
    while True:
        chosen = decide(facts_of(batch, one, climbed, letters), batch.now)
        match chosen:
            case Climb(rung, reason):
                if _write_letters(batch, one, rung, reason):
                    letters[rung.name] = batch.now
                climbed[rung.name] = batch.now
            case Skip(rung, reason):
                batch.touches.append(_touch(batch, one, rung, Addressee(rung.to[0], None, reason), reason))
                climbed[rung.name] = batch.now
            case Wait(until, _):
                return until
            case Open():
                _open(batch, one)
            case Stop():
                _stop(batch, one, chosen)
                return None


def _stop(batch: Batch, one: DueAsk, chosen: Stop) -> None:
    """Close what has come to its end, and open what follows it."""
    state = chosen.state
    if state is not one.ask.state and ask.close(batch.session, one.ask.id, state, batch.now):
        decision.note_about(batch.session, one.ask, batch.now, state.value, chosen.reason, "the ladder")
        ask.open_next(batch.session, one.ask, batch.now)


def _open(batch: Batch, one: DueAsk) -> None:
    """Ask what has its day today; what was asked before and is still owed is over with that."""
    today = batch.now.astimezone(batch.zone).date()
    due = due_date(one.step, batch.almanac, one.agency, today)
    ask.open_on_its_day(batch.session, one.ask, due, batch.now)
    for earlier, _ in ask.preceding(batch.session, one.ask):
        if earlier.state is AskState.ASKED and ask.close(
            batch.session, earlier.id, AskState.LAPSED, batch.now
        ):
            reason = f"the day of “{one.step.title}” has come"
            decision.note_about(batch.session, earlier, batch.now, "lapsed", reason, "the ladder")


def _present(batch: Batch, one: DueAsk) -> list[Touch]:
    """The touches of the present round, with those taken up that were held back in any."""
    taken = take_up(batch, one)
    return [row for row in batch.touched.get(one.ask.id, ()) if row.round == one.ask.round or row in taken]


def _write_letters(batch: Batch, one: DueAsk, rung: Rung, reason: str) -> bool:
    """Write a rung's touches, one an addressee; False when no letter comes of it."""
    found = find_addressees(batch, one, rung)
    overtaken = [row for row in batch.touched.get(one.ask.id, ()) if row.state is TouchState.DRAFTED]
    goes = any(not addressee.skipped for addressee in found)
    for row in overtaken if rung.approval and goes else ():
        row.state, row.reason = TouchState.SKIPPED, f"overtaken by “{rung.name}” before anybody approved it"
    batch.touches += [_touch(batch, one, rung, addressee, reason) for addressee in found]
    _ask_for_help(batch, one, rung, found)
    return goes


def _touch(batch: Batch, one: DueAsk, rung: Rung, addressee: Addressee, reason: str) -> dict[str, Any]:
    goes = not addressee.skipped
    words = batch.words_of(one.step.id, rung.name, addressee.role)
    if goes and words is None:
        raise LookupError(f"no words are saved for rung “{rung.name}” to the {addressee.role}")
    state = (TouchState.DRAFTED if rung.approval else TouchState.TO_SEND) if goes else TouchState.SKIPPED
    return {
        "id": ordered_id(),
        "board_id": one.ask.board_id,
        "ask_id": one.ask.id,
        "round": one.ask.round,
        "rung": rung.name,
        "role": addressee.role,
        "person_id": addressee.person_id,
        "state": state,
        "reason": addressee.skipped or reason,
        "words_id": words if goes else None,
        "is_first": rung.is_first,
        "climbed_at": batch.now,
        "not_before": batch.now,
    }


def _ask_for_help(batch: Batch, one: DueAsk, rung: Rung, found: list[Addressee]) -> None:
    """List what only a person can do: ring, where nobody besides whoever was asked can be written to."""
    name = f"{one.agency.name} ({one.campaign.slug}-{one.ask.number})"
    others = [addressee for addressee in found if addressee.role != ASKED and addressee.role != HOLIDAY]
    alone = bool(others) and all(addressee.skipped for addressee in others)
    if rung.phone or (alone and not rung.name.startswith(GONE)):
        why = rung.phone or "; ".join(addressee.skipped for addressee in others)
        if alone and any(addressee.person_id is None for addressee in others):
            why += "; ask who it is, or decide what comes next"
        key = f"{one.ask.id}:{one.ask.round}:{rung.name}"
        _want(batch, one, ChoreKind.PHONE, key, f"Ring {name}: {why}.")


def _list_vacancy(batch: Batch, one: DueAsk) -> None:
    """Have somebody found for a seat whose holder is out of reach for good, whatever the ladder does."""
    today = batch.now.astimezone(batch.zone).date()
    gone = batch.people[one.ask.board_id].gone(one.ask, one.step, one.campaign, today)
    if gone and one.ask.state is AskState.ASKED:
        key = chore.name_seat(one.ask.board_id, one.agency.id, one.step.role.value)
        text = f"{one.agency.name} ({one.campaign.slug}-{one.ask.number}): {gone}."
        _want(batch, one, ChoreKind.FILL_SEAT, key, text)


def _want(batch: Batch, one: DueAsk, kind: ChoreKind, key: str, text: str) -> None:
    kept = kind is ChoreKind.FILL_SEAT  # whoever recorded why it is vacant knew more
    batch.chores.append(Wanted(kind, key, text, one.ask.board_id, one.agency.id, one.ask.id, kept))
