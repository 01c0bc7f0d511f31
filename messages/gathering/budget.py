"""The contact budget: the day on which what waits for somebody goes, so that they hear of it once a week."""

from dataclasses import dataclass
from datetime import date, timedelta

from messages.chasing.quiet import quiet_week
from messages.days.calendar import WorkingCalendar

#: Working days before and after its due date on which a letter waits for no week.
NEARLY_DUE = 2
WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of somebody who is written to."""

    #: The weekday on which they like to hear of everything, Monday being 0; None while they have chosen none.
    digest_day: int | None = None
    #: The local day of the last message that asked them for something; None before the first.
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One letter that waits for them."""

    due_on: date
    calendar: WorkingCalendar
    #: News that cannot wait, such as what a colleague has handed over.
    is_news: bool = False


def day_for(reader: Reader, letter: Waiting, today: date) -> date:
    """The day on which a letter goes that waits for its reader: today, or a later one to look again on.

    A reader who has chosen a weekday hears on that day, or on the working day after it; one who has not,
    a week after they last heard. Sooner goes only what is news, or due within two working days. In the
    first five school days after a long holiday, and the last five before it, one message is enough.
    Raises CalendarEnds where the term dates do not reach.
    """
    if letter.is_news:
        return today
    day = min(filter(None, (_weekly(reader, letter.calendar, today), _nearly_due(letter, today))))
    week = quiet_week(letter.calendar, day)
    if week is not None and reader.last_on is not None and reader.last_on >= week[0]:
        return max(day, letter.calendar.next_working(week[1] + ONE_DAY))
    return day


def _weekly(reader: Reader, calendar: WorkingCalendar, today: date) -> date:
    """The next day on which the reader is to hear of everything."""
    if reader.digest_day is None:
        since = today if reader.last_on is None else max(today, reader.last_on + WEEK)
        return calendar.next_working(since)
    chosen = today - timedelta(days=(today.weekday() - reader.digest_day) % 7)
    moved = calendar.next_working(chosen)
    has_heard = reader.last_on is not None and reader.last_on >= chosen
    return moved if moved >= today and not has_heard else calendar.next_working(chosen + WEEK)


def _nearly_due(letter: Waiting, today: date) -> date | None:
    """The next day on which it is due within two working days, or was; None when that is past."""
    first = letter.calendar.add(letter.due_on, -NEARLY_DUE)
    if today <= letter.calendar.add(letter.due_on, NEARLY_DUE):
        return letter.calendar.next_working(max(today, first))
    return None
