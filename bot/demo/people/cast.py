"""The cast: people who read their letters and do what the script says, through the doors that people use."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from uuid import UUID

from starlette.types import ASGIApp

from bot.demo.people.filling import fill_sections, sign
from bot.demo.people.turn import Deed, Turn
from bot.demo.people.visitor import VisitError, digits_in, fill_in, link_in
from bot.demo.scenery.founding import COORDINATOR
from bot.demo.stage import Stage
from messages.changes import recording
from messages.launching import approval
from store.answers.inbound import Source
from store.asking import ask, campaign
from store.asking.ask import Ask
from store.database import Session
from store.letters import touch
from store.people import person, seat
from surveys.answering import intake
from surveys.answering.intake import Arrival, Receipt


@dataclass(slots=True)
class Players:
    """Plays the turns that are due, and keeps its own count of what was done, apart from the rows."""

    app: ASGIApp
    turns: list[Turn]
    #: Whether a deed that cannot be done is passed over: a visitor may have done it for them.
    lenient: bool = False
    done: list[Turn] = field(default_factory=list)

    @classmethod
    def of(cls, app: ASGIApp, turns: Iterable[Turn], *, lenient: bool = False) -> "Players":
        """Players for a script."""
        return cls(app, sorted(turns, key=lambda turn: turn.at), lenient)

    def next_turn(self, now: datetime) -> datetime | None:
        """When the next deed is due."""
        return max(self.turns[0].at, now) if self.turns else None

    async def act(self, stage: Stage, now: datetime) -> None:
        """Do every deed that is due."""
        while self.turns and self.turns[0].at <= now:
            turn = self.turns.pop(0)
            try:
                await self._do(stage, turn, now)
            except VisitError:
                if not self.lenient:
                    raise
            self.done.append(turn)

    async def _do(self, stage: Stage, turn: Turn, now: datetime) -> None:
        match turn.deed:
            case Deed.AWAY | Deed.BOUNCED | Deed.TOLD | Deed.APPROVE:
                await stage.house.database.write(partial(_record, turn=turn, now=now))
            case _:
                await self._visit(stage, turn)

    async def _visit(self, stage: Stage, turn: Turn) -> None:
        letters = [one for one in stage.postbox.to(turn.who) if f"[{turn.about}-" in one.subject]
        if not letters:
            raise VisitError(f"{turn.who} {turn.deed.value}, and has had no letter about {turn.about}")
        path = link_in(letters[-1])
        match turn.deed:
            case Deed.FILL:
                await fill_sections(self.app, path, turn.values["sections"].split(), turn.values)
            case Deed.SIGN:
                await sign(self.app, path, digits_in(letters[-1]), turn.values)
            case _:
                page, fields = errand(turn)
                if page or turn.deed is Deed.TELL:
                    fields = fields | {"digits": digits_in(letters[-1])}
                await fill_in(self.app, path + page, {name: [value] for name, value in fields.items()})


def errand(turn: Turn) -> tuple[str, dict[str, str]]:
    """On which page beside that of the question something is done, and what is typed there."""
    match turn.deed:
        case Deed.HAND_OVER:
            return "/hand-over", {**turn.values, "wish": "colleague"}
        case Deed.DECLINE:
            return "/hand-over", {**turn.values, "wish": "decline"}
        case Deed.MORE_TIME:
            return "/more-time", dict(turn.values)
        case Deed.SHARE:
            return "/share", dict(turn.values)
        case Deed.ACKNOWLEDGE | Deed.TELL:
            return "", dict(turn.values)
        case _:
            return "", told(turn)


def told(turn: Turn) -> dict[str, str]:
    """What a turn types into the fields of the cascade form."""
    given = dict(turn.values)
    day, month = given.pop("day"), given.pop("month")
    dated = {"first_shared-day": day, "first_shared-month": month, "first_shared-year": "2026"}
    missed = {"teams_missed": "The evening team, at their next meeting"} if given["shared"] == "some" else {}
    return {"how": "team_meeting", **given, **dated, **missed}


def _record(session: Session, turn: Turn, now: datetime) -> None:
    """What a coordinator records, through the same use cases as the command line."""
    if turn.deed is Deed.APPROVE:
        about = campaign.by_slug(session, turn.about)
        approval.approve(session, touch.drafted(session, about.id) if about else [], now, turn.who)
        return
    found = person.by_address(session, turn.who)
    if found is None:
        raise VisitError(f"nobody is known at {turn.who}")
    match turn.deed:
        case Deed.AWAY:
            recording.away(session, found, date.fromisoformat(turn.values["until"]), now, COORDINATOR)
        case Deed.BOUNCED:
            address = person.email_of(session, found.id)
            if address is not None:
                recording.bounced(session, address, turn.values["reason"], now, COORDINATOR)
        case _:
            _take_by_telephone(session, turn, found.id, now)


def _take_by_telephone(session: Session, turn: Turn, person_id: UUID, now: datetime) -> None:
    raw = {name: [value] for name, value in told(turn).items()}
    source_id = f"{turn.who}:{turn.at.isoformat()}"
    arrival = Arrival(Source.TELEPHONE, source_id, raw, None, entered_by=COORDINATOR)
    receipt = intake.receive(session, _live_ask(session, person_id).id, arrival, now, turn.at.date())
    if not isinstance(receipt, Receipt):
        raise VisitError(f"what {turn.who} told on the phone was not taken: {receipt}")


def _live_ask(session: Session, person_id: UUID) -> Ask:
    for _, agency in seat.held_by(session, person_id):
        for one in ask.live_of_agency(session, agency.id):
            return one
    raise VisitError("nothing is owed by whoever rang")
