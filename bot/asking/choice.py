"""Choice: the forms that a new campaign is to ask, found among a board's own and those that are shipped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from messages.playbooks.chosen import ChosenForm, put_in
from messages.playbooks.playbook import Playbook
from store.asking import form as forms
from store.database import Session
from surveys import library
from surveys.forms.form import Form
from surveys.phrases import fill

#: How a form that a board wrote itself comes to be answered without a name.
_REWRITTEN = (
    "; or write anonymous under privacy on its settings sheet (for children or families child or family "
    "under audience, which makes it so) and keep it again"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A form, and the version of it that is kept to be asked."""

    form: Form
    version_id: UUID


@dataclass(frozen=True, slots=True)
class Choice:
    """A playbook with every place for a form filled, and the forms by key."""

    book: Playbook
    forms: Mapping[str, Chosen]

    @property
    def versions(self) -> dict[str, UUID]:
        """Which version of each form is asked."""
        return {key: one.version_id for key, one in self.forms.items()}


def choose(
    session: Session,
    board_id: UUID,
    book: Playbook,
    given: Sequence[str] = (),
    values: Mapping[str, str] | None = None,
    small: str = "",
) -> Choice | str:
    """Put the forms of these keys into a playbook, or say in one sentence why they cannot be asked by it.

    A board's own form comes before the shipped one of its key, in its newest version. `values` fill the
    places that the titles leave. `small` is the key of what agencies with few staff are asked instead.
    """
    found = [_find(session, board_id, key) for key in (*given, *([small] if small else ()))]
    for one in found:
        refusal = one if isinstance(one, str) else _misfit(book, one.form)
        if refusal:
            return refusal
    chosen = {one.form.key: one for one in found if isinstance(one, Chosen)}
    told = [_told(one.form, values or {}) for one in found if isinstance(one, Chosen)]
    filled = put_in(book, told[: len(given)], told[-1] if small else None)
    if isinstance(filled, str):
        return f"{filled[0].upper()}{filled[1:]}."
    for key in book.forms:
        chosen.setdefault(key, keep_shipped(session, key))
    return Choice(filled, chosen)


def _find(session: Session, board_id: UUID, key: str) -> Chosen | str:
    own = forms.newest(session, key, board_id)
    if own is not None:
        return Chosen(Form.from_json(own.body), own.id)
    if key in set(library.keys()):
        return keep_shipped(session, key)
    known = sorted({*library.keys(), *(one.key for one in forms.of_board(session, board_id))})
    return f"There is no form {key!r}; there are: {', '.join(known)}."


def keep_shipped(session: Session, key: str) -> Chosen:
    """The newest version of a form that comes with Cascade, kept so that it can be asked."""
    shipped = library.load(key)
    kept = forms.keep(session, key, shipped.version, dict(shipped.to_json()))
    return Chosen(shipped, kept.id)


def _misfit(book: Playbook, form: Form) -> str:
    """Why a form cannot stand in the places that a playbook leaves; empty where it can."""
    place = next((step for step in book.steps if not step.form), None)
    if place is None:
        return ""
    if not place.is_open and form.is_for_families:
        return f"“{form.title}” is for children or families, who are never asked by name: use open_survey."
    if not place.is_open and form.privacy == "anonymous":
        return (
            f"“{form.title}” is answered without a name, so no agency can owe it: use the playbook survey "
            "or open_survey."
        )
    if place.is_open and form.privacy != "anonymous":
        is_shipped = form.key in set(library.keys())
        instead = "training" if is_shipped and form.privacy == "coded" else "return"
        return (
            f"“{form.title}” is answered under a name or a booking, and whoever has a code answers without "
            f"one: use the playbook {instead}{'' if is_shipped else _REWRITTEN}."
        )
    if place.is_open and form.is_for_families and not all(step.is_open for step in book.steps):
        return f"“{form.title}” is for children or families, not for staff: use the playbook open_survey."
    return ""


def _told(form: Form, values: Mapping[str, str]) -> ChosenForm:
    return ChosenForm(form.key, fill(form.title, values), form.minutes)
