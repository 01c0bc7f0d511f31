"""Fitness: what keeps a ladder from being climbed as the board has promised, before it is kept."""

import itertools
from collections.abc import Collection, Iterator, Mapping

from messages.changes.contributing import RUNG as INVITED
from messages.changes.new_link import RUNG as NEW_LINK
from messages.chasing.addressees import ASKED, words_of
from messages.chasing.chase import BACK, COVER, HANDED_OVER, SENT_BACK
from messages.chasing.covering import GONE
from messages.chasing.ladder import Anchor, Ladder, Rung
from messages.ladders.typed import Fault, Typed
from messages.letters.counted import counted
from store.people.board import OfficeRole
from store.people.seat import SeatRole

#: To whom a letter of the upper rungs goes: a person reads it before it does.
UPPER = frozenset(
    {
        SeatRole.BOARD_MEMBER.value,
        SeatRole.CHAIR_OF_GOVERNORS.value,
        SeatRole.CHIEF_OFFICER.value,
        OfficeRole.SUBGROUP_CHAIR.value,
        OfficeRole.INDEPENDENT_CHAIR.value,
        OfficeRole.EDUCATION_LEAD.value,
    }
)
#: Everybody to whom a rung may be addressed.
ROLES = frozenset({ASKED, *(role.value for role in SeatRole), *UPPER})
CHANNELS = frozenset({"email"})
#: Letters beside the ladder, whose names no rung may have.
BESIDE = frozenset({BACK.name, COVER.name, GONE, HANDED_OVER.name, SENT_BACK.name, INVITED, NEW_LINK})


def find_faults(
    typed: Typed,
    words: Collection[tuple[str, str]],
    standing: Ladder | None = None,
    climbed: Mapping[str, int] | None = None,
) -> list[Fault]:
    """Everything for which a ladder cannot be kept, each with its line; empty when it can.

    `words` are the rungs and addressees that have some; `standing` is the ladder that it follows, and
    `climbed` holds how many asks under way have climbed each rung of it.
    """
    faults = [
        Fault(line, f"rung “{rung.name}”: {said}")
        for line, rung in zip(typed.lines, typed.ladder.rungs, strict=True)
        for said in _complain(rung, words)
    ]
    faults += _misplaced(typed)
    faults += _unapproved(typed)
    if standing is not None:
        faults += _renamed(typed, standing, climbed or {})
    last = max((rung.days for rung in typed.ladder.rungs if rung.anchor is Anchor.DUE), default=-1)
    if typed.ladder.lapse_days < 0:
        faults.append(Fault(typed.lapse_line, "it would lapse before it is due"))
    elif typed.ladder.lapse_days <= last:
        said = f"it would lapse before its last rung, {counted(last, 'working day')} after it is due"
        faults.append(Fault(typed.lapse_line, f"{said}: say lapse_days = {last + 1} or more"))
    return sorted(faults, key=lambda fault: fault.line)


def _complain(rung: Rung, words: Collection[tuple[str, str]]) -> Iterator[str]:
    """What is wrong with one rung by itself."""
    if rung.name in BESIDE:
        yield "a letter beside the ladder is called so; choose another name"
    for role in rung.to:
        if role not in ROLES:
            yield f"nobody is called {role!r}; there are: {', '.join(sorted(ROLES))}"
        elif (rung.name, role) not in words:
            yield f"no words are saved for the {words_of(role)}: save some first, with `cascade words`"
    if len(set(rung.to)) < len(rung.to):
        yield "it names an addressee twice"
    yield from _complain_of_rules(rung)


def _complain_of_rules(rung: Rung) -> Iterator[str]:
    unknown = sorted(set(rung.channels) - CHANNELS)
    if unknown:
        yield f"there is no channel {', '.join(unknown)}; there is: {', '.join(sorted(CHANNELS))}"
    if rung.anchor is Anchor.ISSUE and rung.days < 0:
        yield "nothing is written before it is asked"
    above = sorted(set(rung.to) & UPPER)
    if above and not rung.approval and not rung.is_first:
        yield f"a letter to the {words_of(above[0])} is read by a person before it goes: say approval = true"


def _misplaced(typed: Typed) -> Iterator[Fault]:
    """Rungs that are not a day apart, one after the other."""
    seen: set[str] = set()
    for line, rung in zip(typed.lines, typed.ladder.rungs, strict=True):
        if rung.name in seen:
            yield Fault(line, f"two rungs are called “{rung.name}”: each needs a name of its own")
        seen.add(rung.name)
    pairs = itertools.pairwise(typed.ladder.rungs)
    for line, (before, rung) in zip(typed.lines[1:], pairs, strict=True):
        if before.anchor is Anchor.DUE and rung.anchor is Anchor.ISSUE:
            yield Fault(line, f"rung “{rung.name}”: those from the day of issue stand before those from due")
        if before.anchor is not rung.anchor:
            continue
        if rung.days == before.days:
            said = f"“{before.name}” is on the same day; letters go a day apart at least"
            yield Fault(line, f"rung “{rung.name}”: {said}")
        elif rung.days < before.days:
            yield Fault(line, f"rung “{rung.name}” is out of order: its day comes before “{before.name}”")


def _unapproved(typed: Typed) -> Iterator[Fault]:
    """Rungs that would go by themselves above one that a person approves."""
    above = ""
    for line, rung in zip(typed.lines, typed.ladder.rungs, strict=True):
        if above and not rung.approval:
            said = f"a person approves “{above}”, so from there upward every letter: say approval = true"
            yield Fault(line, f"rung “{rung.name}”: {said}")
        above = above or (rung.name if rung.approval else "")


def _renamed(typed: Typed, standing: Ladder, climbed: Mapping[str, int]) -> Iterator[Fault]:
    """New names for rungs that some have climbed: those would be written to once more."""
    kept = {rung.name for rung in typed.ladder.rungs}
    gone = [one for one in standing.rungs if one.name not in kept and climbed.get(one.name)]
    for line, rung in zip(typed.lines, typed.ladder.rungs, strict=True):
        old = next((one.name for one in gone if _is_alike(one, rung)), None)
        if old and standing.rung(rung.name) is None:
            many = counted(climbed[old], "ask")
            said = f"it stands where “{old}” did, which {many} under way climbed and would climb again"
            yield Fault(line, f"rung “{rung.name}”: {said}; keep the name “{old}”, and change its words")


def _is_alike(old: Rung, new: Rung) -> bool:
    """Whether one rung may be another by a new name: on the same day, or to the same people."""
    return old.anchor is new.anchor and (old.days == new.days or old.to == new.to)
