"""`cascade duty`: the rota of those who read what families write, two named reviewers a working day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import click

from bot.asking.standby import watch
from bot.cli.actor import name_actor, require_office
from bot.cli.named import find_board, find_or_add_person, read_address
from bot.cli.options import (
    Day,
    Words,
    as_option,
    board_option,
    json_option,
    refuse,
    show_json,
    with_house,
)
from bot.cli.table import lay_out, say_day
from bot.wiring import House
from messages.days.almanac import Almanac
from messages.letters.counted import counted
from store.database import Session
from store.decision import note
from store.people import person
from store.people.board import Board
from store.people.person import Person
from store.surveying import duty
from surveys.open.opening import REVIEWERS

#: How far ahead the rota is listed.
AHEAD = timedelta(days=13)
#: The longest stretch that is written down at once.
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Every one of them."""
        return [self.first + timedelta(days=count) for count in range((self.last - self.first).days + 1)]


@dataclass(frozen=True, slots=True)
class DayOfRota:
    """One day of the rota as it is told."""

    day: date
    is_working: bool
    reviewers: list[tuple[str, str]]

    @property
    def needs(self) -> int:
        """How many more reviewers the day needs."""
        return max(0, REVIEWERS - len(self.reviewers)) if self.is_working else 0


@click.command("duty")
@click.argument("address", metavar="[EMAIL]", required=False)
@click.option(
    "--from", "first", type=Day(), metavar="DAY", help="The first day; to list, today unless given."
)
@click.option("--until", "last", type=Day(), metavar="DAY", help="The last day; the first one unless given.")
@click.option("--every-day", is_flag=True, help="On weekends and bank holidays too.")
@click.option("--name", type=Words(200), help="What they are called; needed for somebody new.")
@click.option("--end", is_flag=True, help="They are on duty no longer on these days.")
@board_option
@as_option
@json_option
@with_house
async def keep_duty(
    house: House,
    address: str | None,
    first: date | None,
    last: date | None,
    every_day: bool,
    name: str | None,
    end: bool,
    slug: str | None,
    email: str | None,
    as_json: bool,
) -> None:
    """List the rota of the coming two weeks, or put the trained reviewer at EMAIL on it.

    Surveys of children and families open only while two reviewers are on duty on the next working day. Days
    on which the board does not work are left out, unless --every-day. --json prints a list of day,
    is_working, reviewers (name, email) and needs, the reviewers that are still to be found.
    """
    now = await house.clock.now()
    today = now.astimezone(house.identity.zone).date()
    if address:
        stretch = _stretch(first, last or first)
        await _change(house, address, stretch, name, slug, email, now, every_day=every_day, end=end)
    elif end or name or every_day:
        raise click.UsageError(
            "Give EMAIL with --name, --every-day and --end; without it the rota is listed."
        )
    else:
        begin = first or today
        stretch = _stretch(begin, last or begin + AHEAD)
    rota = await house.database.read(lambda session: _read(session, find_board(session, slug), stretch))
    if as_json:
        show_json([_told(one) for one in rota])
    elif rota:
        click.echo(lay_out(("Day", "On duty", ""), [_row(one) for one in rota]))
    else:
        click.echo("The board works on none of these days, and nobody is on duty.")


def _stretch(first: date | None, last: date | None) -> Stretch:
    if first is None or last is None:
        raise click.UsageError("Say which days with --from DAY, and --until DAY where there are several.")
    if last < first:
        raise click.UsageError(f"--until {last} lies before --from {first}.")
    if last - first > LONGEST:
        raise click.UsageError(f"From {first} until {last} is more than a year: write down less at once.")
    return Stretch(first, last)


async def _change(
    house: House,
    typed: str,
    stretch: Stretch,
    name: str | None,
    slug: str | None,
    email: str | None,
    now: datetime,
    *,
    every_day: bool,
    end: bool,
) -> None:
    by, address = name_actor(house, email), read_address(typed)

    def write(session: Session) -> None:
        owner = find_board(session, slug)
        require_office(session, owner.id, by)
        who = find_or_add_person(session, address, None if end else name)
        if who.left_at is not None:
            refuse(f"{who.name} has left: name somebody else.")
        days = (
            _take_off(session, owner, who, stretch)
            if end
            else _put_on(session, owner, who, stretch, every_day)
        )
        verb = "off" if end else "on"
        what = f"{who.name} is {verb} duty on {counted(len(days), 'day')}, {days[0]} to {days[-1]}"
        note(session, now, "duty", what, by, board_id=owner.id, person_id=who.id)
        watch(session, now, house.identity.zone)

    await house.database.write(write)


def _put_on(session: Session, owner: Board, who: Person, stretch: Stretch, every_day: bool) -> list[date]:
    calendar = Almanac(session).office()
    days = [day for day in stretch.days if every_day or calendar.is_working(day)]
    if not days:
        refuse("The board works on none of these days; --every-day puts somebody on duty all the same.")
    for day in days:
        duty.put_on(session, owner.id, day, who.id)
    return days


def _take_off(session: Session, owner: Board, who: Person, stretch: Stretch) -> list[date]:
    days = [day for day in stretch.days if duty.take_off(session, owner.id, day, who.id)]
    return days or refuse(f"{who.name} is on duty on none of these days.")


def _read(session: Session, owner: Board, stretch: Stretch) -> list[DayOfRota]:
    """The days on which the board works, and those on which somebody is on duty all the same."""
    calendar = Almanac(session).office()
    found = duty.rota(session, owner.id, stretch.first, stretch.last)
    return [
        DayOfRota(day, calendar.is_working(day), [_named(session, one) for one in found.get(day, ())])
        for day in stretch.days
        if day in found or calendar.is_working(day)
    ]


def _named(session: Session, person_id: UUID) -> tuple[str, str]:
    address = person.email_of(session, person_id)
    return session.get_one(Person, person_id).name, address.value if address else ""


def _row(one: DayOfRota) -> tuple[str, str, str]:
    names = ", ".join(name for name, _ in one.reviewers) or "nobody"
    return say_day(one.day), names, f"needs {one.needs} more" if one.needs else ""


def _told(one: DayOfRota) -> dict[str, object]:
    return {
        "day": one.day,
        "is_working": one.is_working,
        "reviewers": [{"name": name, "email": at} for name, at in one.reviewers],
        "needs": one.needs,
    }
