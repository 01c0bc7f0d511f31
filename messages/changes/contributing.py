"""Contributing: a colleague fills in part of a form, and gets a letter with a link of their own."""

from datetime import datetime
from uuid import UUID

from messages.changes.wished import write_wished
from messages.proof.known_domains import is_known_domain
from store.asking import campaign
from store.asking.ask import Ask, AskState
from store.database import Session
from store.decision import note_about
from store.people import person
from store.people.agency import Agency
from store.people.person import Person
from store.people.standing import CONTRIBUTOR
from store.surveying import contributor

#: The rung of the letter, by which a board may write words of its own for it.
RUNG = "invited"
REASON = "a colleague asked for help with part of the form"


def invite(
    session: Session,
    asked: Ask,
    giver: Person,
    name: str,
    email: str,
    section: str | None,
    now: datetime,
) -> Person | str:
    """Let a colleague fill in a section, or all where it is None, and write to them; or say why not."""
    if asked.state is not AskState.ASKED:
        return "There is nothing to fill in: this is not owed any more."
    if not is_known_domain(session, session.get_one(Agency, asked.agency_id), email):
        return (
            f"{email} is outside the mail domains that we know for your agency. "
            "Ask the board to add its domain, or use your colleague's work address."
        )
    words = _words(session, asked)
    if words is None:
        return "No letter is written for this yet: please ask the board."
    taker = person.keep(session, name, email)
    if taker.left_at is not None:
        return f"We were told that {taker.name} has left."
    if taker.id == giver.id:
        return "That is your own address: you can fill in every section already."
    is_new = not contributor.is_invited(session, asked.id, taker.id)
    contributor.invite(session, asked.id, taker.id, section, giver.id, now)
    if is_new:
        write_wished(session, asked, taker.id, CONTRIBUTOR, RUNG, words, REASON, now)
        note_about(
            session, asked, now, "invited", f"{taker.name}, to help with the form", giver.name, taker.id
        )
    return taker


def _words(session: Session, asked: Ask) -> UUID | None:
    saved = campaign.words(session, [asked.step_id])
    return next((words.id for words in saved if (words.rung, words.role) == (RUNG, CONTRIBUTOR)), None)
