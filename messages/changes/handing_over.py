"""Handing over: an ask goes to a colleague; to a stranger once its giver has proved who they are."""

import shlex
from datetime import datetime
from uuid import UUID

from store import chore
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign
from store.asking.round import begin_round
from store.chore import ChoreKind
from store.database import Session
from store.decision import note_about
from store.people import person
from store.people.agency import Agency
from store.people.person import Person


def why_not(ask: Ask) -> str:
    """Why an ask cannot be given to anybody else; empty where it can."""
    if ask.is_personal:
        return "This is asked of one person by name, so nobody else can answer it."
    if ask.state is not AskState.ASKED:
        return "There is nothing to hand over: this is not owed any more."
    return ""


def hand_over(
    session: Session, ask: Ask, giver_id: UUID | None, name: str, email: str, now: datetime, by: str
) -> Person | str:
    """Let a colleague answer in the agency's name. Gives the colleague, or why it cannot be done."""
    if refusal := why_not(ask):
        return refusal
    taker = person.keep(session, name, email)
    if taker.id in (ask.delegate_id, giver_id):
        return f"{email} has it already."
    if taker.left_at is not None:
        return f"We were told that {taker.name} has left."
    ask.delegate_id = taker.id
    session.flush()
    note_about(session, ask, now, "handed over", f"to {taker.name}", by, taker.id)
    begin_round(session, ask, now, f"handed over to {taker.name}")
    chore.finish(session, ChoreKind.DECIDE_HANDOVER, str(ask.id), by, now)
    return taker


def propose(session: Session, ask: Ask, giver: Person, name: str, email: str, now: datetime) -> None:
    """Keep a wish to hand over to a stranger for a coordinator, who knows or can find out who that is."""
    agency, campaign = session.get_one(Agency, ask.agency_id), session.get_one(Campaign, ask.campaign_id)
    chore.open_once(
        session,
        ChoreKind.DECIDE_HANDOVER,
        str(ask.id),
        f"{giver.name} of {agency.name} would like {name} ({email}) to answer {campaign.slug}-{ask.number}. "
        "The address is outside the agency's known domains: check it, then use: "
        f"cascade hand-over {campaign.slug}-{ask.number} --to {shlex.quote(email)} "
        f"--name {shlex.quote(name)}",
        now,
        board_id=ask.board_id,
        agency_id=agency.id,
        ask_id=ask.id,
    )
    note_about(
        session,
        ask,
        now,
        "hand-over asked",
        f"to {name}, outside the agency's known domains; a person decides",
        "the representative",
        giver.id,
    )
