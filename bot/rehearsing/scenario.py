"""Scenario: what people are assumed to do in a simulation, read from CSV and done through the use cases."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.asking.launching import launch_whole
from bot.directory.dates import read_date
from bot.hearing import judging
from messages.changes import handing_over, more_time, recording, resting, seating
from messages.launching import approval
from store.answers.inbound import Source
from store.answers.judgement import Outcome
from store.asking import agency_ask, ask, campaign
from store.asking.ask import Ask
from store.asking.campaign import CampaignState
from store.asking.extension import Extension
from store.database import Session
from store.letters import touch
from store.people import person, seat
from store.people.agency import Agency, fold
from store.people.person import Person
from store.people.seat import Seat
from surveys.answering import intake
from surveys.answering.answers import Problems
from surveys.judging.judging import Verdict
from surveys.judging.points import Point

#: Who is noted as acting, in the copy.
BY = "the scenario"
#: The hour at which something happens that has only a day.
USUAL_HOUR = time(10)
COLUMNS = ("when", "ask", "what")
#: What is done to a campaign, and not to an ask: its column `ask` names the draft.
LAUNCHED = "launched"


class ScenarioError(Exception):
    """A scenario file cannot be read; the text names the row and the column."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that somebody is assumed to do about one ask at one moment."""

    row: int
    at: datetime
    reference: str
    what: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        return f"row {self.row} ({self.reference} {self.what})"


@dataclass(frozen=True, slots=True)
class Scene:
    """One event, with the ask it is about and the person who has that ask."""

    session: Session
    event: Event
    ask: Ask
    holder: Person | None
    now: datetime
    zone: ZoneInfo

    def value(self, name: str) -> str:
        """A value that the event was given; empty where it was not."""
        return self.event.values.get(name, "").strip()


def read(path: Path, zone: ZoneInfo) -> list[Event]:
    """Read events in the order in which they happen. Raises ScenarioError at the first row without sense."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ScenarioError(f"{path}: {error}; give a CSV file in UTF-8") from error
    heading = [cell.strip().casefold() for cell in rows[0][: len(COLUMNS)]] if rows else []
    if tuple(heading) != COLUMNS:
        raise ScenarioError(
            f"{path}, row 1: the first columns are {', '.join(COLUMNS)}; then name=value cells"
        )
    events = [_event(path, number, row, zone) for number, row in enumerate(rows[1:], 2) if any(row)]
    return sorted(events, key=lambda event: event.at)


def _event(path: Path, number: int, row: list[str], zone: ZoneInfo) -> Event:
    where = f"{path}, row {number}"
    if len(row) < len(COLUMNS):
        raise ScenarioError(f"{where}: it needs {', '.join(COLUMNS)}")
    when, reference, what = (cell.strip() for cell in row[: len(COLUMNS)])
    what = " ".join(what.casefold().split())
    if what not in DEEDS and what != LAUNCHED:
        raise ScenarioError(f"{where}, column what: {what!r} is not one of {', '.join((*DEEDS, LAUNCHED))}")
    values: dict[str, str] = {}
    for cell in filter(None, (cell.strip() for cell in row[len(COLUMNS) :])):
        name, equals, value = cell.partition("=")
        if not equals:
            raise ScenarioError(f"{where}: {cell!r} is not name=value")
        values[name.strip()] = value.strip()
    needs = DEEDS[what].needs if what in DEEDS else ()
    lacking = [name for name in needs if not values.get(name)]
    if lacking:
        raise ScenarioError(f"{where}: {what} needs {', '.join(f'{name}=…' for name in lacking)}")
    return Event(number, _moment(where, when, zone), reference.casefold(), what, values)


def _moment(where: str, typed: str, zone: ZoneInfo) -> datetime:
    """A day, or a day and a local time."""
    day, _, hour = typed.replace("T", " ").rpartition(" ") if ":" in typed else (typed, "", "")
    found = read_date(day)
    try:
        at = time.fromisoformat(hour) if hour else USUAL_HOUR
    except ValueError:
        found = None
    if found is None:
        raise ScenarioError(
            f"{where}, column when: {typed!r} is no moment; write 2026-12-03 or 2026-12-03 14:30"
        )
    return datetime.combine(found, at.replace(tzinfo=None), zone).astimezone(UTC)


def perform(session: Session, event: Event, now: datetime, zone: ZoneInfo) -> str:
    """Do what an event says, through the same use cases as a person; tells why it was not taken, if so."""
    if event.what == LAUNCHED:
        return _launch(session, event, now, zone)
    asked = _find(session, event.reference)
    if asked is None:
        return f"there is no ask {event.reference}"
    holder = session.get(Person, asked.delegate_id or asked.person_id) if _is_named(asked) else None
    if holder is None and asked.seat_id is not None:
        holder = seat.holder(session, asked.seat_id)
    return DEEDS[event.what].do(Scene(session, event, asked, holder, now, zone))


def _find(session: Session, reference: str) -> Ask | None:
    """The ask of a reference such as wren-3, or wren: Kennet School, or wren/cascade: Kennet School.

    Without the key of a step it is the agency's that is owed now, else its first.
    """
    named, colon, agency = reference.partition(":")
    if not colon:
        return ask.by_reference(session, reference)
    slug, _, key = named.strip().partition("/")
    return agency_ask.by_agency(session, slug.strip(), fold(agency), key.strip())


def _launch(session: Session, event: Event, now: datetime, zone: ZoneInfo) -> str:
    """Launch a draft; what `cascade plan` says of it is not looked at."""
    wanted = campaign.by_slug(session, event.reference)
    if wanted is None or wanted.state is not CampaignState.DRAFT:
        return f"there is no draft {event.reference}"
    launch_whole(session, wanted, now, zone, BY)
    return ""


def _is_named(asked: Ask) -> bool:
    return (asked.delegate_id or asked.person_id) is not None


def _answer(scene: Scene) -> str:
    raw = {name: value.split("|") for name, value in scene.event.values.items()}
    arrival = intake.Arrival(
        Source.WEB,
        f"scenario-{scene.event.row}",
        raw,
        scene.holder.id if scene.holder else None,
        None if scene.holder else BY,
    )
    today = scene.now.astimezone(scene.zone).date()
    taken = intake.receive(scene.session, scene.ask.id, arrival, scene.now, today)
    if isinstance(taken, Problems):
        return "; ".join(f"{problem.question}: {problem.text}" for problem in taken)
    return taken.reason if isinstance(taken, intake.Refusal) else ""


def _go_away(scene: Scene) -> str:
    until = read_date(scene.value("until"))
    if scene.holder is None or until is None:
        return "nobody holds the seat" if until else f"until={scene.value('until')} is no date"
    recording.away(scene.session, scene.holder, until, scene.now, BY)
    return ""


def _bounce(scene: Scene) -> str:
    address = person.email_of(scene.session, scene.holder.id) if scene.holder else None
    if address is None:
        return "nobody with an address holds the seat"
    recording.bounced(scene.session, address, scene.value("because") or "it bounced", scene.now, BY)
    return ""


def _hand_over(scene: Scene) -> str:
    giver = scene.holder.id if scene.holder else None
    name, email = scene.value("name"), scene.value("email")
    done = handing_over.hand_over(scene.session, scene.ask, giver, name, email, scene.now, BY)
    return done if isinstance(done, str) else ""


def _ask_for_time(scene: Scene) -> str:
    days = scene.value("days")
    if not days.isdecimal():
        return f"days={days} is no number of working days"
    who, why = scene.holder.id if scene.holder else None, scene.value("because") or "other"
    done = more_time.ask_for(scene.session, scene.ask, who, int(days), why, scene.now, scene.zone)
    return "" if isinstance(done, Extension) else done


def _decline(scene: Scene) -> str:
    if scene.holder is None:
        return "nobody holds the seat"
    source = f"scenario-{scene.event.row}"
    refusal = intake.decline(
        scene.session, scene.ask.id, scene.holder.id, scene.value("because"), source, scene.now
    )
    return refusal.reason if refusal else ""


def _accept(scene: Scene) -> str:
    verdict = Verdict(Outcome.ACCEPTED)
    done = judging.accept(scene.session, scene.ask, verdict, scene.now, BY)
    return done.reason if isinstance(done, intake.Refusal) else ""


def _send_back(scene: Scene) -> str:
    due = scene.value("due")
    day = read_date(due) if due else None
    if due and day is None:
        return f"due={due} is no date"
    verdict = Verdict(Outcome.SENT_BACK, (Point("", "", scene.value("point")),))
    done = judging.send_back(scene.session, scene.ask, verdict, scene.now, BY, scene.zone, due=day)
    return done.reason if isinstance(done, intake.Refusal) else ""


def _hold(scene: Scene) -> str:
    until = read_date(scene.value("until"))
    if until is None:
        return f"until={scene.value('until')} is no date"
    resting.hold(
        scene.session,
        scene.ask.board_id,
        until,
        scene.value("because"),
        scene.now,
        BY,
        agency_id=scene.ask.agency_id,
    )
    return ""


def _replace(scene: Scene) -> str:
    """Somebody else takes the seat that the ask rests with."""
    place = scene.session.get(Seat, scene.ask.seat_id) if scene.ask.seat_id else None
    if place is None:
        return "it rests with no seat"
    taker = person.keep(scene.session, scene.value("name"), scene.value("email"))
    where = scene.session.get_one(Agency, scene.ask.agency_id)
    seating.fill(scene.session, place, where, taker, scene.now, BY)
    return ""


def _approve(scene: Scene) -> str:
    drafted = [one for one in touch.drafted(scene.session) if one.ask_id == scene.ask.id]
    approved = approval.approve(scene.session, drafted, scene.now, BY)
    return "" if approved else "no letter waits for a yes"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done, and the values it cannot do without."""

    do: Callable[[Scene], str]
    needs: tuple[str, ...] = ()


DEEDS: Mapping[str, Deed] = {
    "answered": Deed(_answer),
    "declined": Deed(_decline, ("because",)),
    "away": Deed(_go_away, ("until",)),
    "bounced": Deed(_bounce),
    "handed over": Deed(_hand_over, ("name", "email")),
    "more time": Deed(_ask_for_time, ("days",)),
    "approved": Deed(_approve),
    "held": Deed(_hold, ("until", "because")),
    "replaced": Deed(_replace, ("name", "email")),
    "accepted": Deed(_accept),
    "sent back": Deed(_send_back, ("point",)),
}
