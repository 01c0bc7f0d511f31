"""Gate: what a plan cannot know of a campaign's forms, and what keeps a survey of families shut."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.page_words import PageWords, find_page_words
from bot.places import find_unfilled
from bot.standby import find_standby
from messages.identity import Identity
from messages.plan import Plan, plan
from messages.press import Press
from store import campaign, installation
from store.campaign import Campaign
from store.database import Session
from store.form import FormVersion
from store.surveying import helpline, signed_translation
from store.surveying.helpline import Audience
from store.surveying.signed_translation import TranslationState
from surveys import library
from surveys.form import Form
from surveys.helplines import shipped
from surveys.opening import why_not_open
from surveys.page_words import PAGES
from surveys.phrases import ENGLISH
from surveys.tongue import find_tongue

#: The value of a campaign that names the languages it is offered in; without it, all that there are.
LANGUAGES = "languages"


def plan_whole(session: Session, wanted: Campaign, now: datetime, identity: Identity) -> Plan:
    """What launching a campaign now would lead to, with all that stops it: the one plan, whoever asks."""
    made = plan(session, wanted, now, identity.zone, Press(identity))
    made.errors += find_faults(session, wanted, now, identity.zone)
    return made


def find_faults(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo) -> list[str]:
    """Why the forms of a campaign cannot be asked now, a sentence each; empty where they can."""
    faults = []
    for step in campaign.steps(session, wanted.id):
        form = Form.from_json(session.get_one(FormVersion, step.form_version_id).body)
        faults += find_unfilled(form, wanted.values, has_lesson=wanted.lesson_id is not None)
    return list(dict.fromkeys(faults + find_shut(session, wanted, now, zone)))


def languages_of(session: Session, board_id: UUID, form: Form) -> dict[str, bool]:
    """The languages that a board has a form in besides its own, and whether a person has signed each off."""
    found = {one.language: one.is_reviewed for one in library.translations(form.key, form.version)}
    for row in signed_translation.of_form(session, board_id, form.key, form.version):
        found[row.language] = row.state is TranslationState.REVIEWED
    return {tag: is_signed for tag, is_signed in found.items() if tag != form.language}


def find_shut(session: Session, wanted: Campaign, now: datetime, zone: ZoneInfo) -> list[str]:
    """What keeps a campaign's forms for families shut, a sentence each; empty where nothing does."""
    faults = []
    for step in campaign.steps(session, wanted.id):
        form = Form.from_json(session.get_one(FormVersion, step.form_version_id).body)
        faults += _keep_shut(session, wanted, form, now, zone) if form.is_for_families else []
    return list(dict.fromkeys(faults))


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
    return (
        "Its pages ask nothing today: nobody is on duty to read what people write. "
        f"`cascade duty EMAIL --from {today}` puts somebody on."
    )


def _keep_shut(session: Session, wanted: Campaign, form: Form, now: datetime, zone: ZoneInfo) -> list[str]:
    here = installation.row_or_none(session)
    standby = find_standby(session, wanted.board_id, now.astimezone(zone).date())
    said = why_not_open(
        form,
        is_demo=here is not None and here.virtual_now is not None,
        next_day=standby.next_day,
        on_duty=standby.on_next,
        has_front_door=standby.has_front_door,
        unchecked_helplines=_named(session, wanted.board_id, standby.unchecked),
        unsigned_languages=_unsigned(session, wanted, form),
    )
    return [line.rstrip(".") for line in said.splitlines()]


def _named(session: Session, board_id: UUID, keys: Collection[str]) -> dict[str, str]:
    """What numbers are called in English, by key."""
    names: dict[str, str] = {one["key"]: one["name"][ENGLISH] for one in shipped()}
    for one in helpline.shown(session, board_id, Audience.ALL):
        names[one.key] = str(one.name.get(ENGLISH, one.key))
    return {key: names[key] for key in keys}


def _unsigned(session: Session, wanted: Campaign, form: Form) -> list[str]:
    """The languages that a campaign offers a form in without anybody's signature below all that is read."""
    offered: Collection[str] | None = wanted.values.get(LANGUAGES)
    around = find_page_words(session, wanted.board_id)
    unsigned = []
    for tag, is_signed in {form.language: True, **languages_of(session, wanted.board_id, form)}.items():
        name = f"{find_tongue(tag).name} ({tag})"
        if tag != form.language and offered is not None and tag not in offered:
            continue
        if not is_signed:
            unsigned.append(name)
        if not around.is_signed(tag):
            unsigned.append(f"{name} of the words around the questions (cascade {_way_to_sign(around, tag)})")
    return unsigned


def _way_to_sign(around: PageWords, tag: str) -> str:
    if around.lacks(tag):
        return f"form texts {PAGES} --language {tag} --out {PAGES}-{tag}.xlsx"
    return f"form sign-off {PAGES} --language {tag}"
