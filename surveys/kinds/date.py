"""Date: a day, day first, in one text or in three boxes."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from surveys.answering.value import Plain
from surveys.expressions.scene import day_number
from surveys.forms.question import Question, Refusal, take_one
from surveys.paging.field import Box, Field
from surveys.paging.keystrokes import Raw, ascii_digits
from surveys.phrases import ENGLISH
from surveys.phrases import say as say_phrase

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
#: What examples are near to where the day is not known, and how many days they are away.
_SOME_DAY, _SOON = date(2026, 11, 3), 24
_PARTS = ("day", "month", "year")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? +)?"
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_SPOKEN = re.compile(
    _WEEKDAY
    + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ ./-]+(?P<month>\d{1,2}|[a-z]{3,9}),?[ ./-]+(?P<year>\d{4}|\d{2})",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Date(Question):
    """A day from `earliest` to `latest`, both allowed: each 2026-11-03, `today`, or empty for no bound."""

    kind: Literal["date"]
    earliest: str = ""
    latest: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """One field with the whole date, or three with its parts."""
        return (self.name, *(f"{self.name}-{part}" for part in _PARTS))

    def read(self, raw: Raw, today: date | None) -> Plain | Refusal | None:
        """The day as 2026-11-03; two figures for the year mean 20xx. `today` unknown bounds nothing."""
        text = take_one(raw, self.name)
        if text == "":
            text = self._join(raw)
        if isinstance(text, Refusal) or not text:
            return text or None
        day = _understand(text)
        if day is None:
            if self.constraint:  # which may not take the example
                return self.refuse("{title} must be a real date, day first")
            like = self.examples(today)[0]
            told = f"{like.day}/{like.month}/{like.year}"
            return self.refuse("{title} must be a real date, day first, like {day}", day=told)
        return self._bound(day, today)

    def say(self, value: Plain, language: str = ENGLISH) -> str:
        """The day in words: 3 November 2026."""
        day = _understand(str(value))
        return say_day(day, language) if day else str(value)

    def weigh(self, value: Plain) -> str | float:
        """The day as rules count it: days since the start of 1970."""
        day = _understand(str(value))
        return day_number(day) if day else ""

    def lacks(self) -> Refusal:
        """Ask for the date."""
        return self.refuse("Please give a date for: {title}")

    def draw(self, raw: Raw) -> Field:
        """Three boxes, filled from the one text where it can be understood."""
        field = super().draw(raw)
        day = _understand(field.value.strip())
        shown = (str(day.day), str(day.month), str(day.year)) if day else self._typed(raw)
        boxes = tuple(
            Box(
                f"{self.name}-{part}",
                f"{self.name}-{part}",
                part.capitalize(),
                text,
                4 if part == "year" else 2,
            )
            for part, text in zip(_PARTS, shown, strict=True)
        )
        return replace(field, id=boxes[0].id, boxes=boxes, inputmode="numeric")

    def examples(self, today: date | None) -> tuple[date, ...]:
        """Days that would be taken, the likeliest first: a coming one where the question may ask for that."""
        start = today or _SOME_DAY
        earliest, latest = (_limit(bound, start) for bound in (self.earliest, self.latest))
        may_come = (latest is not None and latest > start) or (earliest is not None and earliest >= start)
        days = (_SOON, -_SOON, 0) if may_come else (-_SOON, 0, _SOON)
        near = (start + timedelta(each) for each in days)
        return tuple(min(max(day, earliest or day), latest or date.max) for day in near)

    def faults(self) -> list[str]:
        """Bounds that are no dates, or that no date can meet."""
        found = [
            f"{name} must be a date like 2026-11-03, or today"
            for name, bound in (("earliest", self.earliest), ("latest", self.latest))
            if bound not in {"", "today"} and (not _ISO.fullmatch(bound) or _understand(bound) is None)
        ]
        earliest, latest = _limit(self.earliest, None), _limit(self.latest, None)
        if earliest and latest and earliest > latest:
            found.append("earliest is after latest")
        return found

    def _typed(self, raw: Raw) -> tuple[str, ...]:
        return tuple("".join(raw.get(f"{self.name}-{part}", ())[:1]) for part in _PARTS)

    def _join(self, raw: Raw) -> str | Refusal:
        typed = [text.strip() for text in self._typed(raw)]
        if not any(typed):
            return ""
        if not all(typed):
            return self.refuse("{title} must have a day, a month and a year")
        return "/".join(typed)

    def _bound(self, day: date, today: date | None) -> Plain | Refusal:
        earliest, latest = (_limit(bound, today) for bound in (self.earliest, self.latest))
        if earliest and day < earliest:
            return self.refuse("{title} cannot be before {day}", day=earliest)
        if latest and day > latest:
            if self.latest == "today":
                return self.refuse("{title} cannot be after today")
            return self.refuse("{title} cannot be after {day}", day=latest)
        return day.isoformat()


def say_day(day: date, language: str = ENGLISH) -> str:
    """A day in words: 3 November 2026."""
    return f"{day.day} {say_phrase(language, MONTHS[day.month - 1])} {day.year}"


def _limit(bound: str, today: date | None) -> date | None:
    return today if bound == "today" else _understand(bound)


def _understand(text: str) -> date | None:
    plain = ascii_digits(text)
    found = _ISO.fullmatch(plain) or _SPOKEN.fullmatch(plain)
    if found is None:
        return None
    month = _month(found["month"])
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    try:
        return date(year, month, int(found["day"]))
    except ValueError:
        return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    word = text.lower()
    if word == "sept":
        return 9
    whole = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
    return whole.get(word) or {name[:3]: number for name, number in whole.items()}.get(word, 0)
