"""`cascade owed`: what is still needed, from whom, how pressing it is, and what comes next."""

from zoneinfo import ZoneInfo

import click

from bot.cli.named import find_agency, find_board
from bot.cli.options import json_option, show_json, with_house
from bot.cli.table import lay_out, say_day, say_moment
from bot.wiring import House
from messages.counted import counted
from messages.owing import Debt, list_debts
from store.database import Session


@click.command()
@click.option("--agency", metavar="AGENCY", help="Only what this agency owes, by its name.")
@click.option("--board", metavar="BOARD", help="Only what is owed to this board, by its short name.")
@json_option
@with_house
async def owed(house: House, agency: str | None, board: str | None, *, as_json: bool) -> None:
    """List what is still needed, the most pressing first.

    Green is in; amber nearly due, extended or up to five working days past due; red further past due; grey
    not due yet, or at rest. The colour always comes with its reason.

    \b
    --json keys: as_at, owed: a list of
      ask, campaign, agency, what, due, original_due, rag, reason, holder (null: nobody), handed_over,
      hold (null, or until and reason), more_time (null, or working_days and reason: waits for a decision),
      awaiting_yes, next (at, text; at null: nothing comes)
    """
    now, zone = await house.clock.now(), house.identity.zone

    def read(session: Session) -> list[Debt]:
        where = find_agency(session, agency) if agency else None
        asking = find_board(session, board) if board else None
        return list_debts(
            session,
            now,
            zone,
            board_id=asking.id if asking else None,
            agency_id=where.id if where else None,
        )

    debts = await house.database.read(read)
    today = now.astimezone(zone).date()
    if as_json:
        show_json({"as_at": today, "owed": [_to_json(debt, zone) for debt in debts]})
        return
    click.echo(f"Still needed as at {say_day(today)}: {len(debts)}")
    if debts:
        headings = ("Agency", "What", "Due", "How pressing", "Who has it", "Next, if nobody answers")
        click.echo(lay_out(headings, [_row(debt, zone) for debt in debts]))


def _row(debt: Debt, zone: ZoneInfo) -> tuple[str, ...]:
    moved = debt.due_on != debt.original_due_on
    due = say_day(debt.due_on) + (f" (first {say_day(debt.original_due_on)})" if moved else "")
    pressing = str(debt.judgement)
    if debt.request is not None:
        pressing += f"; {counted(debt.request.working_days, 'more working day')} asked for, a person decides"
    if debt.drafted:
        pressing += f"; {counted(debt.drafted, 'letter')} waiting for a yes"
    holder = (debt.holder or "nobody") + (", handed over" if debt.handed_over else "")
    following = f"{say_moment(debt.next.at, zone)}: {debt.next.text}" if debt.next.at else debt.next.text
    return debt.agency.name, f"{debt.what} [{debt.reference}]", due, pressing, holder, following


def _to_json(debt: Debt, zone: ZoneInfo) -> dict[str, object]:
    at = debt.next.at.astimezone(zone).isoformat() if debt.next.at else None
    return {
        "ask": debt.reference,
        "campaign": debt.campaign,
        "agency": debt.agency.name,
        "what": debt.what,
        "due": debt.due_on,
        "original_due": debt.original_due_on,
        "rag": debt.judgement.rag.value,
        "reason": debt.judgement.reason,
        "holder": debt.holder or None,
        "handed_over": debt.handed_over,
        "hold": {"until": debt.hold.until, "reason": debt.hold.reason} if debt.hold else None,
        "more_time": {"working_days": debt.request.working_days, "reason": debt.request.reason}
        if debt.request
        else None,
        "awaiting_yes": debt.drafted,
        "next": {"at": at, "text": debt.next.text},
    }
