"""Climb: wake on asks' alarms, decide, and write the touches that follow."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.addressees import ASKED, HOLIDAY, Addressee
from messages.batch import Batch, facts_of, find_addressees, gather_facts
from messages.calendar import CalendarEnds
from messages.chase import COVER, COVER_GONE, Climb, Skip, Stop, Wait, decide
from messages.ladder import Rung
from store import alarm, ask, chore, hold
from store.alarm import DueAsk
from store.ask import AskState
from store.base import ordered_id
from store.chore import ChoreKind
from store.database import Session
from store.decision import note
from store.outbox import ON_HOLD
from store.touch import Touch, TouchState

#: Asks looked at in one transaction.
CHUNK = 200
#: How long an ask rests whose rules could not be worked out; the rest go on.
POSTPONED = timedelta(hours=1)

log = logging.getLogger(__name__)


def climb_due(session: Session, now: datetime, zone: ZoneInfo, limit: int = CHUNK) -> int:
    """Look at up to `limit` asks whose alarm has rung; give back how many there were.

    Runs in one transaction: touches and alarms are written together or not at all.
    """
    due = alarm.due(session, now, limit)
    if not due:
        return 0
    batch = gather_facts(session, due, now, zone)
    for one in due:
        _climb_one(batch, one)
    alarm.write_touches(session, batch.touches)
    alarm.move(session, batch.moves)
    return len(due)


def _climb_one(batch: Batch, one: DueAsk) -> None:
    """Climb one ask as far as it may go now. What cannot be worked out is postponed, and said."""
    ring = one.ask.next_touch_at
    if ring is None:
        return
    kept = len(batch.touches)
    try:
        at = _climb_while_due(batch, one)
    except CalendarEnds as ends:
        # What was due before the unknown days goes: a lesson must not wait for term dates.
        at = batch.now + timedelta(days=1)
        _open_chore(batch, one, ChoreKind.TERM_DATES, f"{ends.name}:{ends.last}", str(ends))
    except Exception as error:
        # One bad row must not starve the rest: it rests for an hour, and the log and `why` say so.
        del batch.touches[kept:]
        log.exception("ask %s of %s is postponed", one.ask.number, one.campaign.slug)
        at = batch.now + POSTPONED
        _note(batch, one, "postponed", f"its rules could not be worked out: {error}")
    if at is not None:
        batch.moves.append((one.ask.id, ring, at))


def _climb_while_due(batch: Batch, one: DueAsk) -> datetime | None:
    """Decide until there is nothing to do now; gives back the next alarm, None when it is closed."""
    rows = batch.climbed.get(one.ask.id, [])
    _take_up(batch, one, rows)
    _list_vacancy(batch, one)
    climbed = {row.rung: row.climbed_at for row in rows}
    passed = set(climbed) - {row.rung for row in rows if row.state is not TouchState.SKIPPED}
    while True:
        # A rung that was passed by takes no time: it must not keep the next one waiting for a day.
        times = {rung: at for rung, at in climbed.items() if rung not in passed}
        decision = decide(facts_of(batch, one, climbed, times), batch.now)
        match decision:
            case Climb(rung, reason):
                if not _write_letters(batch, one, rung, reason):
                    passed.add(rung.name)
                climbed[rung.name] = batch.now
            case Skip(rung, reason):
                batch.touches.append(_touch(batch, one, rung, Addressee(rung.to[0], None, reason), reason))
                passed.add(rung.name)
                climbed[rung.name] = batch.now
            case Wait(until, _):
                return until
            case Stop(state, reason):
                if state is not one.ask.state and ask.close(batch.session, one.ask.id, state, batch.now):
                    _note(batch, one, state.value, reason)
                    ask.open_next(batch.session, one.ask, batch.now)
                return None


def _take_up(batch: Batch, one: DueAsk, rows: list[Touch]) -> None:
    """After a hold, let letters go that were about to when it began: a rung is climbed only once."""
    if one.ask.state is not AskState.ASKED or hold.over(batch.holds, one.ask):
        return
    for row in rows:
        if row.state is TouchState.DROPPED and row.reason.startswith(ON_HOLD):
            row.state, row.delivery_id, row.reason = TouchState.TO_SEND, None, "the hold is over"
            row.climbed_at = row.not_before = batch.now


def _write_letters(batch: Batch, one: DueAsk, rung: Rung, reason: str) -> bool:
    """Write a rung's touches, one an addressee; False when no letter comes of it."""
    found = find_addressees(batch, one, rung)
    overtaken = [row for row in batch.climbed.get(one.ask.id, ()) if row.state is TouchState.DRAFTED]
    goes = any(not addressee.skipped for addressee in found)
    for row in overtaken if rung.approval and goes else ():
        row.state, row.reason = TouchState.SKIPPED, f"overtaken by “{rung.name}” before anybody approved it"
    batch.touches += [_touch(batch, one, rung, addressee, reason) for addressee in found]
    _ask_for_help(batch, one, rung, found)
    return goes


def _touch(batch: Batch, one: DueAsk, rung: Rung, addressee: Addressee, reason: str) -> dict[str, Any]:
    goes = not addressee.skipped
    words = batch.words.get((one.step.id, rung.name, addressee.role))
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
    """List what only a person can do: ring, or find somebody for a seat."""
    name = f"{one.agency.name} ({one.campaign.slug}-{one.ask.number})"
    others = [addressee for addressee in found if addressee.role != ASKED and addressee.role != HOLIDAY]
    alone = bool(others) and all(addressee.skipped for addressee in others)
    if rung.phone or (alone and rung.name not in (COVER.name, COVER_GONE.name)):
        why = rung.phone or "; ".join(addressee.skipped for addressee in others)
        _open_chore(
            batch, one, ChoreKind.PHONE, f"{one.ask.id}:{one.ask.round}:{rung.name}", f"Ring {name}: {why}."
        )


def _list_vacancy(batch: Batch, one: DueAsk) -> None:
    """Have somebody found for a seat whose holder is out of reach for good, whatever the ladder does."""
    today = batch.now.astimezone(batch.zone).date()
    gone = batch.people[one.ask.board_id].gone(one.ask, one.step, one.campaign, today)
    if gone and one.ask.state is AskState.ASKED:
        key = chore.name_seat(one.ask.board_id, one.agency.id, one.step.role.value)
        text = f"{one.agency.name} ({one.campaign.slug}-{one.ask.number}): {gone}."
        _open_chore(batch, one, ChoreKind.FILL_SEAT, key, text)


def _open_chore(batch: Batch, one: DueAsk, kind: ChoreKind, key: str, text: str) -> None:
    kept = kind is ChoreKind.FILL_SEAT  # whoever recorded why it is vacant knew more
    chore.open_once(batch.session, kind, key, text, batch.now, keep_text=kept, **_about(one))


def _note(batch: Batch, one: DueAsk, what: str, reason: str) -> None:
    note(batch.session, batch.now, what, reason, "the ladder", campaign_id=one.campaign.id, **_about(one))


def _about(one: DueAsk) -> dict[str, UUID]:
    return {"board_id": one.ask.board_id, "agency_id": one.agency.id, "ask_id": one.ask.id}
