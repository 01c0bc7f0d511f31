"""Confirming: when a manager is asked too what came of a course, until when, and what is told of it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from store.asking.campaign import Step
from surveys.answering.answers import Answers

#: Working days for which a link that was passed on can be answered, from the answer that it came with.
OPEN_DAYS = 15
#: Days after which no such link is open any more, from the day on which a step was found to be over: answers
#: still come late for some of them.
LAST_DAYS = 60


def is_wanted(rule: Mapping[str, Any] | None, answers: Answers) -> bool:
    """Whether an answer asks that a manager be asked too, by the rule of its step: a question, an answer."""
    return rule is not None and answers.values.get(str(rule["question"])) == rule["answer"]


def last_day(step: Step) -> date | None:
    """The day after which managers are asked nothing more; None while that is not settled."""
    return step.told_whole_on + timedelta(days=LAST_DAYS) if step.told_whole_on is not None else None


def find_whole(step: Step, today: date) -> date | None:
    """The day as at which all that managers said may be told; None while more can come."""
    last = last_day(step)
    return last if last is not None and today > last else None
