"""Timeline: what one person answered to one form, moment by moment, corrections and all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from surveys.answering.answers import Answers
from surveys.answering.value import Plain
from surveys.figures.release import Moment, Whose, find_release

#: Finds one question's value in answers; None where it was not answered.
Pick = Callable[[Answers], Plain | None]


@dataclass(frozen=True, slots=True)
class Timeline(Generic[Moment]):
    """What one person answered, the first answer first; never empty."""

    given: Sequence[tuple[Moment, Answers]]

    def as_at(self, moment: Moment) -> Answers | None:
        """The answers that counted at a moment; None before the first."""
        return next((answers for at, answers in reversed(self.given) if at <= moment), None)

    def last(self, moment: Moment, pick: Pick) -> Plain | None:
        """One question's value as it was last given by a moment; one that was taken back counts as it was.

        Else ten people more could come to one, where nine of them no longer answer that question.
        """
        values = (pick(answers) for at, answers in reversed(self.given) if at <= moment)
        return next((value for value in values if value is not None), None)

    def began(self, pick: Pick) -> Moment | None:
        """When they first answered one question; None where they never have."""
        return next((at for at, answers in self.given if pick(answers) is not None), None)


def find_beginnings(lines: Mapping[Whose, Timeline[Moment]], pick: Pick) -> dict[Whose, Moment]:
    """When each of those who have answered one question first did, by whose timeline it is."""
    found = {whose: line.began(pick) for whose, line in lines.items()}
    return {whose: at for whose, at in found.items() if at is not None}


def find_released(lines: Iterable[Timeline[Moment]], whole_at: Moment | None, pick: Pick) -> Sequence[Plain]:
    """The values of one question that may be told: of ten more people who answered that question at a time.

    Each question is released by itself. Ten people more may hold one alone who was led to a question, and
    their answer would be the difference of its two totals.
    """
    some = list(lines)
    began = [at for line in some if (at := line.began(pick)) is not None]
    as_at = find_release(began, whole_at)
    if as_at is None:
        return ()
    return [value for line in some if (value := line.last(as_at, pick)) is not None]
