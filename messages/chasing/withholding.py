"""Withholding: why a question whose day has come is not put to somebody after all."""

from store.answers import response
from store.asking import ask
from store.asking.ask import AskState
from store.database import Session
from store.letters.alarm import DueAsk
from store.people.person import Person


def why_withheld(session: Session, one: DueAsk) -> str:
    """Why it is called back on its day, by what was said to the steps before; empty where it is put."""
    named = session.get(Person, one.ask.person_id) if one.ask.person_id else None
    if named is not None and named.left_at is not None:
        return f"{named.name} has left"
    unless = one.step.withheld_if or {}
    for earlier, step in ask.preceding(session, one.ask):
        if earlier.state is AskState.DECLINED:
            return f"“{step.title}” was said not to be for them"
        if step.key != unless.get("step"):
            continue
        given = response.current(session, earlier.id)
        if given is not None and given.answers.get(unless["question"]) == unless["answer"]:
            return str(unless["because"])
    return ""
