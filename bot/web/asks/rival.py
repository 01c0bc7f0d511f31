"""Rival: what a colleague saved meanwhile, told beside what somebody typed at the same time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.web.asks.door import Visit
from store.asking.ask import Ask
from store.asking.campaign import Step
from store.database import Session
from store.people import standing
from store.people.person import Person
from store.surveying.draft import Draft
from surveys.answering.differences import Beside, Difference
from surveys.forms.section import Section
from surveys.paging.keystrokes import Raw


@dataclass(frozen=True, slots=True)
class Rival:
    """Who saved what meanwhile, and where it differs: theirs as `before`, one's own as `now`."""

    by: str
    at: datetime
    differences: Sequence[Difference]


def say_who(session: Session, asked: Ask, saved_by: UUID, reader: Person) -> str:
    """Who saved something, as a role and never as a name."""
    if saved_by == reader.id:
        return "you, on another page"
    role = standing.of(session, asked, saved_by)
    if role is None:
        return "a colleague who has since changed roles"
    if role == standing.CONTRIBUTOR:
        return "a colleague who was invited to help"
    words = session.get_one(Step, asked.step_id).role.words if role == "asked" else role.replace("_", " ")
    return f"the {words}"


def tell_rival(
    visit: Visit, theirs: Draft | None, by: str, sections: Sequence[Section], mine: Raw, today: date
) -> Rival | None:
    """What was saved meanwhile beside what was typed; None where nothing was saved.

    `mine` is the whole form as it is typed now, `sections` those of it that were saved.
    """
    if theirs is None:
        return None
    rest = {name: texts for name, texts in mine.items() if not any(each.owns(name) for each in sections)}
    beside = Beside(visit.form, sections, visit.earlier, today, visit.files)
    return Rival(by, theirs.saved_at, beside.compare({**rest, **theirs.raw}, mine))
