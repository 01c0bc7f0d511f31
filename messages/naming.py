"""Naming: what follows goes to whoever an answer has named for it, as to the author of a report."""

from datetime import datetime

from messages import handing_over
from messages.campaign_rules import hands_on_of
from messages.known_domains import is_known_domain
from store import ask, decision, response, seat
from store.alarm import DueAsk
from store.database import Session
from store.person import Person

#: What the decisions are called by which this was seen to, once for each ask.
SEEN_TO = ("handed over", "hand-over asked", "named elsewhere")


def hand_on(session: Session, one: DueAsk, now: datetime) -> bool:
    """Hand an ask that has just opened to whoever the answer before it names; tells whether it was.

    Somebody outside the agency's known domains is proposed to a coordinator, as with any hand-over, and the
    ask stays meanwhile where it is. A person's later choice is never undone: it is looked at once.
    """
    rule, asked = hands_on_of(one.campaign), one.ask
    if rule is None or not asked.state.is_live or asked.seat_id is None:
        return False
    before = ask.preceding(session, asked)
    if not before or before[-1][1].key != rule["step"]:
        return False
    if any(decision.latest(session, asked.id, what) for what in SEEN_TO):
        return False
    given = response.current(session, before[-1][0].id)
    name, email = (
        str((given.answers if given else {}).get(rule[key], "")).strip() for key in ("name", "email")
    )
    holder = seat.holder(session, asked.seat_id)
    has_it = session.get(Person, asked.delegate_id) if asked.delegate_id else holder
    if not (name and email):
        return False
    if not is_known_domain(session, one.agency, email):
        giver = (session.get(Person, given.author_id) if given and given.author_id else None) or has_it
        if giver is not None:
            handing_over.propose(session, asked, giver, name, email.lower(), now)
        return False
    by = f"the answer to “{before[-1][1].title}”"
    taken = handing_over.hand_over(
        session, asked, has_it.id if has_it else None, name, email.lower(), now, by
    )
    if isinstance(taken, str):
        decision.note_about(session, asked, now, "named elsewhere", taken, by)
        return False
    return True
