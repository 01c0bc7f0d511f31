"""The cast: people who read their letters and do what the script says, through the doors that people use."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from uuid import UUID

from starlette.types import ASGIApp

from bot.demo.scene import COORDINATOR, wren
from bot.demo.script import Deed, Turn
from bot.demo.stage import Stage
from bot.demo.visitor import VisitError, digits_in, fill_in, link_in
from messages import approval, recording
from store import ask, person, seat, touch
from store.ask import Ask
from store.database import Session
from store.inbound import Source
from surveys import intake
from surveys.intake import Arrival, Receipt


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
        letters = stage.postbox.to(turn.who)
        if not letters:
            raise VisitError(f"{turn.who} {turn.deed.value}, and has had no letter")
        path, digits = link_in(letters[-1]), digits_in(letters[-1])
        match turn.deed:
            case Deed.HAND_OVER:
                fields = {**turn.values, "wish": "colleague", "digits": digits}
                await self._fill(f"{path}/hand-over", fields)
            case Deed.DECLINE:
                await self._fill(f"{path}/hand-over", {**turn.values, "wish": "decline", "digits": digits})
            case Deed.MORE_TIME:
                await self._fill(f"{path}/more-time", {**turn.values, "digits": digits})
            case _:
                await self._fill(path, told(turn))

    async def _fill(self, path: str, fields: dict[str, str]) -> None:
        await fill_in(self.app, path, {name: [value] for name, value in fields.items()})


def told(turn: Turn) -> dict[str, str]:
    """What a turn types into the fields of the acknowledgement or of the cascade form."""
    if turn.deed is Deed.ACKNOWLEDGE:
        return dict(turn.values)
    given = dict(turn.values)
    day, month = given.pop("day"), given.pop("month")
    dated = {"first_shared-day": day, "first_shared-month": month, "first_shared-year": "2026"}
    missed = {"teams_missed": "The evening team, at their next meeting"} if given["shared"] == "some" else {}
    return {"how": "team_meeting", **given, **dated, **missed}


def _record(session: Session, turn: Turn, now: datetime) -> None:
    """What a coordinator records, through the same use cases as the command line."""
    if turn.deed is Deed.APPROVE:
        approval.approve(session, touch.drafted(session, wren(session).id), now, turn.who)
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
