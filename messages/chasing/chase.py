"""Chase: given one ask and its past, decide what to do when its alarm rings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from messages.chasing.ladder import Anchor, Ladder, Rung
from messages.days.calendar import WorkingCalendar
from messages.days.hours import morning_of, next_polite
from messages.letters.counted import counted
from store.asking.ask import AskState

#: Climbed beside the ladder, once for each absence of whoever was asked and each person who stands in.
COVER = Rung("cover", Anchor.ISSUE, 0, ("deputy",))
#: Climbed once for each colleague to whom an ask is handed.
HANDED_OVER = Rung("handed_over", Anchor.ISSUE, 0, ("asked",))
#: Climbed once for whoever has an ask that was sent back with points.
SENT_BACK = Rung("sent_back", Anchor.ISSUE, 0, ("asked",))
#: Climbed once for whoever has an ask when their school is back after a long holiday; its name tells the day.
BACK = Rung("back", Anchor.ISSUE, 0, ("asked",))
#: Working days that whoever was handed an ask has before the first chaser; urgent ones have one.
NEWCOMER_REST = 3
#: Working days from the last letter to the lapse, however late that letter went; fewer where the
#: ladder itself leaves fewer between its last rung and the lapse.
LAPSE_REST = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the decision about one ask rests on."""

    state: AskState
    ladder: Ladder
    calendar: WorkingCalendar
    zone: ZoneInfo
    asked_at: datetime
    due_on: date
    #: The round of the ladder, and when it began; extensions and reopenings begin a new one.
    round: int
    round_began_at: datetime
    #: Rungs of this round already behind us, whatever came of them, and when.
    climbed: Mapping[str, datetime]
    #: When a rung last led to a letter; rungs that were passed by keep nobody waiting.
    last_letter_at: datetime | None = None
    #: Whether, in any round, a letter was meant for whoever was asked, since they were.
    was_addressed: bool = True
    #: Rungs of any round that reached somebody besides whoever was asked, and when they were climbed.
    stood_in: Mapping[str, datetime] = field(default_factory=dict)
    #: Why the person asked cannot be reached; empty when they can.
    unreachable: str = ""
    #: Whether whoever stands in has heard of that.
    is_covered: bool = False
    #: What the notice to whoever stands in is called.
    cover_name: str = COVER.name
    #: Whether the deputy answered the step before, and so has read what follows.
    deputy_knows: bool = False
    #: To whom it was handed, while they have had no letter about it; empty otherwise.
    handed_to: str = ""
    #: Why it is asked again, while whoever has it has had no letter about that; empty otherwise.
    sent_back: str = ""
    #: The first school days after long holidays through which it waits.
    back_days: tuple[date, ...] = ()
    held_until: date | None = None
    held_why: str = ""
    #: The last day of the latest hold that is over.
    rested_until: date | None = None
    #: Urgent first letters wait for no office hour.
    urgent: bool = False
    #: The day on which it opens, where that is a day of its own.
    opens_on: date | None = None
    #: Why it is not put to them when that day comes; empty when it is.
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Climb:
    """Climb this rung now."""

    rung: Rung
    reason: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Put this rung behind us without a letter."""

    rung: Rung
    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Look again at this moment."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Open:
    """Its day has come: it is asked from now on."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing more will be sent; the ask is, or becomes, this."""

    state: AskState
    reason: str


Decision = Climb | Skip | Wait | Open | Stop


def decide(facts: Facts, now: datetime) -> Decision:
    """Choose what to do with one ask whose alarm has rung.

    Late is fine, a burst is not: after a stop, rungs are climbed one working day apart, in order.
    Raises CalendarEnds where the term dates do not reach.
    """
    if facts.state is AskState.PENDING and facts.opens_on is not None:
        return _open(facts, facts.opens_on, now)
    if not facts.state.is_live:
        return Stop(facts.state, "it is not owed any more")
    chosen = _rest(facts, now) or _aside(facts, now) or _next_rung(facts, now) or _lapse(facts, now)
    if not isinstance(chosen, Wait):
        return chosen
    today = now.astimezone(facts.zone).date()
    coming = (morning_of(day, facts.calendar, facts.zone) for day in facts.back_days if day > today)
    back = min(coming, default=chosen.until)
    return chosen if chosen.until <= back else Wait(back, "school is back after a long holiday")


def _open(facts: Facts, day: date, now: datetime) -> Decision:
    """Nothing before its day; the calendar, which may end before that, is looked at only then."""
    begins = datetime.combine(day, time(), facts.zone).astimezone(UTC)
    opens = begins if now < begins else morning_of(day, facts.calendar, facts.zone)
    if now < opens:
        return Wait(opens, f"it opens on {day}")
    return Stop(AskState.WITHDRAWN, facts.withheld) if facts.withheld else Open(f"it opens on {day}")


def _rest(facts: Facts, now: datetime) -> Decision | None:
    """While a hold lasts, and until the morning after it, nothing goes."""
    if facts.held_until is None:
        return None
    resumes = _morning_after(facts, facts.held_until)
    return Wait(resumes, f"on hold until {facts.held_until}: {facts.held_why}") if now < resumes else None


def _aside(facts: Facts, now: datetime) -> Decision | None:
    """Letters beside the ladder: to a colleague it was handed to; to the deputy of somebody out of reach."""
    if facts.unreachable and not facts.is_covered and facts.cover_name not in facts.climbed:
        rung, reason = replace(COVER, name=facts.cover_name), facts.unreachable
    elif facts.sent_back and not facts.unreachable and SENT_BACK.name not in facts.climbed:
        rung, reason = SENT_BACK, facts.sent_back
    elif facts.handed_to and not facts.unreachable and not _was_welcomed(facts):
        rung, reason = HANDED_OVER, f"handed over to {facts.handed_to}"
    elif not facts.unreachable and (back := _back(facts, now)) and back.name not in facts.climbed:
        rung, reason = back, "nothing ran over the long holiday"
    else:
        return None
    # No day's grace here: this is news, and its reader has had no letter about it yet.
    at = now
    if rung.name == facts.cover_name and facts.deputy_knows:
        at = max(at, min((moment_of(facts, first) for first in facts.ladder.rungs), default=now))
    at = at if facts.urgent else next_polite(at, facts.calendar, facts.zone)
    return Climb(rung, reason) if at <= now else Wait(at, reason)


def _back(facts: Facts, now: datetime) -> Rung | None:
    """The letter after the latest long holiday that is over."""
    today = now.astimezone(facts.zone).date()
    over = [day for day in facts.back_days if day <= today]
    return replace(BACK, name=f"{BACK.name} {over[-1]}") if over else None


def _was_welcomed(facts: Facts) -> bool:
    """Whether this round began with a letter that tells its reader what it is about."""
    return HANDED_OVER.name in facts.climbed or SENT_BACK.name in facts.climbed


def _next_rung(facts: Facts, now: datetime) -> Decision | None:
    """The lowest rung not behind us: climbed, passed by, or waited for."""
    rung = next((rung for rung in facts.ladder.rungs if rung.name not in facts.climbed), None)
    if rung is None:
        return None
    past = _passed_by(facts, rung)
    if past:
        return Skip(rung, past)
    return _climb_at(facts, rung, moment_of(facts, rung), now, _because(facts, rung, now))


def _lapse(facts: Facts, now: datetime) -> Decision:
    """At the end of the ladder an ask lapses: the board then knows that there is no answer."""
    lapses = morning_of(facts.calendar.add(facts.due_on, facts.ladder.lapse_days), facts.calendar, facts.zone)
    if facts.last_letter_at is not None:
        lapses = max(lapses, _mornings_after(facts, facts.last_letter_at, _lapse_rest(facts.ladder)))
    if facts.rested_until is not None:
        # What rested is not over in the moment in which the rest is.
        resumed = _morning_after(facts, facts.rested_until)
        lapses = max(lapses, _mornings_after(facts, resumed, _lapse_rest(facts.ladder)))
    if now >= lapses:
        return Stop(AskState.LAPSED, f"the ladder came to its end on {lapses.astimezone(facts.zone).date()}")
    return Wait(lapses, "every rung is climbed; it lapses then")


def _lapse_rest(ladder: Ladder) -> int:
    last = max((rung.days for rung in ladder.rungs if rung.anchor is Anchor.DUE), default=0)
    return min(LAPSE_REST, max(1, ladder.lapse_days - last))


def moment_of(facts: Facts, rung: Rung) -> datetime:
    """When a rung's day begins, by the ladder alone."""
    if rung.anchor is Anchor.DUE:
        day = facts.calendar.add(facts.due_on, rung.days)
        return morning_of(day, facts.calendar, facts.zone)
    if rung.days == 0:
        return facts.asked_at if facts.urgent else next_polite(facts.asked_at, facts.calendar, facts.zone)
    day = facts.calendar.add(facts.asked_at.astimezone(facts.zone).date(), rung.days)
    return morning_of(day, facts.calendar, facts.zone)


def _climb_at(facts: Facts, rung: Rung, at: datetime, now: datetime, reason: str) -> Decision:
    """Climb at that moment, but never on the day of the letter before, nor out of hours."""
    if facts.last_letter_at is not None:
        at = max(at, _morning_after(facts, facts.last_letter_at.astimezone(facts.zone).date()))
    welcomed = facts.climbed.get(HANDED_OVER.name)
    if welcomed is not None and not facts.urgent:
        at = max(at, _mornings_after(facts, welcomed, NEWCOMER_REST))
    if not (facts.urgent and rung.is_first):
        at = next_polite(max(at, now), facts.calendar, facts.zone)
    return Climb(rung, reason) if at <= now else Wait(at, f"“{rung.name}” is next")


def _morning_after(facts: Facts, day: date) -> datetime:
    following = facts.calendar.next_working(day + timedelta(days=1))
    return morning_of(following, facts.calendar, facts.zone)


def _mornings_after(facts: Facts, moment: datetime, days: int) -> datetime:
    """The morning so many working days after a moment."""
    day = facts.calendar.next_working(moment.astimezone(facts.zone).date())
    return morning_of(facts.calendar.add(day, days), facts.calendar, facts.zone)


def _passed_by(facts: Facts, rung: Rung) -> str:
    """Why a rung does not apply to this round; empty when it does."""
    began = facts.round_began_at.astimezone(facts.zone).date()
    if (rung.anchor is Anchor.ISSUE or rung.days < 0) and _is_overtaken(facts, rung):
        return "put onto the ladder after a later rung had been climbed"
    if rung.anchor is Anchor.ISSUE:
        was_asked = facts.was_addressed or SENT_BACK.name in facts.climbed
        return "they were asked in an earlier round" if facts.round > 1 and was_asked else ""
    went = facts.stood_in.get(rung.name)
    if facts.round > 1 and went is not None and went >= moment_of(facts, rung):
        # More time moves the days of the rungs, and they apply again; a hand-over leaves them behind us.
        return "climbed before it was handed over"
    if rung.days < 0 and moment_of(facts, rung).astimezone(facts.zone).date() < began:
        return f"its day had passed when this was asked on {began}"
    told = facts.climbed.get(SENT_BACK.name)
    rested = _mornings_after(facts, told, NEWCOMER_REST) if told is not None else None
    if rung.days < 0 and rested is not None and moment_of(facts, rung) < rested:
        return "they were written to just before, when it was sent back"
    return ""


def _is_overtaken(facts: Facts, rung: Rung) -> bool:
    """Whether a later rung was climbed when this one's day had come: its words would come too late."""
    later = facts.ladder.rungs[facts.ladder.rungs.index(rung) + 1 :]
    times = [facts.climbed[one.name] for one in later if one.name in facts.climbed]
    return bool(times) and max(times) >= moment_of(facts, rung)


def _because(facts: Facts, rung: Rung, now: datetime) -> str:
    if rung.anchor is Anchor.ISSUE:
        return "asked" if rung.days == 0 else f"{_days(rung)} after it was asked"
    if rung.days == 0:
        is_today = now.astimezone(facts.zone).date() == facts.due_on
        return f"{'due today' if is_today else 'was due'}, {facts.due_on}"
    side = "before it is due" if rung.days < 0 else "after it was due"
    return f"{_days(rung)} {side} ({facts.due_on})"


def _days(rung: Rung) -> str:
    return counted(abs(rung.days), "working day")
