"""Builders: a live campaign and its steps put down as rows, without a playbook and without letters."""

from typing import Any

from store.asking import form
from store.asking.campaign import Campaign, CampaignState, Step
from store.base import ordered_id
from store.database import Session
from store.people.board import Board
from tests.make import START


def asking(session: Session, of: Board, slug: str, title: str, **values: str) -> Campaign:
    """A live campaign that asks nothing yet."""
    made = Campaign(
        id=ordered_id(),
        board_id=of.id,
        slug=slug,
        title=title,
        playbook="survey",
        state=CampaignState.LIVE,
        launched_at=START,
        values=values,
    )
    session.add(made)
    session.flush()
    return made


def step(
    session: Session,
    of: Campaign,
    key: str,
    *,
    position: int = 1,
    version: int = 1,
    title: str = "",
    said: dict[str, Any] | None = None,
    is_open: bool = False,
    named: str | None = None,
) -> Step:
    """A step with a form kept under a key, which is the step's own too unless it is `named`."""
    kept = form.keep(session, key, version, said if said is not None else {"key": key, "version": version})
    made = Step(
        id=ordered_id(),
        campaign_id=of.id,
        position=position,
        key=named or key,
        title=title or f"Step {position}",
        form_version_id=kept.id,
        due_days=10,
        minutes=5,
        is_open=is_open,
    )
    session.add(made)
    session.flush()
    return made
