"""Gate: what a plan cannot know of a campaign's forms, and what keeps a survey of families shut."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.places import find_unfilled
from messages.almanac import Almanac
from messages.identity import Identity
from messages.plan import Plan, plan
from messages.press import Press
from store import campaign, installation
from store.campaign import Campaign
from store.database import Session
from store.form import FormVersion
from store.surveying import duty, helpline, signed_translation
from store.surveying.helpline import Audience
from store.surveying.signed_translation import TranslationState
from surveys import library
from surveys.form import Form
from surveys.helplines import shipped
from surveys.opening import why_not_open
from surveys.phrases import ENGLISH
from surveys.tongue import find_tongue

#: The value of a campaign that names the languages it is offered in; without it, all that there are.
LANGUAGES = "languages"
STAFF = Audience.STAFF


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
        if form.is_for_families:
            faults += _keep_shut(session, wanted, form, now, zone)
    return list(dict.fromkeys(faults))


def languages_of(session: Session, board_id: UUID, form: Form) -> dict[str, bool]:
    """The languages that a board has a form in besides its own, and whether a person has signed each off."""
    found = {one.language: one.is_reviewed for one in library.translations(form.key, form.version)}
    for row in signed_translation.of_form(session, board_id, form.key, form.version):
        found[row.language] = row.state is TranslationState.REVIEWED
    return {tag: is_signed for tag, is_signed in found.items() if tag != form.language}


def _keep_shut(session: Session, wanted: Campaign, form: Form, now: datetime, zone: ZoneInfo) -> list[str]:
    today = now.astimezone(zone).date()
    here = installation.row_or_none(session)
    next_day = Almanac(session).office().next_working(today + timedelta(days=1))
    said = why_not_open(
        form,
        is_demo=here is not None and here.virtual_now is not None,
        on_duty=bool(duty.on_duty(session, wanted.board_id, next_day)),
        unchecked_helplines=_unchecked(session, wanted, today),
        unsigned_languages=_unsigned(session, wanted, form),
    )
    return [line.rstrip(".") for line in said.splitlines()]


def _unchecked(session: Session, wanted: Campaign, today: date) -> list[str]:
    """The numbers for families that nobody has checked of late; shipped ones that are not kept count too."""
    kept = helpline.shown(session, wanted.board_id, Audience.ALL)
    due = helpline.unchecked(session, wanted.board_id, today)
    known = {one.key for one in kept}
    names = [
        one["name"][ENGLISH] for one in shipped() if one["key"] not in known and one["audience"] != STAFF
    ]
    return names + [str(one.name.get(ENGLISH, one.key)) for one in due if one.audience != STAFF]


def _unsigned(session: Session, wanted: Campaign, form: Form) -> list[str]:
    """The languages that a campaign offers a form in without anybody's signature."""
    offered: Collection[str] | None = wanted.values.get(LANGUAGES)
    return [
        f"{find_tongue(tag).name} ({tag})"
        for tag, is_signed in languages_of(session, wanted.board_id, form).items()
        if not is_signed and (offered is None or tag in offered)
    ]
