"""Dated: the steps of a playbook, as the day that its campaign is about has them."""

from dataclasses import replace
from datetime import date, timedelta

from messages.playbooks.playbook import Playbook

#: Days of the calendar in which five working days pass.
WEEK = 7


def settle(book: Playbook, on: date | None, today: date) -> Playbook:
    """The playbook with the steps of that day where they belong, or without those where none is given.

    A step that hangs on a day which comes after the last of the others is due is asked after them, so that
    it keeps nobody waiting.
    """
    loose = tuple(step for step in book.steps if step.if_dated)
    rest = tuple(step for step in book.steps if not step.if_dated)
    if not loose:
        return book
    if on is None:
        return replace(book, steps=rest)
    longest = max((days for step in rest for days in step.due_days.values()), default=0)
    if on > today + timedelta(days=longest * WEEK // 5):
        return replace(book, steps=(*rest, *loose))
    return book
