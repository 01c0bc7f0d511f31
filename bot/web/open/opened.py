"""Opened: what a code opens now: whose survey it is, its versions, and the languages of each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.asking.gate import LANGUAGES
from bot.asking.page_words import learn_page_words, stand
from bot.asking.standby import find_standby
from bot.web.asks.filled import values_for
from bot.web.shelf import Shelf
from store import installation
from store.asking import campaign
from store.asking.campaign import TAKING, Campaign, Step
from store.asking.form import FormVersion
from store.asking.lesson import Lesson
from store.database import Session
from store.people.agency import Agency
from store.people.board import Board
from store.surveying import code as codes
from store.surveying import reader, signed_translation
from store.surveying.code import Behind, OpenCode
from surveys import library
from surveys.forms.filling import fill_in
from surveys.forms.form import Form
from surveys.open.opening import has_boxes, leave_out_boxes, leave_out_contact, takes_words
from surveys.tongues.tongue import FIRST, Tongue, find_tongue, in_order
from surveys.tongues.translation import Translation, translate

_SHELF = Shelf()


@dataclass(frozen=True, slots=True)
class Version:
    """One form of the survey as it was written; `key` names it in the address."""

    key: str
    step: Step
    form: Form


@dataclass(frozen=True, slots=True)
class Spoken:
    """A version in one language; `quiet` is its form where nobody is offered to be contacted.

    `is_machine`: no person has checked it. `is_unread`: nobody reads what families write in it; `is_boxless`:
    so its boxes are out.
    """

    version: Version
    tongue: Tongue
    form: Form
    quiet: Form
    is_machine: bool
    is_unread: bool
    is_boxless: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A code that is open, and everything that its pages show."""

    code: OpenCode
    campaign: Campaign
    board: Board
    #: Whose staff answer; None for children and families.
    agency: Agency | None
    versions: tuple[Version, ...]
    is_demo: bool
    #: Whether families are asked nothing for now, since nobody would read it or a number is unchecked.
    is_shut: bool = False
    #: Whether the code or its campaign has closed: only visits that were begun before go on.
    is_over: bool = False
    #: The day it is, and the next on which somebody reads what families write; None where that is not told.
    today: date | None = None
    read_on: date | None = None

    @property
    def address(self) -> str:
        """Where it begins. The code stands in it as it is kept, however it was typed."""
        return f"/s/{self.code.code}"

    @property
    def is_for_families(self) -> bool:
        """Whether children, young people or families answer it."""
        return any(version.form.is_for_families for version in self.versions)


def find_opened(
    session: Session, typed: str, today: date | None = None, *, or_over: bool = False
) -> Opened | None:
    """What a typed code opens now; None where it is unknown, closed, or its campaign takes no answers.

    With `or_over` what it opened before it closed, for those who had begun by then.
    With `today` it tells too whether somebody stands by to read what families write; in the demonstration,
    where nobody in need can arrive, that is taken as given.
    """
    found = codes.behind(session, typed)
    if found is None:
        return None
    is_over = found.code.is_closed or found.campaign.state not in TAKING
    if is_over and not or_over:
        return None
    opened = replace(_open_up(session, found), is_over=is_over)
    if today is None or opened.is_demo or not opened.is_for_families:
        return opened
    standby = find_standby(session, opened.board.id, today)
    is_read = bool(standby.on_today) or standby.read_on is None
    read_on = today if is_read else standby.read_on
    return replace(opened, is_shut=not standby.holds, today=today, read_on=read_on)


def find_staff_board(session: Session, typed: str) -> str:
    """The name of the board whose staff alone a typed code asks, open or not; else empty."""
    found = codes.behind(session, typed)
    opened = _open_up(session, found) if found is not None else None
    return opened.board.name if opened and opened.versions and not opened.is_for_families else ""


def open_up(session: Session, found: OpenCode, asked: Campaign) -> Opened:
    """What a code of a campaign shows once it is open, whether it is yet or not."""
    here = installation.row_or_none(session)
    agency = session.get(Agency, found.agency_id) if found.agency_id else None
    clock = here.virtual_now if here else None
    board = session.get_one(Board, found.board_id)
    return _open_up(session, Behind(found, asked, board, agency, clock))


def _open_up(session: Session, found: Behind) -> Opened:
    return Opened(
        code=found.code,
        campaign=found.campaign,
        board=found.board,
        agency=found.agency,
        versions=tuple(_version(session, step) for step in campaign.open_steps(session, found.campaign.id)),
        is_demo=found.virtual_now is not None,
    )


def tongues_of(session: Session, opened: Opened) -> list[tuple[Tongue, bool]]:
    """The languages offered, English and Easy Read first, and whether any of it is a machine's work.

    A language in which nothing could be asked is none of them.
    """
    found = {FIRST: False} if not opened.versions else dict[str, bool]()
    signed = learn_page_words(session, opened.board.id, drafts=opened.is_demo)
    read = reader.languages_read(session, opened.board.id) if opened.is_for_families else set()
    for version in opened.versions:
        written = version.form.language
        there = _translations(session, opened, version.form, signed)
        for tag, is_reviewed in ((written, True), *((one.language, one.is_reviewed) for one in there)):
            if not _loses_boxes(version.form, tag, read) or _boxless(version) is not None:
                found[tag] = found.get(tag, False) or not is_reviewed
    return [(find_tongue(tag), found[tag]) for tag in in_order(found)]


def speak(session: Session, opened: Opened, tag: str) -> list[Spoken]:
    """Every version that is offered in a language, in order; empty where the language is not offered."""
    read = reader.languages_read(session, opened.board.id) if opened.is_for_families else set()
    # English is Cascade's own: nobody has to have signed its words.
    signed = learn_page_words(session, opened.board.id, drafts=opened.is_demo) if tag != FIRST else {}
    spoken = [
        _speak(session, opened, version, tag, signed, loses_boxes=_loses_boxes(version.form, tag, read))
        for version in opened.versions
    ]
    return [one for one in spoken if one is not None]


def _version(session: Session, step: Step) -> Version:
    kept = step.form_version_id
    form = _SHELF.fetch(kept, lambda: Form.from_json(session.get_one(FormVersion, kept).body))
    return Version(step.key, step, form)


def _speak(
    session: Session,
    opened: Opened,
    version: Version,
    tag: str,
    signed: Mapping[str, bool],
    *,
    loses_boxes: bool,
) -> Spoken | None:
    form, lesson_id = version.form, opened.campaign.lesson_id
    lesson = session.get(Lesson, lesson_id) if lesson_id else None
    setting = {
        "setting": opened.code.setting,
        "agency": opened.agency.name if opened.agency else opened.code.setting,
    }
    values = values_for(session, opened.board, opened.campaign, opened.agency, lesson) | setting
    meant: Translation | None = None
    if tag != form.language:
        offered = _translations(session, opened, form, signed)
        meant = next((one for one in offered if one.language == tag), None)
        if meant is None:
            return None
    if loses_boxes and _boxless(version) is None:
        return None

    def make() -> Form:
        said = fill_in(translate(form, meant) if meant else form, values)
        return (leave_out_boxes(said) if loses_boxes else None) or said

    texts = signed_translation.hash_of(meant.texts) if meant else ""
    told = tuple(sorted(values.items()))
    called = (version.step.form_version_id, tag, texts, loses_boxes, told)
    said = _SHELF.fetch(called, make)
    return Spoken(
        version,
        find_tongue(tag),
        said,
        _SHELF.fetch((*called, "quiet"), lambda: leave_out_contact(said)),
        is_machine=(meant is not None and not meant.is_reviewed) or not _is_signed(form, tag, signed),
        is_unread=loses_boxes,
        is_boxless=len(said.questions) < len(form.questions),
    )


def _loses_boxes(form: Form, tag: str, read: Collection[str]) -> bool:
    """Whether nobody could read what families write in a language."""
    return form.is_for_families and not takes_words(tag, read)


def _boxless(version: Version) -> Form | None:
    """A version as it was written without its boxes; None where nothing would be left to ask."""
    whole = version.form
    kept = _SHELF.fetch((version.step.form_version_id, "boxless"), lambda: leave_out_boxes(whole) or whole)
    return None if has_boxes(kept) else kept


def _translations(
    session: Session, opened: Opened, form: Form, signed: Mapping[str, bool]
) -> list[Translation]:
    """The translations of a form that may be shown: the board's own in place of those shipped with it.

    `signed` tells of each language whether the words around the questions are signed off, without which no
    family relies on it.
    """
    found = {one.language: one for one in library.translations(form.key, form.version)}
    for row in signed_translation.glance(session, opened.board.id, form.key, form.version):
        found[row.language] = Translation(
            form=form.key,
            version=form.version,
            language=row.language,
            state=row.state.value,
            reviewer=row.reviewed_by or "",
            texts=row.texts,
        )
    standing = [stand(one, on_signed_words=_is_signed(form, one.language, signed)) for one in found.values()]
    # What no person has signed off is shown in the demonstration alone, where nobody in need can arrive.
    shown = [one for one in standing if one.is_reviewed or opened.is_demo]
    wanted = opened.campaign.values.get(LANGUAGES)
    return [
        one
        for one in shown
        if one.language != form.language and (not isinstance(wanted, list) or one.language in wanted)
    ]


def _is_signed(form: Form, tag: str, signed: Mapping[str, bool]) -> bool:
    """Whether a person stands for the words around a form's questions, as families need it."""
    return tag == FIRST or not form.is_for_families or signed.get(tag, False)
