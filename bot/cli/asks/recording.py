"""`cascade record`: what was learned on the telephone or from an inbox: away, bounced, left, told."""

from datetime import date, datetime
from uuid import uuid4

import click

from bot.cli.actor import any_office, name_actor, require_office
from bot.cli.named import find_ask, find_person
from bot.cli.options import Day, Words, as_option, json_option, refuse, show_json, with_house
from bot.web.asks.filled import fill_of
from bot.wiring import House
from messages.changes import recording, resting
from messages.days.almanac import Almanac
from messages.days.calendar import CalendarEnds
from store import chore
from store.answers.inbound import Source
from store.asking.ask import Ask
from store.chore import Chore
from store.database import Session
from store.decision import note
from store.people import person
from store.people.agency import Agency
from surveys.answering import intake
from surveys.answering.answers import Problems
from surveys.answering.intake import Arrival, Receipt
from surveys.forms.form import Form

#: Working days for which an ask rests when somebody rang without the answers.
TOLD_REST = 5
#: How an answer came that somebody of the board types in.
WAYS = {Source.TELEPHONE: "by telephone", Source.PAPER: "on paper"}

came_option = click.option(
    "--from",
    "came",
    type=click.Choice([way.value for way in WAYS]),
    default=Source.TELEPHONE.value,
    show_default=True,
    help="How the answer came.",
)


@click.group("record")
def record() -> None:
    """Write down what was learned outside the forms; letters follow it at once."""


@record.command("away")
@click.argument("named", metavar="PERSON")
@click.option("--until", required=True, type=Day(), help="The last day of the absence.")
@as_option
@json_option
@with_house
async def record_away(house: House, named: str, until: date, email: str | None, as_json: bool) -> None:
    """PERSON (address or name) is away; the deputy gets one notice instead. --json: person, until."""
    by, now = name_actor(house, email), await house.clock.now()
    if until < now.astimezone(house.identity.zone).date():
        refuse(f"{until:%d/%m/%Y} is past: an absence ends today or later.")

    def write(session: Session) -> str:
        any_office(session, by)
        found = find_person(session, named)
        recording.away(session, found, until, now, by)
        return found.name

    name = await house.database.write(write)
    _say(as_json, {"person": name, "until": until}, f"{name} is away until {until:%d/%m/%Y}.")


@record.command("bounced")
@click.argument("address", metavar="ADDRESS")
@click.option("--because", required=True, type=Words(), metavar="TEXT", help="What the mail server said.")
@as_option
@json_option
@with_house
async def record_bounced(house: House, address: str, because: str, email: str | None, as_json: bool) -> None:
    """Nothing more goes to ADDRESS, and its agency needs somebody. --json prints address and person."""
    by, now = name_actor(house, email), await house.clock.now()

    def write(session: Session) -> str:
        any_office(session, by)
        found = find_person(session, address)
        mailbox = person.email_of(session, found.id)
        if mailbox is None:
            refuse(f"{found.name} has no address.")
        recording.bounced(session, mailbox, because, now, by)
        return found.name

    name = await house.database.write(write)
    text = f"Nothing more goes to {address}; {name}'s seats are on the list of what to fill."
    _say(as_json, {"address": address, "person": name}, text)


@record.command("left")
@click.argument("named", metavar="PERSON")
@as_option
@json_option
@with_house
async def record_left(house: House, named: str, email: str | None, as_json: bool) -> None:
    """PERSON (address or name) has left: their seats are vacant and their links dead. --json: person."""
    by, now = name_actor(house, email), await house.clock.now()

    def write(session: Session) -> str:
        any_office(session, by)
        found = find_person(session, named)
        if found.left_at is not None:
            refuse(f"{found.name} was recorded as having left already.")
        recording.left(session, found, now, by)
        return found.name

    name = await house.database.write(write)
    _say(as_json, {"person": name}, f"{name} has left; their seats are on the list of what to fill.")


@record.command("told")
@click.argument("reference", metavar="ASK")
@click.option(
    "--because", required=True, type=Words(400), metavar="TEXT", help="Who said what, in a few words."
)
@click.option("--answer", "answers", multiple=True, metavar="NAME=VALUE", help="May be repeated.")
@came_option
@as_option
@json_option
@with_house
async def record_told(
    house: House,
    reference: str,
    because: str,
    answers: tuple[str, ...],
    came: str,
    email: str | None,
    as_json: bool,
) -> None:
    """Somebody answered an ASK (wren-27) by telephone; without --answer it rests for five working days.

    A longer form is typed in on its pages: see `cascade record entry`. The same checks hold as there. --json
    prints ask, state and rests_until.
    """
    by, now = name_actor(house, email), await house.clock.now()
    raw = _read_answers(answers)
    today = now.astimezone(house.identity.zone).date()

    def write(session: Session) -> date | None:
        asked = find_ask(session, reference)
        require_office(session, asked.board_id, by)
        if not raw:
            return _rest(session, asked, because, now, today, by)
        form = fill_of(session, asked)
        unknown = sorted(set(raw) - set(form.questions))
        if unknown:
            refuse(f"{reference} has no question {unknown[0]!r}; it has: {', '.join(form.questions)}.")
        arrival = Arrival(Source(came), str(uuid4()), raw, None, by)
        taken = intake.receive(session, asked.id, arrival, now, today, form)
        if not isinstance(taken, Receipt):
            refuse(_explain(reference, form, taken))
        note(
            session,
            now,
            "told",
            because,
            by,
            board_id=asked.board_id,
            campaign_id=asked.campaign_id,
            ask_id=asked.id,
            agency_id=asked.agency_id,
        )
        return None

    until = await house.database.write(write, urgent=True)
    if until is None:
        text = f"{reference} is answered, {WAYS[Source(came)]}: {because}"
    else:
        text = f"{reference} rests until {until:%d/%m/%Y}: told on the phone: {because}"
    _say(
        as_json,
        {"ask": reference, "state": "asked" if until else "answered", "rests_until": until},
        text,
    )


@record.command("working")
@click.argument("reference", metavar="ASK")
@click.option("--because", default="", type=Words(400), metavar="TEXT", help="Who said what, in a few words.")
@as_option
@json_option
@with_house
async def record_working(
    house: House, reference: str, because: str, email: str | None, as_json: bool
) -> None:
    """They are working on an ASK (wren-27): it rests for three working days. --json: ask, rests_until."""
    by, now = name_actor(house, email), await house.clock.now()
    today = now.astimezone(house.identity.zone).date()

    def write(session: Session) -> date:
        asked = find_ask(session, reference)
        require_office(session, asked.board_id, by)
        if not asked.state.is_live:
            refuse(f"{reference} is {asked.state.value}: nothing is owed, so nothing rests.")
        calendar = Almanac(session).of(session.get_one(Agency, asked.agency_id))
        try:
            rest = resting.rest_while_working(session, asked, because, calendar, today, now, by)
        except CalendarEnds as ends:
            refuse(f"{ends} Say how long with `cascade hold`.")
        if rest is None:
            refuse(f"{reference} rests already; `cascade owed` says until when.")
        return rest.until

    until = await house.database.write(write)
    _say(as_json, {"ask": reference, "rests_until": until}, f"{reference} rests until {until:%d/%m/%Y}.")


@record.command("done")
@click.argument("reference", metavar="CHORE")
@as_option
@json_option
@with_house
async def record_done(house: House, reference: str, email: str | None, as_json: bool) -> None:
    """Tick off a CHORE, called as `cascade status` calls it (4f09c2). --json prints chore, kind and text."""
    by, now = name_actor(house, email), await house.clock.now()

    def write(session: Session) -> Chore:
        found = chore.by_reference(session, reference)
        if len(found) != 1:
            refuse(f"There is no chore {reference} to do: `cascade status` lists them with their numbers.")
        [one] = found
        require_office(session, one.board_id, by)
        one.done_at, one.done_by = now, by
        note(
            session,
            now,
            "chore done",
            one.text,
            by,
            board_id=one.board_id,
            ask_id=one.ask_id,
            agency_id=one.agency_id,
        )
        return one

    one = await house.database.write(write)
    document: dict[str, object] = {"chore": one.reference, "kind": one.kind.value, "text": one.text}
    _say(as_json, document, f"Done: {one.text}")


def _rest(session: Session, asked: Ask, because: str, now: datetime, today: date, by: str) -> date:
    if not asked.state.is_live:
        refuse(f"This ask is {asked.state.value}: nothing is owed, so nothing rests.")
    until = Almanac(session).office().add(today, TOLD_REST)
    resting.hold(session, asked.board_id, until, f"told on the phone: {because}", now, by, ask=asked)
    return until


def _read_answers(typed: tuple[str, ...]) -> dict[str, list[str]]:
    raw: dict[str, list[str]] = {}
    for pair in typed:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"--answer {pair!r}: write it as NAME=VALUE, as in staff=45.")
        raw.setdefault(name.strip(), []).append(value.strip())
    return raw


def _explain(reference: str, form: Form, refused: Problems | intake.Refusal) -> str:
    if isinstance(refused, Problems):
        told = "; ".join(f"{one.question}: {one.text}" for one in refused)
        return f"{reference} is not answered: {told} Questions: {', '.join(form.questions)}."
    return f"{reference}: {refused.reason}"


def _say(as_json: bool, document: dict[str, object], text: str) -> None:
    if as_json:
        show_json(document)
    else:
        click.echo(text)
