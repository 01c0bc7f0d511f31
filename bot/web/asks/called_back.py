"""Called back: what a link still tells once the board has called its ask back."""

from dataclasses import dataclass
from datetime import datetime

from bot.web.asks.door import AFTERWARDS
from messages.proof.links import Keyring, Purpose, read_link
from store.asking import around
from store.asking.ask import AskState
from store.asking.campaign import Campaign, CampaignState, Step
from store.database import Session
from store.people import standing
from store.people.agency import Agency
from store.people.board import Board


@dataclass(frozen=True, slots=True)
class CalledBack:
    """What a link still tells when its ask was called back: enough to know that nothing is needed."""

    board: Board
    campaign: Campaign
    step: Step
    agency: Agency


def find_called_back(session: Session, keyring: Keyring, token: str, now: datetime) -> CalledBack | None:
    """What a token of a withdrawn ask opens, for as long and for whom it would open any closed one."""
    claim = read_link(keyring, token)
    if claim is None or claim.purpose is not Purpose.ANSWER:
        return None
    found = around.of_ask(session, claim.ask_id)
    if found is None or claim.generation != found.ask.generation or found.ask.closed_at is None:
        return None
    if AskState.WITHDRAWN is not found.ask.state and found.campaign.state is not CampaignState.WITHDRAWN:
        return None
    if now - found.ask.closed_at > AFTERWARDS or standing.of(session, found.ask, claim.person_id) is None:
        return None
    return CalledBack(found.board, found.campaign, found.step, found.agency)
