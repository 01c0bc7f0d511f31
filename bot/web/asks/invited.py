"""Invited: the colleagues who were asked to fill in sections of a form, as whoever invited them sees it."""

from dataclasses import dataclass

from bot.web.asks.door import Visit
from store.database import Session
from store.people.person import Person
from store.surveying import contributor


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation of somebody who can still take it up; `section` is empty where it is to the whole."""

    name: str
    section: str
    title: str


def find_invited(session: Session, visit: Visit) -> list[Invited]:
    """Who was invited to what, in the order of the invitations."""
    titles = {section.name: section.title for section in visit.form.sections}
    found = [
        (one, session.get_one(Person, one.person_id)) for one in contributor.of_ask(session, visit.ask.id)
    ]
    return [
        Invited(taker.name, one.section or "", titles.get(one.section or "", "any of it"))
        for one, taker in found
        if taker.left_at is None
    ]
