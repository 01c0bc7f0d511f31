"""Keeping: a ladder that somebody typed becomes the next version of a step's, while asks climb it."""

from dataclasses import dataclass
from datetime import datetime

from messages.chasing.ladder import Ladder
from messages.ladders.fitness import find_faults
from messages.ladders.typed import Fault, read_typed
from messages.launching.compose import save_ladder
from store.asking import campaign
from store.asking.campaign import Campaign, LadderVersion, Step
from store.database import Session
from store.decision import note
from store.letters import touch

#: What the decision is called.
CHANGED = "ladder changed"


@dataclass(frozen=True, slots=True)
class Kept:
    """The version that stands now, and what was said of the change; without a version nothing changed."""

    version: LadderVersion | None
    changes: tuple[str, ...]


def keep_ladder(
    session: Session, step: Step, text: str, now: datetime, by: str, reason: str = ""
) -> Kept | list[Fault]:
    """Keep a ladder as typed in TOML as a step's newest, or tell what is wrong with it, line by line.

    Asks under way go on by the names of rungs: what they climbed stays climbed, whatever becomes of it.
    """
    typed = read_typed(text)
    if isinstance(typed, list):
        return typed
    before = Ladder.from_json(campaign.ladder(session, step.id).rungs)
    words = {(saved.rung, saved.role) for saved in campaign.words(session, [step.id])}
    faults = find_faults(typed, words, before, touch.climbed(session, step.id))
    if faults:
        return faults
    changes = tell_changes(before, typed.ladder)
    if not changes:
        return Kept(None, ())
    kept = save_ladder(session, step.id, typed.ladder)
    board_id = session.get_one(Campaign, step.campaign_id).board_id
    said = f"{step.key}, version {kept.version}: {'; '.join(changes)}" + (f"; {reason}" if reason else "")
    note(session, now, CHANGED, said[:1000], by, board_id=board_id, campaign_id=step.campaign_id)
    return Kept(kept, changes)


def tell_changes(before: Ladder, after: Ladder) -> tuple[str, ...]:
    """What differs between two ladders, rung by rung, in words; empty where nothing does."""
    said = [f"“{rung.name}” is gone" for rung in before.rungs if after.rung(rung.name) is None]
    for rung in after.rungs:
        old = before.rung(rung.name)
        if old is None:
            said.append(f"“{rung.name}” is new, {rung.days:+d} from {rung.anchor}")
        elif (old.anchor, old.days) != (rung.anchor, rung.days):
            said.append(
                f"“{rung.name}” moves from {old.days:+d} ({old.anchor}) to {rung.days:+d} ({rung.anchor})"
            )
        elif old != rung:
            said.append(f"“{rung.name}” changes what it does")
    if before.lapse_days != after.lapse_days:
        said.append(f"it lapses at {after.lapse_days:+d}, not {before.lapse_days:+d}")
    return tuple(said)
