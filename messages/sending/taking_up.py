"""Taking up: letters that were kept back go anew, for whoever they are for now."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from messages.chasing.batch import Batch, find_addressees, gather_facts, rest_of
from messages.chasing.chase import COVER
from messages.chasing.covering import is_notice
from store.asking.campaign import Campaign
from store.database import Session
from store.letters import anew
from store.letters.alarm import DueAsk
from store.letters.touch import Touch, TouchState


def take_up(batch: Batch, one: DueAsk) -> list[Touch]:
    """After a hold or a pause, let letters go that were held back: a rung is climbed only once."""
    taken: list[Touch] = []
    for row, over in held_back(batch, one):
        if over:
            row.state, row.reason, row.delivery_id = TouchState.DROPPED, over, None
        else:
            _go(batch, one, row, f"it had been held back ({row.reason})")
            taken.append(row)
    return taken


def held_back(batch: Batch, one: DueAsk) -> list[tuple[Touch, str]]:
    """The letters of an ask that are held back, each with why it is not taken up now; empty where it is.

    Of several rungs one goes, the first letter before all, and the next comes on another day. Reads only.
    """
    if rest_of(batch, one) or not one.ask.state.is_live:
        return []
    rows = [row for row in batch.touched.get(one.ask.id, ()) if row.state is TouchState.HELD]
    goes, found = "", []
    for row in sorted(rows, key=_pressing, reverse=True):
        over = _why_not(batch, one, row)
        if not over and goes and row.rung != goes:
            over = f"overtaken by “{goes}”"
        goes = goes or ("" if over else row.rung)
        found.append((row, over))
    return found


def send_again(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo) -> int:
    """Let first letters go again that were refused or are in doubt; tells how many.

    Only where it is still owed, by whoever the letter was for, and they had no other first letter since.
    """
    lost = anew.lost(session, wanted.id)
    if not lost:
        return 0
    batch = gather_facts(session, list({one.ask.id: one for _, one in lost}.values()), now, zone)
    again = 0
    for row, one in lost:
        if _why_not(batch, one, row) or _had_another(batch, one, row):
            continue
        _go(batch, one, row, "sent again")
        again += 1
    return again


def _go(batch: Batch, one: DueAsk, row: Touch, reason: str) -> None:
    # The moment in which it goes, so that the next rung comes on a later day.
    is_prompt = row.is_first and one.campaign.is_urgent
    at = batch.now if is_prompt else batch.almanac.polite(one.agency, batch.now, batch.zone)
    row.state, row.reason = TouchState.TO_SEND, reason
    row.climbed_at = row.not_before = at
    anew.free(batch.session, row, at, at.astimezone(batch.zone).date())


def _why_not(batch: Batch, one: DueAsk, row: Touch) -> str:
    """Why a letter that was kept back is for nobody any more; empty when it may go."""
    today = batch.now.astimezone(batch.zone).date()
    people = batch.people[one.ask.board_id]
    if is_notice(row.rung) and not people.unreachable(one.ask, one.step, one.campaign, today):
        return "whoever was asked can be reached again"
    [found] = find_addressees(batch, one, replace(COVER, name=row.rung, to=(row.role,)))
    if found.skipped or found.person_id != row.person_id:
        return found.skipped or "somebody else has the seat now"
    return ""


def _had_another(batch: Batch, one: DueAsk, row: Touch) -> bool:
    return any(
        other.is_first and other.person_id == row.person_id and other.climbed_at > row.climbed_at
        for other in batch.touched.get(one.ask.id, ())
        if other.state in (TouchState.TO_SEND, TouchState.SENT)
    )


def _pressing(row: Touch) -> tuple[bool, datetime]:
    return row.is_first, row.climbed_at
