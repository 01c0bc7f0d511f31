"""Owing: what every agency still owes, how pressing it is, who has it, and who is written to next."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.chasing.addressees import words_of
from messages.chasing.batch import Batch, gather_facts, rest_of
from messages.days.calendar import CalendarEnds, WorkingCalendar
from messages.launching.forecast import End, Turn, look_ahead
from messages.letters.seat_words import seat_meant
from messages.standing.rag import Judgement, Position, judge
from store import chore
from store.asking import ask, extension
from store.asking.campaign import CampaignState
from store.asking.extension import Extension, ExtensionState
from store.asking.hold import Hold
from store.chore import Chore, ChoreKind
from store.database import Session
from store.letters.alarm import DueAsk
from store.letters.touch import TouchState
from store.people.agency import Agency


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next on the ladder if nobody answers; without a moment the words say why nothing does."""

    at: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Debt:
    """One live ask as a coordinator reads it."""

    ask_id: UUID
    reference: str
    agency: Agency
    campaign: str
    what: str
    due_on: date
    original_due_on: date
    judgement: Judgement
    #: Who has it now; empty when nobody does.
    holder: str
    handed_over: bool
    hold: Hold | None
    #: A request for more time that waits for a decision.
    request: Extension | None
    #: Letters drafted for it that wait for a yes.
    drafted: int
    #: Working days past its due day; negative before it. None where the term dates do not reach.
    days: int | None
    #: More time that was asked for, whatever became of it.
    extensions: list[Extension]
    #: Calls that somebody of the board has still to make.
    calls: list[Chore]
    next: Next


def list_debts(
    session: Session,
    now: datetime,
    zone: ZoneInfo,
    *,
    board_id: UUID | None = None,
    agency_id: UUID | None = None,
) -> list[Debt]:
    """Every ask that is owed now, the most pressing first; of one board or agency where that is given."""
    due = [DueAsk(*row) for row in ask.owed(session, board_id, agency_id)]
    if not due:
        return []
    asks = [one.ask.id for one in due]
    extensions = extension.of_asks(session, asks)
    calls = chore.about(session, asks, ChoreKind.PHONE)
    batch = gather_facts(session, due, now, zone)
    return [_debt(batch, one, now, extensions.get(one.ask.id, []), calls.get(one.ask.id, [])) for one in due]


def _debt(batch: Batch, one: DueAsk, now: datetime, extensions: list[Extension], calls: list[Chore]) -> Debt:
    people = batch.people[one.ask.board_id]
    asked = people.asked(one.ask, one.step)
    held = rest_of(batch, one)
    return Debt(
        ask_id=one.ask.id,
        reference=f"{one.campaign.slug}-{one.ask.number}",
        agency=one.agency,
        campaign=one.campaign.slug,
        what=one.step.title,
        due_on=one.ask.due_on,
        original_due_on=one.ask.original_due_on,
        judgement=_judge(batch, one, held, now),
        holder=people.reachable[asked].person.name if asked else "",
        handed_over=one.ask.delegate_id is not None,
        hold=held,
        request=next((more for more in extensions if more.state is ExtensionState.ASKED), None),
        drafted=sum(row.state is TouchState.DRAFTED for row in batch.touched.get(one.ask.id, ())),
        days=_days_past(batch, one, now),
        extensions=extensions,
        calls=calls,
        next=_next(batch, one, now),
    )


def _judge(batch: Batch, one: DueAsk, held: Hold | None, now: datetime) -> Judgement:
    position = Position(
        one.ask.state,
        one.ask.due_on,
        one.ask.original_due_on,
        held_until=held.until if held else None,
        held_why=held.reason if held else "",
        sent_back_on=_sent_back_on(batch, one),
    )
    today = now.astimezone(batch.zone).date()
    calendar: WorkingCalendar = batch.almanac.of(one.agency)
    try:
        return judge(position, today, calendar)
    except CalendarEnds:
        return judge(position, today, batch.almanac.office())


def _days_past(batch: Batch, one: DueAsk, now: datetime) -> int | None:
    try:
        return batch.almanac.of(one.agency).between(one.ask.due_on, now.astimezone(batch.zone).date())
    except CalendarEnds:
        return None


def _sent_back_on(batch: Batch, one: DueAsk) -> date | None:
    judged = batch.judged.get(one.ask.id)
    if judged is None or not judged.outcome.reopens:
        return None
    return judged.at.astimezone(batch.zone).date()


def _next(batch: Batch, one: DueAsk, now: datetime) -> Next:
    """The next rung that leads to a letter, or the end of the ladder."""
    if one.campaign.state is not CampaignState.LIVE:
        return Next(None, f"nothing: the campaign is {one.campaign.state.value}")
    try:
        for turn in look_ahead(batch, one, now):
            if isinstance(turn, End):
                return Next(turn.at, "it lapses")
            if turn.letters:
                return Next(turn.at, _tell(batch, one, turn))
    except (CalendarEnds, ValueError) as trouble:
        return Next(None, str(trouble))
    finally:
        batch.now = now
    return Next(None, "nothing")


def _tell(batch: Batch, one: DueAsk, turn: Turn) -> str:
    known = batch.people[one.ask.board_id].reachable
    is_school, is_personal, asked_as = one.agency.is_school, one.ask.is_personal, one.step.role.value

    def seat(role: str) -> str:
        meant = seat_meant(role, is_school=is_school, is_personal=is_personal, asked_as=asked_as)
        return words_of(meant)

    readers = ", ".join(
        f"{known[each.person_id].person.name} ({seat(each.role)})"
        for each in turn.letters
        if each.person_id is not None
    )
    return f"“{turn.rung.name}” to {readers}" + (", once a person approves it" if turn.rung.approval else "")
