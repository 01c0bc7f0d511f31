"""Running: a campaign is paused, taken up again or called back; nobody's debt is lost by it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from messages.letters.counted import counted
from messages.sending import taking_up
from store import chore
from store.asking import making
from store.asking.campaign import Campaign, CampaignState
from store.chore import ChoreKind
from store.database import Session
from store.decision import note
from store.letters import alarm, anew, pause


def halt(session: Session, wanted: Campaign, now: datetime, by: str) -> bool:
    """Pause a campaign: nothing of it is sent until it is resumed; False where it was not live."""
    if not making.set_state(session, wanted.id, [CampaignState.LIVE], CampaignState.PAUSED, now):
        return False
    _note(session, wanted, "paused", "nothing is sent until it is resumed", now, by)
    return True


def resume(session: Session, wanted: Campaign, now: datetime, by: str) -> bool:
    """Let a paused campaign go on; letters that were held back meanwhile are taken up."""
    if not making.set_state(session, wanted.id, [CampaignState.PAUSED], CampaignState.LIVE, now):
        return False
    held = anew.held_asks(session, wanted.id)
    alarm.ring(session, held, now)
    _note(session, wanted, "resumed", f"letters held back meanwhile: {len(held)}", now, by)
    return True


def send_again(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo, by: str) -> int | None:
    """Let first letters of a live campaign go once more that were refused or are in doubt; tells how many.

    They go in their agency's next working hour, urgent ones now. None where it is not live. Bounced
    addresses are left alone, and so is what is no longer owed.
    """
    if wanted.state is not CampaignState.LIVE:
        return None
    again = taking_up.send_again(session, wanted, now, zone)
    if again:
        chore.finish(session, ChoreKind.SEND_AGAIN, str(wanted.id), by, now)
        _note(session, wanted, "sent again", f"{counted(again, 'first letter')} that had not gone", now, by)
    return again


def withdraw(session: Session, wanted: Campaign, reason: str, now: datetime, by: str) -> int | None:
    """Call a campaign back: nobody owes it any more; tells how many asks, None where it cannot be."""
    states = [
        state for state in CampaignState if state not in (CampaignState.WITHDRAWN, CampaignState.CLOSED)
    ]
    if not making.set_state(session, wanted.id, states, CampaignState.WITHDRAWN, now):
        return None
    called_back = making.withdraw_asks(session, wanted.id, now)
    pause.drop_of_campaign(session, wanted.id, "the campaign was called back")
    _note(session, wanted, "withdrawn", f"{counted(called_back, 'ask')} called back: {reason}", now, by)
    return called_back


def _note(session: Session, wanted: Campaign, what: str, reason: str, now: datetime, by: str) -> None:
    note(session, now, what, reason, by, board_id=wanted.board_id, campaign_id=wanted.id)
