"""`cascade owed`: what is still needed, from whom, how pressing it is, and what comes next."""

from datetime import date
from zoneinfo import ZoneInfo

import click

from bot.cli.asks.needed import document, list_line, say_upper, sum_up, tell_debt
from bot.cli.asks.non_returns import document as as_document
from bot.cli.asks.non_returns import preview, show_list
from bot.cli.named import find_agency, find_board
from bot.cli.options import json_option, show_json, with_house
from bot.cli.table import lay_out, say_day, say_moment, wrap
from bot.wiring import House
from messages.letters.counted import counted
from messages.standing.owing import Debt, list_debts
from store.database import Session
from store.people.agency import Agency
from store.people.board import every


@click.command()
@click.option("--agency", metavar="AGENCY", help="Only what this agency owes, by its name.")
@click.option("--board", metavar="BOARD", help="Only what is owed to this board, by its short name.")
@click.option("--for-board", is_flag=True, help="What a list for the board would say; publishes nothing.")
@click.option("--by-agency", is_flag=True, help="One line an agency.")
@json_option
@with_house
async def owed(
    house: House, agency: str | None, board: str | None, *, by_agency: bool, for_board: bool, as_json: bool
) -> None:
    """List what is still needed, the most pressing first; of one agency, as a page for a telephone call.

    Green is in; amber nearly due, extended or up to five working days past due; red further past due; grey
    not due yet, or at rest. The colour always comes with its reason. With --for-board it shows the list that
    `cascade non-returns publish` would keep, --json as there.

    \b
    --json keys: as_at, owed: a list of
      ask, campaign, agency, what, due, original_due, days (working days past due; null: not known), rag,
      reason, holder (null: nobody), handed_over, hold (null, or until and reason),
      more_time (null, or working_days and reason: waits for a decision),
      extensions (working_days, reason, state, due_before, due_after), awaiting_yes,
      calls (chore, text), next (at, text; at null: nothing comes)
    """
    now, zone = await house.clock.now(), house.identity.zone
    if for_board:
        listed = await house.database.read(lambda session: preview(session, board, now, house))
        if as_json:
            show_json(as_document(listed))
        else:
            show_list(listed)
        return

    def read(session: Session) -> tuple[Agency | None, list[str], list[Debt]]:
        where = find_agency(session, agency) if agency else None
        asking = find_board(session, board) if board else None
        debts = list_debts(
            session,
            now,
            zone,
            board_id=asking.id if asking else None,
            agency_id=where.id if where else None,
        )
        boards = [asking] if asking else every(session)
        return where, list_line(session, boards, where) if where else [], debts

    where, line, debts = await house.database.read(read)
    today = now.astimezone(zone).date()
    if as_json:
        show_json({"as_at": today, "owed": [document(debt, zone) for debt in debts]})
        return
    if where is not None:
        _show_page(where, line, debts, zone, today)
        return
    click.echo(f"Still needed as at {say_day(today)}: {len(debts)}")
    if debts and by_agency:
        click.echo(sum_up(debts, zone))
    elif debts:
        headings = ("Agency", "What", "Due", "How pressing", "Who has it", "Next, if nobody answers")
        click.echo(lay_out(headings, [_row(debt, zone) for debt in debts]))


def _show_page(where: Agency, line: list[str], debts: list[Debt], zone: ZoneInfo, today: date) -> None:
    click.echo(f"{where.name}: {counted(len(debts), 'thing')} still needed as at {say_day(today)}")
    for seated in line or ["nobody is named for this agency"]:
        click.echo(wrap(seated))
    click.echo(f"  Above its line manager the letters go to its {say_upper(where)}.")
    for debt in debts:
        click.echo("\n" + "\n".join(tell_debt(debt, zone)))


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
