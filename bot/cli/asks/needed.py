"""What one agency still owes, as a page to have open while ringing it; and all agencies, a line each."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.cli.table import lay_out, say_day, say_moment, wrap
from messages.chasing.addressees import words_of
from messages.letters.counted import counted
from messages.letters.seat_words import seat_meant
from messages.standing.owing import Debt
from messages.standing.rag import Rag
from store.asking.extension import Extension, ExtensionState
from store.database import Session
from store.people import person, seat
from store.people.agency import Agency
from store.people.board import Board
from store.people.seat import SeatRole


def list_line(session: Session, boards: Iterable[Board], where: Agency) -> list[str]:
    """Who fills which seat of an agency today, with their addresses, one line a seat."""
    lines = []
    for board in boards:
        held = seat.line(session, board.id, [where.id]).get(where.id, {})
        for role in SeatRole:
            if role not in held:
                continue
            address = person.email_of(session, held[role].id)
            shown = f"{role.words}: {held[role].name}" + (f", {address.value}" if address else ", no address")
            away = held[role].away_until
            lines.append(shown + (f" (away until {say_day(away)})" if away else ""))
    return list(dict.fromkeys(lines))


def say_upper(where: Agency) -> str:
    """Who stands above the line manager at an agency of its kind, in the order of the ladder."""
    upper = ("board_member", "subgroup_chair", "chief_officer")
    meant = [words_of(seat_meant(role, is_school=where.is_school)) for role in upper]
    return ", ".join(dict.fromkeys(meant))


def tell_debt(debt: Debt, zone: ZoneInfo) -> list[str]:
    """All that is known of one debt, in paragraphs."""
    lines = [f"{debt.what} [{debt.reference}]", f"    {debt.judgement}"]
    due = f"due {say_day(debt.due_on)}"
    if debt.due_on != debt.original_due_on:
        due += f", first due {say_day(debt.original_due_on)}"
    lines.append(wrap(due, "    "))
    lines += [wrap(f"more time: {say_extension(one)}", "    ") for one in debt.extensions]
    holder = (debt.holder or "nobody") + (", to whom it was handed over" if debt.handed_over else "")
    lines.append(wrap(f"rests with {holder}", "    "))
    if debt.hold is not None:
        lines.append(wrap(f"on hold until {say_day(debt.hold.until)}: {debt.hold.reason}", "    "))
    if debt.drafted:
        lines.append(wrap(f"{counted(debt.drafted, 'letter')} waiting for a yes", "    "))
    lines += [
        wrap(f"to ring: {one.text} (`cascade record done {one.reference}`)", "    ") for one in debt.calls
    ]
    following = f"{say_moment(debt.next.at, zone)}: {debt.next.text}" if debt.next.at else debt.next.text
    lines.append(wrap(f"next, if nobody answers: {following}", "    "))
    return lines


def say_extension(one: Extension) -> str:
    """One request for more time, and what became of it."""
    asked = f"{counted(one.working_days, 'working day')} asked for on {say_day(one.asked_at.date())}"
    match one.state:
        case ExtensionState.ASKED:
            return f"{asked} ({one.reason}): a person decides"
        case ExtensionState.GRANTED:
            return (
                f"{asked} ({one.reason}): granted, from {say_day(one.due_before)} to {say_day(one.due_after)}"
            )
        case ExtensionState.DECLINED:
            return f"{asked} ({one.reason}): declined"


def sum_up(debts: Iterable[Debt], zone: ZoneInfo) -> str:
    """All agencies that owe something, a line each, those with most past its day first."""
    ordered = sorted(debts, key=lambda debt: debt.agency.folded)
    groups = [list(owed) for _, owed in groupby(ordered, key=lambda debt: debt.agency.id)]
    groups.sort(key=lambda owed: -sum(debt.judgement.rag is Rag.RED for debt in owed))
    headings = ("Agency", "Open", "Red", "Amber", "Grey", "On hold", "More time", "A yes", "Ring", "Next")
    return lay_out(headings, [_sum_one(owed, zone) for owed in groups])


def _sum_one(owed: list[Debt], zone: ZoneInfo) -> tuple[object, ...]:
    coming = min((debt.next.at for debt in owed if debt.next.at), default=None)
    following = next((debt.next.text for debt in owed if coming and debt.next.at == coming), "nothing")
    return (
        owed[0].agency.name,
        len(owed),
        *(sum(debt.judgement.rag is rag for debt in owed) for rag in (Rag.RED, Rag.AMBER, Rag.GREY)),
        sum(debt.hold is not None for debt in owed),
        sum(bool(debt.extensions) for debt in owed),
        sum(debt.drafted for debt in owed),
        sum(len(debt.calls) for debt in owed),
        f"{say_moment(coming, zone)}: {following}" if coming else following,
    )


def document(debt: Debt, zone: ZoneInfo) -> dict[str, object]:
    """One debt as JSON."""
    at = debt.next.at.astimezone(zone).isoformat() if debt.next.at else None
    request = debt.request
    return {
        "ask": debt.reference,
        "campaign": debt.campaign,
        "agency": debt.agency.name,
        "what": debt.what,
        "due": debt.due_on,
        "original_due": debt.original_due_on,
        "days": debt.days,
        "rag": debt.judgement.rag.value,
        "reason": debt.judgement.reason,
        "holder": debt.holder or None,
        "handed_over": debt.handed_over,
        "hold": {"until": debt.hold.until, "reason": debt.hold.reason} if debt.hold else None,
        "more_time": {"working_days": request.working_days, "reason": request.reason} if request else None,
        "extensions": [_extension(one) for one in debt.extensions],
        "awaiting_yes": debt.drafted,
        "calls": [{"chore": one.reference, "text": one.text} for one in debt.calls],
        "next": {"at": at, "text": debt.next.text},
    }


def _extension(one: Extension) -> dict[str, int | str | date]:
    return {
        "working_days": one.working_days,
        "reason": one.reason,
        "state": one.state.value,
        "due_before": one.due_before,
        "due_after": one.due_after,
    }
