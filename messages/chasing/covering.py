"""Covering: whether whoever stands in for somebody out of reach has heard of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from messages.chasing.addressees import Addressee
from messages.chasing.chase import BACK, COVER
from store.letters.touch import Touch, TouchState

#: The notice that somebody is gone for good, in the same words: one of an absence does not stand for it.
GONE = f"{COVER.name}_gone"


#: A notice in one of these states was heard by nobody.
NEVER_WENT = (TouchState.DROPPED, TouchState.REFUSED)


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice to whoever stands in: what it is called, and whether they have had it."""

    name: str
    is_given: bool


def notice_of(
    rows: Sequence[Touch], stand_in: Addressee, away_since: datetime | None, *, is_gone: bool
) -> Notice:
    """Find the notice of a present absence among an ask's touches, or the name for a new one.

    One absence is told once to each person who stands in; where nobody does, that is noted once.
    """
    base = GONE if is_gone else COVER.name
    alike = [row for row in rows if base_of(row.rung) == base]
    heard = [
        row
        for row in alike
        if row.person_id == stand_in.person_id and (row.state is TouchState.SKIPPED) == bool(stand_in.skipped)
        # Those who are gone are gone; an absence ends, and the next one is news again.
        if (is_gone or away_since is None or row.climbed_at >= away_since) and row.state not in NEVER_WENT
    ]
    name = base if not alike else f"{base} {len(alike) + 1}"
    return Notice(name, bool(heard))


def is_notice(rung: str) -> bool:
    """Whether a touch's rung is such a notice, which is no rung of the ladder."""
    return base_of(rung) in (COVER.name, GONE)


def words_rung(rung: str) -> str:
    """The rung under which the words of a letter are kept: all notices share those of the first."""
    if base_of(rung) == BACK.name:
        return BACK.name
    return COVER.name if is_notice(rung) else rung


def base_of(rung: str) -> str:
    """A rung's name without the number that tells a repeated notice from the first."""
    return rung.partition(" ")[0]
