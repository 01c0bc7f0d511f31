"""Climb: wake on asks' alarms, decide, and write the touches that follow."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.addressees import ASKED, HOLIDAY, Addressee, resolve
from messages.almanac import Almanac
from messages.calendar import CalendarEnds, WorkingCalendar
from messages.chase import COVER, COVER_GONE, HANDED_OVER, Climb, Facts, Skip, Stop, Wait, decide
from messages.ladder import Ladders, Rung
from messages.new_link import is_new_link
from messages.people import People
from store import alarm, ask, campaign, chore, hold
from store.alarm import DueAsk
from store.ask import AskState
from store.base import ordered_id
from store.chore import ChoreKind
from store.database import Session
from store.decision import note
from store.greeting import greeted, stood_in
from store.outbox import ON_HOLD
from store.touch import Touch, TouchState

#: Asks looked at in one transaction.
CHUNK = 200
#: How long an ask rests whose rules could not be worked out; the rest go on.
POSTPONED = timedelta(hours=1)

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Batch:
    """What a chunk of asks has in common, and what it leads to."""

    session: Session
    now: datetime
    zone: ZoneInfo
    almanac: Almanac
    people: dict[UUID, People]
    climbed: dict[UUID, list[Touch]]
    #: Those who had a letter on being handed an ask, by ask.
    welcomed: dict[UUID, set[UUID]]
    #: Those who had any letter as the one who is asked, by ask.
    greeted: dict[UUID, set[UUID]]
    #: Rungs that went to others than whoever was asked, by ask and rung.
    stood_in: dict[UUID, dict[str, datetime]]
    holds: list[hold.Hold]
    ladders: Ladders
    words: dict[tuple[UUID, str, str], UUID]
    touches: list[dict[str, Any]] = field(default_factory=list)
    moves: list[tuple[UUID, datetime, datetime]] = field(default_factory=list)


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


def gather_facts(session: Session, due: list[DueAsk], now: datetime, zone: ZoneInfo) -> Batch:
    """Look up all that decisions about some asks rest on. Reads only; the plan looks it up the same way."""
    today = now.astimezone(zone).date()
    boards: dict[UUID, list[DueAsk]] = {}
    for one in due:
        boards.setdefault(one.ask.board_id, []).append(one)
    step_ids = list({one.step.id for one in due})
    later = [one.ask.id for one in due if one.ask.round > 1]
    words = {(kept.step_id, kept.rung, kept.role): kept.id for kept in campaign.words(session, step_ids)}
    words |= {
        (step, COVER_GONE.name, to): id_ for (step, rung, to), id_ in words.items() if rung == COVER.name
    }
    return Batch(
        session,
        now,
        zone,
        Almanac(session),
        {
            board: People.of(session, board, [(one.ask, one.agency) for one in some])
            for board, some in boards.items()
        },
        alarm.climbed(session, {one.ask.id: one.ask.round for one in due}),
        alarm.written_to(session, [one.ask.id for one in due], HANDED_OVER.name),
        greeted(session, later, ASKED),
        stood_in(session, later, ASKED),
        hold.resting(
            session, list(boards), [one.ask.id for one in due], [one.agency.id for one in due], today
        ),
        Ladders({step_id: campaign.ladder(session, step_id).rungs for step_id in step_ids}),
        words,
    )


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


def facts_of(
    batch: Batch, one: DueAsk, climbed: Mapping[str, datetime], times: Mapping[str, datetime]
) -> Facts:
    """The facts about one ask: `climbed` holds the rungs behind it, `times` those that led to a letter."""
    today = batch.now.astimezone(batch.zone).date()
    longest = max(hold.over(batch.holds, one.ask), key=lambda rest: rest.until, default=None)
    people = batch.people[one.ask.board_id]
    return Facts(
        state=one.ask.state,
        ladder=batch.ladders[one.step.id],
        calendar=batch.almanac.of(one.agency),
        zone=batch.zone,
        asked_at=one.ask.asked_at or batch.now,
        due_on=one.ask.due_on,
        round=one.ask.round,
        round_began_at=one.ask.round_began_at or one.ask.asked_at or batch.now,
        climbed=climbed,
        # A link sent once more at the reader's wish is no chaser: it puts none off.
        last_letter_at=max((at for rung, at in times.items() if not is_new_link(rung)), default=None),
        stood_in=batch.stood_in.get(one.ask.id, {}),
        unreachable=people.unreachable(one.ask, one.step, one.campaign, today),
        is_gone=bool(people.gone(one.ask, one.step, one.campaign, today)),
        handed_to=_handed_to(batch, one),
        held_until=longest.until if longest else None,
        held_why=longest.reason if longest else "",
        urgent=one.campaign.is_urgent,
    )


def _handed_to(batch: Batch, one: DueAsk) -> str:
    """Who has it now and has had no letter about it, by hand-over or by a change in the seat; else empty."""
    if one.ask.round == 1:
        return ""  # handed over and reseated asks begin a new round: this one came with the step before
    taker = one.ask.delegate_id
    people = batch.people[one.ask.board_id]
    written = batch.welcomed
    if taker is None:
        taker, written = people.asked(one.ask, one.step), batch.greeted
    if taker is None or taker in written.get(one.ask.id, ()):
        return ""
    return people.reachable[taker].person.name


def find_addressees(batch: Batch, one: DueAsk, rung: Rung) -> list[Addressee]:
    """Whom a rung of one ask means today, and who is passed over, why. Reads only."""
    today = batch.now.astimezone(batch.zone).date()
    people = batch.people[one.ask.board_id]
    line = people.line(one.ask, one.step, one.campaign, today)
    closed = HOLIDAY in rung.to and not _is_at_work(batch.almanac.of(one.agency), today)
    asked = people.asked(one.ask, one.step)
    already = {asked: ASKED} if asked and ASKED not in rung.to else {}
    return resolve(rung.to, line, is_school=one.agency.is_school, closed_today=closed, already=already)


def _is_at_work(calendar: WorkingCalendar, today: date) -> bool:
    """Whether an agency is known to be at work: where terms are missing its holiday contact is told too."""
    try:
        return calendar.is_working(today)
    except CalendarEnds:
        return False


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
