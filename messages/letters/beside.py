"""Beside: the general words of letters beside the ladder, for steps that have none of their own."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from uuid import UUID

from messages.chasing.addressees import ASKED
from messages.chasing.ladder import Rung
from store.asking import campaign
from store.asking.campaign import WordsVersion
from store.base import ordered_id
from store.database import Session


def ensure_words(session: Session, step_id: UUID, rung: Rung, now: datetime, by: str) -> None:
    """Keep the general words of a letter to whoever is asked, for a step that has none of its own."""
    saved = {(words.rung, words.role) for words in campaign.words(session, [step_id])}
    if (rung.name, ASKED) in saved:
        return
    subject, body = general_words(rung.name)
    session.add(
        WordsVersion(
            id=ordered_id(),
            step_id=step_id,
            rung=rung.name,
            role=ASKED,
            subject=subject,
            body=body,
            saved_at=now,
            saved_by=by,
        )
    )
    session.flush()


@cache
def general_words(rung: str) -> tuple[str, str]:
    """Subject and body for every step, in Markdown with variables."""
    text = files("messages.layout").joinpath(f"{rung}.{ASKED}.md").read_text("utf-8")
    subject, _, body = text.partition("\n")
    return subject.removeprefix("Subject:").strip(), body.strip()
