"""Stationery: what all letters of one rung share, from words to board."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.board import Board
from store.campaign import Campaign, Step, WordsVersion
from store.lesson import Lesson


@dataclass(frozen=True, slots=True)
class Stationery:
    """One version of words with everything around it. None of it changes once letters have gone."""

    words: WordsVersion
    step: Step
    campaign: Campaign
    board: Board
    lesson: Lesson | None


def fetch(session: Session, words_ids: Collection[UUID]) -> dict[UUID, Stationery]:
    """The stationery of some versions of words."""
    query = (
        select(WordsVersion, Step, Campaign, Board, Lesson)
        .join(Step, Step.id == WordsVersion.step_id)
        .join(Campaign, Campaign.id == Step.campaign_id)
        .join(Board, Board.id == Campaign.board_id)
        .outerjoin(Lesson, Lesson.id == Campaign.lesson_id)
        .where(WordsVersion.id.in_(list(words_ids)))
    )
    return {row[0].id: Stationery(*row) for row in session.execute(query)}
