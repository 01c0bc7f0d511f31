"""The versions that there are of one form, shipped or kept by a board."""

from uuid import UUID

from bot.cli.forms.house import look_up
from store.asking import form as forms
from store.database import Session
from surveys import library
from surveys.errors import FormError


def known_versions(key: str, board: str | None) -> list[int]:
    """Every version of a form, in order; a board's own are read where there is an installation."""
    kept = look_up(board, lambda session, owner: all_versions(session, key, owner.id))
    return kept if kept is not None else shipped_versions(key)


def all_versions(session: Session, key: str, board_id: UUID) -> list[int]:
    """Every version of a form that comes with Cascade or that the board keeps, in order."""
    kept = [one.version for one in forms.versions(session, key, board_id)]
    return sorted({*shipped_versions(key), *kept})


def shipped_versions(key: str) -> list[int]:
    """The versions of a form that come with Cascade, in order."""
    shipped = library.keys()
    if key not in shipped:
        return []
    found = []
    for version in range(1, library.load(key).version + 1):
        try:
            found.append(library.load(key, version).version)
        except FormError:
            continue
    return found
