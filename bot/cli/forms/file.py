"""Forms as commands name them: a file, a form that comes with Cascade, or one that a board keeps."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from bot.cli.forms.house import board_to_say, look_up
from bot.cli.options import refuse
from messages.writing.commands import name_board
from store.asking import form as forms
from store.database import Session
from store.people.board import Board
from store.surveying import signed_translation
from surveys import library
from surveys.errors import FormError
from surveys.forms.doubts import find_form_doubts
from surveys.forms.form import Form
from surveys.forms.inspection import inspect_form
from surveys.forms.marks import take_out_everywhere
from surveys.tongues.translation import Translation
from surveys.xlsform.fault import Fault
from surveys.xlsform.reading import read_xlsform
from surveys.xlsform.workbook import MAX_BYTES

#: Faults of a file shown one by one.
SHOWN = 100
_VERSIONED = re.compile(r"(?P<key>[a-z][a-z0-9_]*)-(?P<version>\d+)")


@dataclass(frozen=True, slots=True)
class FormFile:
    """A form with its translations, and what is worth knowing about the file it came from."""

    form: Form
    translations: tuple[Translation, ...] = ()
    #: Newer texts that nobody has signed yet, beside those in use.
    drafts: tuple[Translation, ...] = ()
    warnings: tuple[Fault, ...] = ()

    def translation(self, language: str) -> Translation | None:
        """The newest translation into a language, signed or not, by its tag."""
        return next((one for one in (*self.drafts, *self.translations) if one.language == language), None)


def read_file(path: Path) -> FormFile | list[Fault]:
    """Read an XLSForm workbook or a form in JSON, told apart by content, or say all that is wrong with it."""
    try:
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)  # one byte tells that there are more
    except OSError as error:
        refuse(f"{path} cannot be opened: {error.strerror}.")
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        return _read_json(content)
    read = read_xlsform(content, path.name)
    if isinstance(read, list):
        return read
    translations = tuple(Translation.from_json(one) for one in read.translations)
    return FormFile(Form.from_json(read.form), translations, warnings=read.warnings)


def find_form(named: str, board: str | None = None) -> FormFile:
    """The form in a file, that comes with Cascade or that a board keeps; ends the command without one."""
    path = Path(named)
    if path.is_file():
        found = read_file(path)
        if isinstance(found, list):
            refuse(f"{named}: {found[0]}. `cascade form check {named}` tells everything.")
        return found
    return find_kept(named, board) or _find_shipped(named, board)


def find_kept(named: str, board: str | None) -> FormFile | None:
    """The form that a board keeps under this name; None where it has none, or there is no board yet."""
    key, version = split_name(named)
    return look_up(board, lambda session, owner: read_kept(session, key, version, owner))


def read_kept(session: Session, key: str, version: int | None, owner: Board) -> FormFile | None:
    """The form of this key that a board keeps, in its newest version unless one is named."""
    kept = [one for one in forms.versions(session, key, owner.id) if version in (None, one.version)]
    if not kept:
        return None
    form = Form.from_json(kept[-1].body)
    return FormFile(form, own_translations(session, owner, form), own_drafts(session, owner, form))


def split_name(named: str) -> tuple[str, int | None]:
    """A form's key and version, as in s1-2; no version where only the key is named."""
    found = _VERSIONED.fullmatch(named)
    return (found["key"], int(found["version"])) if found else (named, None)


def show_faults(faults: list[Fault], path: Path) -> None:
    """Print what is wrong with a file, a line each, on stderr."""
    slug = board_to_say()
    for fault in faults[:SHOWN]:
        click.echo(name_board(f"{path.name}: {fault}", slug), err=True)
    if len(faults) > SHOWN:
        click.echo(f"{path.name}: … and {len(faults) - SHOWN} more", err=True)


def _from_row(row: signed_translation.SignedTranslation) -> Translation:
    """The texts in use of a translation, or the only ones there are."""
    return Translation(
        form=row.form_key,
        version=row.form_version,
        language=row.language,
        state=row.state.value,
        reviewer=row.reviewed_by or "",
        texts=row.texts,
    )


def _find_shipped(named: str, board: str | None) -> FormFile:
    key, version = split_name(named)
    shipped = library.keys()
    if key not in shipped:
        known = ", ".join(shipped)
        refuse(f"There is no file and no form {named!r}; the forms that come with Cascade are: {known}.")
    try:
        form = library.load(key, version)
    except FormError as error:
        refuse(f"{error}.")
    kept = look_up(
        board,
        lambda session, owner: (own_translations(session, owner, form), own_drafts(session, owner, form)),
    )
    own, drafts = kept or ((), ())
    found = {one.language: one for one in (*library.translations(key, form.version), *own)}
    return FormFile(form, tuple(found.values()), drafts)


def own_translations(session: Session, owner: Board, form: Form) -> tuple[Translation, ...]:
    """The translations of a form version that a board keeps, or that are kept for every board."""
    signed = signed_translation.of_form(session, owner.id, form.key, form.version)
    return tuple(_from_row(one) for one in signed)


def own_drafts(session: Session, owner: Board, form: Form) -> tuple[Translation, ...]:
    """The translations of a form version that wait for a signature, as they would be signed."""
    waiting = signed_translation.drafts_of(session, owner.id, form.key, form.version)
    return tuple(
        replace(_from_row(one), state=one.unsigned_state.value, reviewer="", texts=texts)
        for one in waiting
        if (texts := one.unsigned_texts) is not None
    )


def _read_json(content: bytes) -> FormFile | list[Fault]:
    if len(content) > MAX_BYTES:
        return [Fault("", 0, "", f"the file is larger than {MAX_BYTES // 1_000_000} MB")]
    try:
        written, turned = take_out_everywhere(json.loads(content.decode("utf-8-sig")))
        form = inspect_form(written)
    except UnicodeDecodeError:
        return [Fault("", 0, "", "the file is not in UTF-8: save it so")]
    except json.JSONDecodeError as error:
        return [Fault("", error.lineno, "", f"this is not JSON: {error.msg}")]
    except RecursionError:
        return [Fault("", 0, "", "brackets stand too deep inside one another")]
    if isinstance(form, list):
        return _of_file(form)
    return FormFile(form, warnings=tuple(_of_file([*turned, *find_form_doubts(form)])))


def _of_file(told: Iterable[FormError]) -> list[Fault]:
    """What is said of a form in JSON, each with its place in the form."""
    return [Fault("", 0, "", str(one)) for one in told]
