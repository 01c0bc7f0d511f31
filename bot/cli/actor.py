"""Who acts: the person behind --as, and whether their office lets them."""

from datetime import date
from uuid import UUID

from bot.cli.options import refuse
from bot.wiring import House
from store.database import Session
from store.people import board, person
from store.people.board import Board, OfficeRole
from store.surveying import duty


def name_actor(house: House, email: str | None) -> str:
    """The address of whoever acts: --as, else the setting `operator`. Ends the command without one."""
    chosen = email or house.settings.operator
    if not chosen:
        refuse('Who is acting? Say --as EMAIL, or write operator = "EMAIL" into cascade.toml.')
    return chosen.strip().lower()


def require_office(session: Session, board_id: UUID, email: str, *, manager: bool = False) -> None:
    """End the command unless this person may act for the board; `manager`: only a manager may."""
    if holds_office(session, board_id, email, manager=manager):
        return
    roles = [OfficeRole.MANAGER] if manager else [role for role in OfficeRole if role.may_act]
    named = [_name(session, one) for role in roles for one in board.officers(session, board_id, role)]
    name = session.get_one(Board, board_id).name
    who = f"may: {', '.join(dict.fromkeys(named))}" if named else "nobody may yet: see `cascade init`"
    wanted = "a manager" if manager else "a coordinator or manager"
    refuse(f"{email} is not {wanted} of {name}, so this is not theirs to do; {who}.")


def require_reviewer(session: Session, board_id: UUID, email: str, today: date) -> None:
    """End the command unless this person is on duty for the board today, or may act for it."""
    found = person.by_address(session, email)
    if found is None or found.id not in duty.on_duty(session, board_id, today):
        require_office(session, board_id, email)


def require_judge(session: Session, board_id: UUID, email: str) -> None:
    """End the command unless this person may judge what came: the office, or a chair."""
    found = person.by_address(session, email)
    held = board.roles_of(session, board_id, found.id) if found and found.left_at is None else set()
    if not any(role.may_judge for role in held):
        require_office(session, board_id, email)


def require_approver(session: Session, board_id: UUID, email: str) -> None:
    """End the command unless they may let letters go: a manager, or where there is none a coordinator."""
    managers = [
        session.get_one(person.Person, one) for one in board.officers(session, board_id, OfficeRole.MANAGER)
    ]
    require_office(session, board_id, email, manager=any(one.left_at is None for one in managers))


def any_office(session: Session, email: str) -> None:
    """End the command unless this person may act for one of the boards: what follows concerns them all."""
    boards = board.every(session)
    if not boards:
        refuse("There is no board yet: run `cascade init`.")
    if not any(holds_office(session, one.id, email) for one in boards):
        require_office(session, boards[0].id, email)


def holds_office(session: Session, board_id: UUID, email: str, *, manager: bool = False) -> bool:
    """Whether this person may act for the board."""
    found = person.by_address(session, email)
    held = board.roles_of(session, board_id, found.id) if found and found.left_at is None else set()
    return OfficeRole.MANAGER in held if manager else any(role.may_act for role in held)


def _name(session: Session, person_id: UUID) -> str:
    known = session.get_one(person.Person, person_id)
    address = person.email_of(session, person_id)
    return f"{known.name} <{address.value}>" if address else known.name
