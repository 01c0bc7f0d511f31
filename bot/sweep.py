"""Sweep: what a night does besides rewriting answers, so that the day leaves no trace of its order."""

from datetime import date
from zoneinfo import ZoneInfo

from store.database import Session
from store.surveying import ended_page, night
from surveys.wishes import mix


def sweep_day(session: Session, day: date, zone: ZoneInfo) -> None:
    """Mix the wishes to be contacted, and forget which pages were given up.

    `day` is the local day that has ended. Where anything was done the night is not clear any more.
    """
    mix(session, day, zone)
    if ended_page.sweep(session, day):
        night.add(session, day, 0)
