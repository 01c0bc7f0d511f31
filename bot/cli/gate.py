"""Gate: no command opens a survey of children or families while something keeps it shut."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cli.options import refuse
from bot.gate import find_shut
from store.campaign import Campaign
from store.database import Session


def require_open(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo) -> None:
    """End the command where a campaign's forms for families may not be opened, naming what to run."""
    shut = find_shut(session, wanted, now, zone)
    if shut:
        refuse(f"{'. '.join(shut)}.")
