"""People: everybody a batch of asks may have to write to, looked up at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from messages.chasing.addressees import ASKED, Reach
from store.asking.ask import Ask
from store.asking.campaign import Campaign, MailKind, Step
from store.database import Session
from store.people import reach
from store.people.agency import Agency


@dataclass(slots=True)
class People:
    """Who stands behind the roles, for asks of one board."""

    roles: dict[UUID, dict[str, UUID]] = field(default_factory=dict)
    officers: dict[str, UUID] = field(default_factory=dict)
    reachable: dict[UUID, reach.Reachable] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session, board_id: UUID, asks: Iterable[tuple[Ask, Agency]]) -> "People":
        """Look up the seats, offices and addresses around some asks of a board."""
        pairs = list(asks)
        roles = reach.holders(session, board_id, {agency.id for _, agency in pairs})
        officers = reach.officers(session, board_id)
        wanted = {person for line in roles.values() for person in line.values()} | set(officers.values())
        wanted |= {person for ask, _ in pairs for person in (ask.delegate_id, ask.person_id) if person}
        return cls(roles, officers, reach.people(session, board_id, wanted))

    def asked(self, ask: Ask, step: Step) -> UUID | None:
        """Whom an ask rests with today; None when its seat is vacant."""
        return ask.delegate_id or ask.person_id or self.roles.get(ask.agency_id, {}).get(step.role.value)

    def line(self, ask: Ask, step: Step, campaign: Campaign, today: date) -> dict[str, Reach]:
        """The people behind each role that a rung may name, for one ask."""
        roles: dict[str, UUID] = {**self.officers, **self.roles.get(ask.agency_id, {})}
        asked = self.asked(ask, step)
        if asked is not None:
            roles[ASKED] = asked
        return {role: self._reach(person, campaign, today) for role, person in roles.items()}

    def unreachable(self, ask: Ask, step: Step, campaign: Campaign, today: date) -> str:
        """Why whoever was asked cannot be reached today; empty when they can."""
        if campaign.kind is MailKind.SUBSCRIPTION or ask.is_personal:
            return ""  # nobody stands in for a reader of bulletins, nor for whoever is asked by name
        asked = self.asked(ask, step)
        if asked is None:
            return f"the seat of {step.role.words} is vacant"
        found = self._reach(asked, campaign, today)
        if found.barred:
            return f"{found.name} {found.barred}"
        return f"{found.name} is away until {found.away_until}" if found.away_until else ""

    def gone(self, ask: Ask, step: Step, campaign: Campaign, today: date) -> str:
        """Why whoever was asked cannot be reached for good; empty when they can, or are merely away."""
        asked = self.asked(ask, step)
        if asked is not None and not self._reach(asked, campaign, today).barred:
            return ""
        return self.unreachable(ask, step, campaign, today)

    def away_since(self, ask: Ask, step: Step) -> datetime | None:
        """When we were told of the absence of whoever was asked; None where we were not."""
        asked = self.asked(ask, step)
        return self.reachable[asked].person.away_since if asked is not None else None

    def _reach(self, person_id: UUID, campaign: Campaign, today: date) -> Reach:
        known = self.reachable[person_id]
        barred = known.barred
        if not barred and known.unsubscribed and campaign.kind is MailKind.SUBSCRIPTION:
            barred = "asked for no bulletins"
        away = known.person.away_until if known.person.is_away(today) else None
        return Reach(person_id, known.person.name, barred, away)
