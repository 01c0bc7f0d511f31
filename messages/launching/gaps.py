"""Gaps: what stops no launch but leaves somebody unreached later, and whom only a telephone reaches."""

from datetime import date

from messages.chasing.addressees import ASKED, HOLIDAY, OFFICE_LINE, SCHOOL_LINE, Reach, words_of
from messages.chasing.batch import Batch
from messages.launching.rehearsal import Walk
from store.asking.campaign import MailKind
from store.letters.alarm import DueAsk
from store.people.board import OfficeRole

#: Roles filled by the board itself: a gap there is told once, not for every agency.
OFFICES = frozenset(role.value for role in OfficeRole)
#: The last addressee of an agency, whom few boards list: a gap is told only where nobody has named one.
LAST = "chief_officer"


def find_gaps(batch: Batch, walk: Walk, today: date) -> list[str]:
    """What an agency lacks for the whole ladder, in words; the offices of the board are not looked at."""
    first = walk.asks[0]
    line = _line(batch, first, today)
    roles = [role for role in _roles(batch, walk) if role not in OFFICES and role != LAST]
    gaps = [said for role in roles if (said := _lack(role, line.get(role)))]
    if walk.ends is not None:
        gaps.append(str(walk.ends))
    return gaps


def find_empty_offices(batch: Batch, walks: list[Walk], today: date) -> list[str]:
    """The offices of the board that a ladder names and nobody reachable holds."""
    said = {}
    for walk in walks:
        line = _line(batch, walk.asks[0], today)
        for role in _roles(batch, walk):
            if role in OFFICES and (lack := _lack(role, line.get(role))):
                said[role] = lack
    named = [_line(batch, walk.asks[0], today).get(LAST) for walk in walks if LAST in _roles(batch, walk)]
    if named and not any(named):
        said[LAST] = f"no agency has named its {words_of(LAST)}, to whom the last rung writes"
    return list(said.values())


def find_calls(batch: Batch, walk: Walk, today: date) -> str:
    """Why an agency has to be rung about an urgent lesson; empty when a letter reaches it."""
    if not walk.asks[0].campaign.is_urgent:
        return ""
    first = [act.turn for act in walk.acts if act.turn.rung.is_first]
    if not any(HOLIDAY in turn.rung.to for turn in first) and walk.ends is None:
        return ""
    if walk.ends is None and batch.almanac.of(walk.agency).is_working(today):
        return ""
    written = any(addressee.role == HOLIDAY for turn in first for addressee in turn.letters)
    if written:
        return ""
    lack = _lack(HOLIDAY, _line(batch, walk.asks[0], today).get(HOLIDAY))
    return f"closed today, and {lack}" if lack else ""


def _roles(batch: Batch, walk: Walk) -> list[str]:
    """The roles that the ladders of an agency's asks may come to, in the order of the climb."""
    is_task = walk.asks[0].campaign.kind is MailKind.TASK and not walk.asks[0].ask.is_personal
    wanted = ["deputy", "line_manager", "board_member"] if is_task else []
    if is_task and walk.agency.is_school:
        wanted.append(HOLIDAY)
    for one in walk.asks:
        wanted += [role for rung in batch.ladders[one.step.id].rungs for role in rung.to]
    meant = SCHOOL_LINE if walk.agency.is_school else OFFICE_LINE
    roles = dict.fromkeys(meant.get(role, role) for role in wanted)
    roles.pop(ASKED, None)
    if not walk.agency.is_school:
        roles.pop(HOLIDAY, None)
    return list(roles)


def _line(batch: Batch, one: DueAsk, today: date) -> dict[str, Reach]:
    return batch.people[one.ask.board_id].line(one.ask, one.step, one.campaign, today)


def _lack(role: str, found: Reach | None) -> str:
    if found is None:
        return f"no {words_of(role)} is named"
    return f"the {words_of(role)}, {found.name}, {found.barred}" if found.barred else ""
