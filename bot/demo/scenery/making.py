"""Making: a campaign of the demonstration, drafted and launched as the command line does it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.asking.choice import choose
from bot.asking.drafting import draft
from bot.asking.gate import find_faults
from bot.asking.launching import launch_whole
from bot.demo.scenery.founding import COORDINATOR, SceneError, find_board
from messages.launching.audience import Audience
from messages.letters.identity import Identity
from messages.playbooks import playbook
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson
from store.database import Session
from store.people.agency import fold


def make_campaign(
    session: Session,
    key: str,
    slug: str,
    now: datetime,
    *,
    forms: Sequence[str] = (),
    title: str | None = None,
    values: Mapping[str, str] | None = None,
    about: Lesson | None = None,
    agencies: Sequence[str] = (),
    on: date | None = None,
) -> Campaign:
    """Draft a campaign from a playbook. Raises SceneError where its forms cannot be asked by it.

    `agencies` are the names of those that are asked, where it is not all; `on` is the day that it is about.
    """
    board_id, book = find_board(session), playbook.load(key)
    if book is None:
        raise SceneError(f"the playbook {key} is not there")
    chosen = choose(session, board_id, book, forms, values)
    if isinstance(chosen, str):
        raise SceneError(chosen)
    return draft(
        session,
        board_id,
        chosen.book,
        slug,
        now,
        COORDINATOR,
        about=about,
        title=title,
        audience=Audience(agencies=frozenset(map(fold, agencies))) if agencies else None,
        values=values,
        forms=chosen.versions,
        on=on,
    )


def launch_now(session: Session, made: Campaign, now: datetime, identity: Identity) -> int:
    """Launch a campaign and tell how many are asked. Raises SceneError where its forms stop it."""
    faults = find_faults(session, made, now, identity.zone)
    if faults:
        raise SceneError(faults[0])
    return launch_whole(session, made, now, identity.zone, COORDINATOR)
