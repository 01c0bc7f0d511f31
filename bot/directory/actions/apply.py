"""Bringing one action in: made, or changed as far as the row says."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from bot.directory.actions.columns import COMPARED
from bot.directory.rows import ActionRow
from store.answers import action
from store.answers.action import Action, ActionState
from store.asking import lesson
from store.database import Session
from store.decision import note
from store.people import agency


def apply_action(session: Session, board_id: UUID, row: ActionRow, now: datetime, by: str) -> None:
    """Make an action as a row says or, where it is there, change what the row speaks of.

    Its first due date stays for good. A change is written down as a decision. Raises LookupError where the
    agency or lesson of the row is not there.
    """
    known = action.by_reference(session, board_id, row.reference)
    if known is None:
        _add(session, board_id, row)
        return
    changed = []
    for name, value in _values(session, board_id, row).items():
        if getattr(known, name) != value:
            changed.append(_tell(name, getattr(known, name), value))
            setattr(known, name, value)
    session.flush()
    reason = f"{known.reference}: {'; '.join(changed)}"
    note(session, now, "action changed", reason, by, board_id=board_id, agency_id=known.agency_id)


def _add(session: Session, board_id: UUID, row: ActionRow) -> None:
    where = agency.by_name(session, row.agency)
    due = row.due_on or row.original_due_on
    if where is None or due is None or row.agreed_on is None:
        raise LookupError(f"{row.reference} lacks its agency, its due date or its day")
    values = _values(session, board_id, row)
    made = Action(board_id=board_id, agency_id=where.id, reference=row.reference, **values)
    made.original_due_on, made.due_on = row.original_due_on or due, due
    action.add(session, made)


def _values(session: Session, board_id: UUID, row: ActionRow) -> dict[str, Any]:
    """What a row says of an action, by column; what it does not speak of is left out."""
    said = {name: getattr(row, name) for name in COMPARED if name != "lesson"}
    values = {name: value for name, value in said.items() if value is not None}
    if row.lesson:
        found = lesson.by_code(session, board_id, row.lesson)
        if found is None:
            raise LookupError(f"the board has no lesson {row.lesson}")
        values["lesson_id"] = found.id
    elif row.lesson is not None:
        values["lesson_id"] = None
    return values


def _tell(name: str, before: object, after: object) -> str:
    what = name.removesuffix("_id").replace("_", " ")
    return f"{what} {_say(before)} → {_say(after)}" if name != "lesson_id" else f"{what} changed"


def _say(value: object) -> str:
    match value:
        case ActionState():
            return value.value
        case date():
            return f"{value:%d/%m/%Y}"
        case _:
            return str(value or "none")
