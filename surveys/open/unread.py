"""Unread: that families wrote something which nobody has read yet, told to those on duty by the day alone."""

from datetime import datetime

from store import chore
from store.asking.campaign import Campaign
from store.chore import ChoreKind
from store.database import Session


def tell_of_words(session: Session, asking: Campaign, midnight: datetime) -> None:
    """List, unless it is listed already, that words wait; no content, no number, and only the day.

    `midnight` began the local day. Whoever reads at the same time either sees the words that this session
    keeps, or leaves the chore open.
    """
    if chore.hold_open(session, ChoreKind.WORDS, str(asking.id)):
        return
    text = f"Words were written in {asking.title}: cascade answers {asking.slug} --words --as EMAIL"
    chore.open_once(session, ChoreKind.WORDS, str(asking.id), text, midnight, board_id=asking.board_id)


def begin_to_read(session: Session, asking: Campaign, by: str, now: datetime) -> None:
    """Tick the chore off, before the words are looked at: what is written meanwhile lists it again."""
    chore.finish(session, ChoreKind.WORDS, str(asking.id), by, now)
