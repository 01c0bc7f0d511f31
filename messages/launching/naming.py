"""Naming: what follows goes to whoever an answer has named for it, as to the author of a report."""

from datetime import datetime

from messages.changes import handing_over
from messages.launching.campaign_rules import hands_on_of
from messages.proof.known_domains import is_known_domain
from store import decision
from store.answers import response
from store.answers.response import Response
from store.asking import ask
from store.asking.ask import Ask
from store.database import Session
from store.decision import Decision
from store.letters.alarm import DueAsk
from store.people import person, seat
from store.people.person import Person

#: What the decisions are called by which this was seen to, once for each ask.
SEEN_TO = ("handed over", "hand-over asked", "named elsewhere")


def hand_on(session: Session, one: DueAsk, now: datetime) -> bool:
    """Hand an ask that has just opened to whoever the answer before it names; tells whether it was.

    Somebody outside the agency's known domains is proposed to a coordinator, as with any hand-over, and the
    ask stays meanwhile where it is. A person's later choice is never undone: it is looked at once, and again
    where the answer is corrected while the ask is still with whoever it named before.
    """
    rule, asked = hands_on_of(one.campaign), one.ask
    if rule is None or not asked.state.is_live or asked.seat_id is None:
        return False
    before = ask.preceding(session, asked)
    source = next((pair for pair in before if pair[1].key == rule["step"]), None)
    if source is None:
        return False
    given = response.current(session, source[0].id)
    name, email = (_read(given, rule[key]) for key in ("name", "email"))
    holder = seat.holder(session, asked.seat_id)
    has_it = session.get(Person, asked.delegate_id) if asked.delegate_id else holder
    is_new = source == before[-1] and not any(_seen_to(session, asked))
    if not (name and email and (is_new or _is_corrected(session, asked, given, has_it, rule["email"]))):
        return False
    if not is_known_domain(session, one.agency, email):
        giver = (session.get(Person, given.author_id) if given and given.author_id else None) or has_it
        if giver is not None:
            handing_over.propose(session, asked, giver, name, email.lower(), now)
        return False
    by = f"the answer to “{source[1].title}”"
    taken = handing_over.hand_over(
        session, asked, has_it.id if has_it else None, name, email.lower(), now, by
    )
    if isinstance(taken, str):
        decision.note_about(session, asked, now, "named elsewhere", taken, by)
        return False
    return True


def _read(given: Response | None, name: str) -> str:
    return str((given.answers if given else {}).get(name, "")).strip()


def _seen_to(session: Session, asked: Ask) -> list[Decision]:
    found = (decision.latest(session, asked.id, what) for what in SEEN_TO)
    return [one for one in found if one is not None]


def _is_corrected(
    session: Session, asked: Ask, given: Response | None, has_it: Person | None, name: str
) -> bool:
    """Whether the answer names another now, while the ask is with whoever it named before."""
    earlier = response.superseded(session, given.ask_id) if given is not None else []
    if given is None or has_it is None or not earlier:
        return False
    was = person.by_address(session, _read(earlier[-1], name).lower())
    now = person.by_address(session, _read(given, name).lower())
    if was is None or was.id != has_it.id or was == now:
        return False
    return all(one.at < given.at for one in _seen_to(session, asked))
