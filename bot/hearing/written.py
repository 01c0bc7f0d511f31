"""Written words: what was written freely to a campaign, for those whose work it is to read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.hearing.told import find_telling
from store.asking import campaign
from store.asking.campaign import Campaign, Step
from store.database import Session
from store.surveying import anonymous, box
from surveys.answering.answers import Answers, read_stored
from surveys.answering.intake import form_version
from surveys.figures.totals import FEWEST
from surveys.figures.written import Written, gather_words
from surveys.forms.form import Form
from surveys.open.anonymous import SHUFFLE
from surveys.open.unread import begin_to_read
from surveys.tongues.tongue import FIRST


@dataclass(frozen=True, slots=True)
class Words:
    """What was written to one step, question by question, in an order that means nothing."""

    step: Step
    form: Form
    written: Sequence[Written]


def is_for_families(session: Session, wanted: Campaign) -> bool:
    """Whether children or families answer any step of a campaign."""
    return any(_is_of_families(session, step) for step in campaign.steps(session, wanted.id))


def read_words(
    session: Session, wanted: Campaign, by: str, now: datetime, zone: ZoneInfo, *, of_families: bool = False
) -> list[Words]:
    """What was written freely to each step; with `of_families` to theirs alone.

    Everything that families wrote is told, what waits for the night too: somebody may need help. The chore
    that says so is ticked off first. Of staff only what belongs to answers that totals are made of.
    """
    steps = campaign.steps(session, wanted.id)
    if any(_is_of_families(session, step) for step in steps):
        begin_to_read(session, wanted, by, now)
    found: list[Words] = []
    for step in steps:
        if _is_of_families(session, step):
            found.append(_of_families(session, step))
        elif not of_families:
            found.append(_of_staff(session, step, zone))
    return found


def _is_of_families(session: Session, step: Step) -> bool:
    return form_version(session, step.form_version_id).is_for_families


def _of_families(session: Session, step: Step) -> Words:
    kept = [(one.form_version_id, one.language, one.answers) for one in anonymous.of_step(session, step.id)]
    kept += [(one.form_version_id, one.language, one.answers) for one in box.of_step(session, step.id)]
    by_version: dict[UUID, list[tuple[str, Answers]]] = {}
    for version_id, language, answers in kept:
        read = read_stored(form_version(session, version_id), answers)
        # Whoever reads English reads Easy Read too; told apart, the boxes of its few readers would be joined.
        spoken = FIRST if language.startswith(f"{FIRST}-") else language
        by_version.setdefault(version_id, []).append((spoken, read))
    versions = [(form_version(session, one), given) for one, given in sorted(by_version.items())]
    return _gather(session, step, versions)


def _of_staff(session: Session, step: Step, zone: ZoneInfo) -> Words:
    telling = find_telling(session, step, zone)
    fewest = 1 if telling.privacy == "named" else FEWEST
    versions = [
        (version.form, [("", one.answers) for one in version.given])
        for version in telling.versions
        if len(version.given) >= fewest
    ]
    return _gather(session, step, versions)


def _gather(
    session: Session, step: Step, versions: Iterable[tuple[Form, Sequence[tuple[str, Answers]]]]
) -> Words:
    written = [one for form, given in versions for one in gather_words(form, given, SHUFFLE)]
    return Words(step, form_version(session, step.form_version_id), written)
