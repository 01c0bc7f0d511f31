"""Gate: what a plan cannot know of a campaign's forms, and what keeps a survey of families shut."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.asking.audience import tell_staff_codes
from bot.asking.page_words import find_page_words
from bot.asking.places import find_unfilled
from bot.asking.standby import find_standby
from messages.launching.plan import Plan, plan
from messages.letters.identity import Identity
from messages.letters.press import Press
from messages.writing.commands import name_board
from store import installation
from store.asking import campaign
from store.asking.campaign import Campaign
from store.asking.form import FormVersion
from store.database import Session
from store.people import board
from store.surveying import helpline, signed_translation
from store.surveying.helpline import Audience
from store.surveying.signed_translation import TranslationState
from surveys import library
from surveys.forms.form import Form
from surveys.helplines import shipped
from surveys.open.opening import Unsigned, why_not_ready, why_not_spoken
from surveys.phrases import ENGLISH
from surveys.tongues.page_words import PAGES
from surveys.tongues.translation import texts_of

#: The value of a campaign that names the languages it is offered in; without it, all that there are.
LANGUAGES = "languages"


def plan_whole(session: Session, wanted: Campaign, now: datetime, identity: Identity) -> Plan:
    """What launching a campaign now would lead to, with all that stops it: the one plan, whoever asks."""
    made = plan(session, wanted, now, identity.zone, Press(identity))
    made.errors += find_faults(session, wanted, now, identity.zone)
    made.notes += tell_staff_codes(session, wanted)
    return made


def find_faults(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo) -> list[str]:
    """Why the forms of a campaign cannot be asked now, a sentence each; empty where they can."""
    faults = []
    for form in _every_form(session, wanted):
        faults += find_unfilled(form, wanted.values, has_lesson=wanted.lesson_id is not None)
    return list(dict.fromkeys(faults + find_shut(session, wanted, now, zone)))


def languages_of(session: Session, board_id: UUID, form: Form) -> dict[str, bool]:
    """The languages that a board has a form in besides its own, and whether a person has signed each off."""
    found = {one.language: one.is_reviewed for one in library.translations(form.key, form.version)}
    for row in signed_translation.of_form(session, board_id, form.key, form.version):
        found[row.language] = row.state is TranslationState.REVIEWED
    return {tag: is_signed for tag, is_signed in found.items() if tag != form.language}


def find_shut(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo) -> list[str]:
    """What keeps a campaign's forms for families shut, a sentence each; empty where nothing does.

    The commands that put it right stand below each sentence, a line each. Nothing keeps the demonstration
    shut, where nobody in need can arrive.
    """
    versions = (
        session.get_one(FormVersion, step.form_version_id) for step in campaign.steps(session, wanted.id)
    )
    forms = [form for form in (Form.from_json(one.body) for one in versions) if form.is_for_families]
    here = installation.row_or_none(session)
    if not forms or (here is not None and here.virtual_now is not None):
        return []
    standby = find_standby(session, wanted.board_id, now.astimezone(zone).date())
    faults = why_not_ready(
        next_day=standby.next_day,
        on_duty=standby.on_next,
        has_front_door=standby.has_front_door,
        unchecked_helplines=_named(session, wanted.board_id, standby.unchecked),
    )
    slug = board.slug_to_say(session, wanted.board_id)
    told = (*faults, why_not_spoken(_unsigned(session, wanted, forms)))
    return [name_board(one, slug) for one in told if one]


def find_rest(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo) -> str:
    """Why pages of families ask nothing today though a campaign may be opened, a sentence; else empty.

    To open it two reviewers stand by on the next working day; its pages ask only on days that have one.
    """
    here = installation.row_or_none(session)
    forms = (step.form_version_id for step in campaign.steps(session, wanted.id))
    bodies = (session.get_one(FormVersion, one).body for one in forms)
    if here is not None and here.virtual_now is not None:
        return ""
    if not any(Form.from_json(body).is_for_families for body in bodies):
        return ""
    today = now.astimezone(zone).date()
    if find_standby(session, wanted.board_id, today).on_today != 0:
        return ""
    told = (
        "Its pages ask nothing today: nobody is on duty to read what people write. "
        f"`cascade duty EMAIL --name NAME --from {today}` puts somebody on."
    )
    return name_board(told, board.slug_to_say(session, wanted.board_id))


def _every_form(session: Session, wanted: Campaign) -> Iterator[Form]:
    """All that a campaign asks anybody, the short forms of small agencies and those for managers included."""
    for step in campaign.steps(session, wanted.id):
        for version in (step.form_version_id, step.small_form_version_id, step.confirmation_version_id):
            if version is not None:
                yield Form.from_json(session.get_one(FormVersion, version).body)


def _named(session: Session, board_id: UUID, keys: Collection[str]) -> dict[str, str]:
    """What numbers are called in English, by key."""
    names: dict[str, str] = {one["key"]: one["name"][ENGLISH] for one in shipped()}
    for one in helpline.shown(session, board_id, Audience.ALL):
        names[one.key] = str(one.name.get(ENGLISH, one.key))
    return {key: names[key] for key in keys}


def _unsigned(session: Session, wanted: Campaign, forms: Collection[Form]) -> list[Unsigned]:
    """What a campaign offers without anybody's signature, language by language: the pages' words first."""
    offered: Collection[str] | None = wanted.values.get(LANGUAGES)
    around = find_page_words(session, wanted.board_id)
    by_language: dict[str, list[Unsigned]] = {}
    for form in forms:
        signed = {form.language: True, **languages_of(session, wanted.board_id, form)}
        for tag in signed:
            if tag != form.language and offered is not None and tag not in offered:
                continue
            unsigned = by_language.setdefault(tag, [])
            if not unsigned and not around.is_signed(tag):
                unsigned.append(Unsigned(PAGES, tag, not around.lacks(tag)))
            if not signed[tag]:
                unsigned.append(Unsigned(form.key, tag, _is_whole(session, wanted.board_id, form, tag)))
    return [one for tag in sorted(by_language) for one in by_language[tag]]


def _is_whole(session: Session, board_id: UUID, form: Form, tag: str) -> bool:
    """Whether every text of a form stands in a language, as somebody would sign it off."""
    shipped = (one for one in library.translations(form.key, form.version) if one.language == tag)
    texts: Mapping[str, str] = next((one.texts for one in shipped), {})
    for row in signed_translation.of_form(session, board_id, form.key, form.version):
        if row.language == tag:
            texts = row.texts if row.unsigned_texts is None else row.unsigned_texts
    return all(texts.get(text, "").strip() for text in texts_of(form))
