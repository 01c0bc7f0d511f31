"""Stationery: what all letters of one rung share, from words to board."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from store.asking.campaign import Campaign, Step, WordsVersion
from store.asking.form import FormVersion
from store.asking.lesson import Lesson
from store.people.board import Board


@dataclass(frozen=True, slots=True)
class Stationery:
    """One version of words with everything around it. None of it changes once letters have gone."""

    words: WordsVersion
    step: Step
    campaign: Campaign
    board: Board
    lesson: Lesson | None
    #: The sections of its form, and of the short one, that are saved one by one; 0 where it has none.
    sections: int = 0
    small_sections: int = 0


def fetch(session: Session, words_ids: Collection[UUID]) -> dict[UUID, Stationery]:
    """The stationery of some versions of words."""
    small = aliased(FormVersion)
    query = (
        select(WordsVersion, Step, Campaign, Board, Lesson, FormVersion, small)
        .join(Step, Step.id == WordsVersion.step_id)
        .join(FormVersion, FormVersion.id == Step.form_version_id)
        .outerjoin(small, small.id == Step.small_form_version_id)
        .join(Campaign, Campaign.id == Step.campaign_id)
        .join(Board, Board.id == Campaign.board_id)
        .outerjoin(Lesson, Lesson.id == Campaign.lesson_id)
        .where(WordsVersion.id.in_(list(words_ids)))
    )
    return {
        row[0].id: Stationery(*row[:5], count_sections(row[5]), count_sections(row[6]))
        for row in session.execute(query)
    }


def count_sections(form: FormVersion | None) -> int:
    """How many sections a form has that several people can fill; 0 where it is filled page by page."""
    return len(form.body["sections"]) if form is not None and form.body.get("layout") == "tasks" else 0
