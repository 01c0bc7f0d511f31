"""Plan: a dry run of a campaign: who would get what and when, who would not and why. Writes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.chasing.addressees import ASKED, BOOKED
from messages.days.calendar import CalendarEnds
from messages.gathering.timetable import list_messages
from messages.launching.gaps import find_calls, find_empty_offices, find_gaps
from messages.launching.inviting import STAND_IN
from messages.launching.launch import may_launch
from messages.launching.rehearsal import Rehearsal, Walk, rehearse
from messages.letters.counted import counted
from messages.letters.particulars import find_last_times
from messages.letters.press import Press
from messages.letters.proofs import Item, check_words, render
from messages.letters.render import Rendered
from messages.letters.seat_words import seat_meant
from messages.writing.expressions import LetterError
from store.asking import campaign
from store.asking.campaign import Campaign
from store.database import Session
from store.letters.alarm import DueAsk


@dataclass(frozen=True, slots=True)
class Planned:
    """One letter that would go to one person at one moment, if nobody had answered by then."""

    at: datetime
    agencies: tuple[str, ...]
    person_id: UUID
    person: str
    channel: str
    address: str
    #: What the rung calls the reader, and the seat that this means at their agency.
    role: str
    seat: str
    step: str
    rung: str
    subject: str
    is_first: bool
    #: Whether a person at the board has to approve it before it goes.
    needs_yes: bool
    rendered: Rendered


@dataclass(frozen=True, slots=True)
class Excluded:
    """Somebody, or a whole agency, that gets no first letter, and the one reason."""

    agency: str
    #: The role it would have gone to; 'asked' where the agency as a whole is left out.
    role: str
    #: The seat that this means at the agency.
    seat: str
    reason: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing that stops nothing; the agency is empty where the board itself lacks it."""

    agency: str
    text: str


@dataclass(slots=True)
class Plan:
    """What a launch now would lead to, if nobody answered."""

    slug: str
    title: str
    at: datetime
    letters: list[Planned] = field(default_factory=list)
    excluded: list[Excluded] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    #: Agencies that only a telephone reaches, for urgent lessons.
    calls: list[Gap] = field(default_factory=list)
    #: Agencies that are asked the short form, and why.
    short: list[Gap] = field(default_factory=list)
    #: What is worth knowing, and needs nothing done.
    notes: list[str] = field(default_factory=list)
    #: What stops a launch.
    errors: list[str] = field(default_factory=list)
    #: Agencies asked, and agencies of the board; where it asks people by name, those asked and those booked.
    asked: int = 0
    members: int = 0
    by_booking: bool = False

    @property
    def first(self) -> list[Planned]:
        """The first letters; the rest goes only where nobody answers."""
        return [letter for letter in self.letters if letter.is_first]


def plan(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo, press: Press) -> Plan:
    """Work out what launching a campaign now would send, by the rules of launch, climb and press themselves.

    Every version of words is compiled, and every letter rendered for its reader; what fails is an error.
    """
    made = Plan(wanted.slug, wanted.title, now)
    made.by_booking = wanted.is_personal
    refusal = may_launch(session, wanted)
    if refusal:
        made.errors.append(refusal)
        return made
    try:
        rehearsal = rehearse(session, wanted, now, zone)
    except ValueError as unreadable:
        made.errors.append(str(unreadable))
        return made
    batch, steps = rehearsal.batch, campaign.asked_steps(session, wanted.id)
    made.asked, made.members = len(rehearsal.walks), len(rehearsal.walks) + len(rehearsal.left_out)
    if not steps:
        made.gaps.append(Gap("", "nobody is asked by name: hand out its codes with `cascade code make`"))
    elif not rehearsal.walks:
        nobody = "nobody is booked" if made.by_booking else "no agency of the board is in its audience"
        made.errors.append(f"{wanted.slug} asks nobody: {nobody}")
    else:
        made.errors += check_words(
            session, steps, batch.ladders, batch.words, press, by_booking=made.by_booking
        )
    if steps and campaign.open_steps(session, wanted.id):
        made.notes.append(
            f"each agency's own survey code is made at launch; here {press.identity.base_url}/s/{STAND_IN} "
            "stands for it"
        )
    _list_letters(session, made, rehearsal, press, _last_times(session, rehearsal, press))
    _list_excluded(made, rehearsal, now.astimezone(zone).date())
    _list_gaps(made, rehearsal, now, zone)
    made.short = [
        Gap(walk.agency.name, rehearsal.small[walk.agency.id])
        for walk in sorted(rehearsal.walks, key=lambda walk: walk.agency.folded)
        if walk.agency.id in rehearsal.small
    ]
    return made


def _last_times(session: Session, rehearsal: Rehearsal, press: Press) -> dict[UUID, datetime]:
    return find_last_times(session, press, [one.ask for walk in rehearsal.walks for one in walk.asks])


def _list_letters(
    session: Session, made: Plan, rehearsal: Rehearsal, press: Press, last_times: Mapping[UUID, datetime]
) -> None:
    """Render every letter; those that one person gets at one moment are one, as the gathering makes them."""
    said: dict[str, int] = {}
    for at, items in list_messages(session, rehearsal):
        try:
            rendered = render(rehearsal.batch, press, items, at, last_times)
            made.letters.append(_planned(rehearsal, items, at, rendered))
        except LetterError as error:
            item = items[0]
            text = f"step “{item.one.step.key}”, rung “{item.rung.name}”: it cannot be written: {error}"
            said[text] = said.get(text, 0) + 1
    made.errors += [f"{text} ({counted(count, 'letter')})" for text, count in said.items()]
    made.letters.sort(key=lambda letter: (letter.at, letter.agencies, letter.role))


def _planned(rehearsal: Rehearsal, items: list[Item], at: datetime, rendered: Rendered) -> Planned:
    item = items[0]
    reader = item.addressee.person_id
    assert reader is not None  # noqa: S101 - a letter that was rendered has a reader
    known = rehearsal.batch.people[item.one.ask.board_id].reachable[reader]
    return Planned(
        at=at,
        agencies=tuple(sorted(each.one.agency.name for each in items)),
        person_id=reader,
        person=known.person.name,
        channel=known.address.channel if known.address else "",
        address=known.address.value if known.address else "",
        role=item.addressee.role,
        seat=_seat(item.one, item.addressee.role),
        step=item.one.step.key,
        rung=item.rung.name,
        subject=rendered.subject,
        is_first=item.rung.is_first,
        needs_yes=item.rung.approval,
        rendered=rendered,
    )


def _list_excluded(made: Plan, rehearsal: Rehearsal, today: date) -> None:
    seat = BOOKED if made.by_booking else ASKED
    made.excluded = [Excluded(agency.name, ASKED, seat, why) for agency, why in rehearsal.left_out]
    for walk in rehearsal.walks:
        made.excluded += _passed_over(walk, today)
    made.excluded.sort(key=lambda one: (one.agency.casefold(), one.role))


def _passed_over(walk: Walk, today: date) -> Iterator[Excluded]:
    """Whoever of an agency a first letter would go to, and does not: once a role, with the first reason."""
    turns = [act.turn for act in walk.acts if act.turn.rung.is_first and act.one is walk.asks[0]]
    written = {addressee.role for turn in turns for addressee in turn.letters}
    reasons: dict[str, str] = {}
    for turn in turns:
        for addressee in turn.found:
            if addressee.role not in written:
                reasons.setdefault(addressee.role, addressee.skipped)
    if ASKED not in written and ASKED not in reasons:
        reasons[ASKED] = str(walk.ends) if walk.ends else _why_unwritten(walk.asks[0], today)
    for role, reason in reasons.items():
        yield Excluded(walk.agency.name, role, _seat(walk.asks[0], role), reason)


def _why_unwritten(one: DueAsk, today: date) -> str:
    if one.step.due_on is None or one.ask.due_on >= today:
        return "the first step has no first letter"
    day = one.ask.due_on
    return f"“{one.step.title}” is over: its day, {day:%d/%m/%Y}, is past. They are asked what comes next"


def _seat(one: DueAsk, role: str) -> str:
    school, personal = one.agency.is_school, one.ask.is_personal
    return seat_meant(role, is_school=school, is_personal=personal, asked_as=one.step.role.value)


def _list_gaps(made: Plan, rehearsal: Rehearsal, now: datetime, zone: ZoneInfo) -> None:
    today = now.astimezone(zone).date()
    made.gaps = [Gap("", text) for text in find_empty_offices(rehearsal.batch, rehearsal.walks, today)]
    for walk in sorted(rehearsal.walks, key=lambda walk: walk.agency.folded):
        made.gaps += [Gap(walk.agency.name, text) for text in find_gaps(rehearsal.batch, walk, today)]
        try:
            call = find_calls(rehearsal.batch, walk, today)
        except CalendarEnds as ends:
            call = str(ends)
        if call:
            made.calls.append(Gap(walk.agency.name, call))
