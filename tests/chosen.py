"""Builders: campaigns that ask forms of somebody's own choice."""

from collections.abc import Mapping

from bot.asking.choice import choose
from bot.asking.drafting import draft
from messages.launching.audience import Audience
from messages.playbooks import playbook
from store.asking.campaign import Campaign
from store.asking.lesson import Lesson, Priority
from store.database import Session
from store.people.board import Board
from tests.make import START
from tests.story import WHO

#: A form for every playbook that leaves the choice.
USUAL = {"return": ("tna_short",), "survey": ("s2",), "open_survey": ("s6",)}


def campaign(
    session: Session,
    of: Board,
    book: str,
    slug: str = "asked",
    forms: tuple[str, ...] = (),
    *,
    about: Lesson | None = None,
    priority: Priority | None = None,
    audience: Audience | None = None,
    values: Mapping[str, object] | None = None,
) -> Campaign:
    """A draft campaign of a playbook with these forms, or the usual one."""
    shipped = playbook.load(book)
    assert shipped is not None
    found = choose(session, of.id, shipped, forms or USUAL[book])
    assert not isinstance(found, str), found
    return draft(
        session,
        of.id,
        found.book,
        slug,
        START,
        WHO,
        about=about,
        priority=priority,
        urgent_reason="it cannot wait" if priority is Priority.URGENT else None,
        audience=audience,
        values=values,
        forms=found.versions,
    )
