"""Batch: all that the decisions about some asks rest on, looked up at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.changes.new_link import is_new_link
from messages.chasing.addressees import ASKED, HOLIDAY, Addressee, resolve
from messages.chasing.chase import BACK, COVER, HANDED_OVER, SENT_BACK, Facts
from messages.chasing.covering import notice_of, words_rung
from messages.chasing.ladder import Ladders, Rung
from messages.chasing.people import People
from messages.chasing.quiet import back_days
from messages.chasing.withholding import why_withheld
from messages.days.almanac import Almanac
from messages.days.calendar import CalendarEnds, WorkingCalendar
from messages.launching.opening import day_for
from messages.letters.counted import counted
from store.answers import judgement, response
from store.answers.judgement import Judgement
from store.asking import ask, campaign, hold
from store.asking.ask import AskState
from store.chore import Wanted
from store.database import Session
from store.letters import alarm
from store.letters.alarm import DueAsk
from store.letters.greeting import addressed, seated, stood_in
from store.letters.touch import Touch, TouchState
from store.people.seat import SeatRole


@dataclass(slots=True)
class Batch:
    """What a chunk of asks has in common, and what it leads to."""

    session: Session
    now: datetime
    zone: ZoneInfo
    almanac: Almanac
    people: dict[UUID, People]
    #: The touches of each ask, in all its rounds.
    touched: dict[UUID, list[Touch]]
    #: Those who had a letter on being handed an ask, by ask.
    welcomed: dict[UUID, set[UUID]]
    #: Whom the last letter to the one who is asked was for, by ask.
    addressed: dict[UUID, UUID]
    #: Since when the seat that is asked has its holder, by ask.
    seated: dict[UUID, datetime]
    #: Rungs that went to others than whoever was asked, by ask and rung.
    stood_in: dict[UUID, dict[str, datetime]]
    #: The newest judgement of what asks were answered that are asked again, by ask.
    judged: dict[UUID, Judgement]
    holds: list[hold.Hold]
    ladders: Ladders
    words: dict[tuple[UUID, str, str], UUID]
    touches: list[dict[str, Any]] = field(default_factory=list)
    moves: list[tuple[UUID, datetime, datetime]] = field(default_factory=list)
    chores: list[Wanted] = field(default_factory=list)
    #: Why asks whose day has come are not put, looked up once each.
    withheld: dict[UUID, str] = field(default_factory=dict)

    def words_of(self, step_id: UUID, rung: str, role: str) -> UUID | None:
        """The words that stand for a rung and role now; None where nobody has saved any."""
        return self.words.get((step_id, words_rung(rung), role))


def gather_facts(session: Session, due: list[DueAsk], now: datetime, zone: ZoneInfo) -> Batch:
    """Look up all that decisions about some asks rest on. Reads only; the plan looks it up the same way."""
    today = now.astimezone(zone).date()
    boards: dict[UUID, list[DueAsk]] = {}
    for one in due:
        boards.setdefault(one.ask.board_id, []).append(one)
    step_ids = list({one.step.id for one in due})
    later = [one.ask.id for one in due if one.ask.round > 1]
    words = {(kept.step_id, kept.rung, kept.role): kept.id for kept in campaign.words(session, step_ids)}
    return Batch(
        session,
        now,
        zone,
        Almanac(session),
        {
            board: People.of(session, board, [(one.ask, one.agency) for one in some])
            for board, some in boards.items()
        },
        alarm.touched(session, [one.ask.id for one in due]),
        alarm.written_to(session, [one.ask.id for one in due], HANDED_OVER.name),
        addressed(session, later, ASKED),
        seated(session, later),
        stood_in(session, later, ASKED),
        judgement.latest(session, later),
        hold.around(
            session, list(boards), [one.ask.id for one in due], [one.agency.id for one in due], today
        ),
        Ladders({step_id: campaign.ladder(session, step_id).rungs for step_id in step_ids}),
        words,
    )


def facts_of(
    batch: Batch, one: DueAsk, climbed: Mapping[str, datetime], times: Mapping[str, datetime]
) -> Facts:
    """The facts about one ask: `climbed` holds the rungs behind it, `times` those that led to a letter."""
    today = batch.now.astimezone(batch.zone).date()
    longest = rest_of(batch, one)
    people = batch.people[one.ask.board_id]
    unreachable = people.unreachable(one.ask, one.step, one.campaign, today)
    is_gone = bool(people.gone(one.ask, one.step, one.campaign, today))
    notice = notice_of(
        # An absence lasts through more time; whoever is gone is gone anew with each who takes the seat.
        [row for row in batch.touched.get(one.ask.id, ()) if row.round == one.ask.round or not is_gone],
        find_addressees(batch, one, COVER)[0],
        people.away_since(one.ask, one.step),
        is_gone=is_gone,
    )
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
        was_addressed=one.ask.id in batch.addressed,
        stood_in=batch.stood_in.get(one.ask.id, {}),
        unreachable=unreachable,
        is_covered=notice.is_given,
        cover_name=notice.name,
        deputy_knows=bool(unreachable) and _deputy_answered_before(batch, one),
        handed_to=_handed_to(batch, one),
        sent_back=_sent_back(batch, one),
        back_days=_back_days(batch, one),
        held_until=longest.until if longest else None,
        held_why=longest.reason if longest else "",
        rested_until=_rested_until(batch, one, today),
        urgent=one.campaign.is_urgent,
        opens_on=day_for(one.step.opens_on, one.agency) if one.step.opens_on else None,
        withheld=_withheld(batch, one, today),
    )


def _withheld(batch: Batch, one: DueAsk, today: date) -> str:
    """Why a question that opens on a day of its own is not put to them; looked up when that has come."""
    if one.ask.state is not AskState.PENDING or one.step.opens_on is None or today < one.step.opens_on:
        return ""
    if one.ask.id not in batch.withheld:
        batch.withheld[one.ask.id] = why_withheld(batch.session, one)
    return batch.withheld[one.ask.id]


def climbed_of(rows: Iterable[Touch]) -> tuple[dict[str, datetime], dict[str, datetime]]:
    """When each rung was climbed, and when each that led to a letter was.

    A rung that was passed by takes no time: it must not keep the next one waiting for a day.
    """
    climbed: dict[str, datetime] = {}
    letters: dict[str, datetime] = {}
    for row in sorted(rows, key=lambda row: row.climbed_at):
        climbed[row.rung] = row.climbed_at
        if row.state is not TouchState.SKIPPED:
            letters[row.rung] = row.climbed_at
    return climbed, letters


def rest_of(batch: Batch, one: DueAsk) -> hold.Hold | None:
    """The hold by which an ask rests today, the longest where there are several."""
    today = batch.now.astimezone(batch.zone).date()
    in_force = (rest for rest in hold.over(batch.holds, one.ask) if rest.is_in_force(today))
    return max(in_force, key=lambda rest: rest.until, default=None)


def _rested_until(batch: Batch, one: DueAsk, today: date) -> date | None:
    """The last day of the latest rest that is over: a hold, lifted or not, or a pause of the campaign."""
    ends = [rest.last_day for rest in hold.over(batch.holds, one.ask) if not rest.is_in_force(today)]
    resumed = one.campaign.resumed_at
    if resumed is not None:
        ends.append(resumed.astimezone(batch.zone).date())
    return max(ends, default=None)


def _deputy_answered_before(batch: Batch, one: DueAsk) -> bool:
    deputy = batch.people[one.ask.board_id].roles.get(one.agency.id, {}).get(SeatRole.DEPUTY.value)
    before = [asked.id for asked, _ in ask.preceding(batch.session, one.ask)]
    answered = response.current(batch.session, before[-1]) if before else None
    return deputy is not None and answered is not None and answered.author_id == deputy


def _handed_to(batch: Batch, one: DueAsk) -> str:
    """Who has it now and has had no letter about it, by hand-over or by a change in the seat; else empty."""
    if one.ask.round == 1:
        return ""  # handed over and reseated asks begin a new round: this one came with the step before
    people = batch.people[one.ask.board_id]
    taker = people.asked(one.ask, one.step)
    if taker is None or not _is_new(batch, one, taker):
        return ""
    return people.reachable[taker].person.name


def _sent_back(batch: Batch, one: DueAsk) -> str:
    """Why it is asked again, while whoever has it now has had no letter about that; else empty."""
    judged = batch.judged.get(one.ask.id)
    taker = batch.people[one.ask.board_id].asked(one.ask, one.step)
    if judged is None or not judged.outcome.reopens or taker is None:
        return ""
    told = (
        row
        for row in batch.touched.get(one.ask.id, ())
        if row.rung == SENT_BACK.name and row.person_id == taker and row.climbed_at >= judged.at
    )
    has_heard = any(row.state not in (TouchState.SKIPPED, TouchState.DROPPED) for row in told)
    day = judged.at.astimezone(batch.zone).date()
    return "" if has_heard else f"{judged.outcome.words} on {day}: {counted(len(judged.points), 'point')}"


def _back_days(batch: Batch, one: DueAsk) -> tuple[date, ...]:
    """The first school days after long holidays that begin while it is asked; none where it has no words."""
    if one.ask.asked_at is None or batch.words_of(one.step.id, BACK.name, ASKED) is None:
        return ()
    return back_days(batch.almanac.of(one.agency), one.ask.asked_at.astimezone(batch.zone).date())


def _is_new(batch: Batch, one: DueAsk, taker: UUID) -> bool:
    if one.ask.delegate_id is not None:
        rows = batch.touched.get(one.ask.id, ())
        had_it_back = any(row.rung == SENT_BACK.name and row.person_id == taker for row in rows)
        return not had_it_back and taker not in batch.welcomed.get(one.ask.id, ())
    last = batch.addressed.get(one.ask.id)
    if last is not None:
        return last != taker
    # Nobody was written to yet: new is who took the seat after it was asked.
    seated, asked_at = batch.seated.get(one.ask.id), one.ask.asked_at
    return seated is not None and asked_at is not None and seated > asked_at


def find_addressees(batch: Batch, one: DueAsk, rung: Rung) -> list[Addressee]:
    """Whom a rung of one ask means today, and who is passed over, why. Reads only."""
    today = batch.now.astimezone(batch.zone).date()
    people = batch.people[one.ask.board_id]
    line = people.line(one.ask, one.step, one.campaign, today)
    closed = HOLIDAY in rung.to and not _is_at_work(batch.almanac.of(one.agency), today)
    asked = people.asked(one.ask, one.step)
    seat = ASKED if one.ask.is_personal else one.step.role.value
    already = {asked: seat} if asked and ASKED not in rung.to else {}
    school = one.agency.is_school
    return resolve(rung.to, line, is_school=school, closed_today=closed, already=already, asked_as=seat)


def _is_at_work(calendar: WorkingCalendar, today: date) -> bool:
    """Whether an agency is known to be at work: where terms are missing its holiday contact is told too."""
    try:
        return calendar.is_working(today)
    except CalendarEnds:
        return False
