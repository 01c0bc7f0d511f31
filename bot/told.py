"""Told: which answers to a step may leave the house now, version by version of its form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from store import response
from store.campaign import Step
from store.database import Session
from store.form import FormVersion
from store.response import Response
from store.surveying import coded
from store.surveying.coded import CodedHistory
from surveys.anonymous import find_told, midnight_of
from surveys.answers import Answers, read_stored
from surveys.form import Form, Privacy
from surveys.intake import answers_of, form_version
from surveys.release import find_release
from surveys.shift import Shift, find_shifts


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """One answer that may be told of, and the day that is known of it."""

    version_id: UUID
    day: date
    answers: Answers


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """What was answered on one version of a form; `heading` tells it from others of its step."""

    form: Form
    given: Sequence[ToldAnswer]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """What may be told of a step now: the versions that were answered, else the step's own."""

    privacy: Privacy
    versions: Sequence[ToldVersion]


def find_telling(session: Session, step: Step, zone: ZoneInfo) -> Telling:
    """What may be told of a step now.

    Of answers without a name one night less while more may come; of those under a code ten people or more at
    a time, as they stood when the last of the ten had answered; of those under a name all.
    """
    privacy = form_version(session, step.form_version_id).privacy
    match privacy:
        case "anonymous":
            told = [
                ToldAnswer(
                    one.form_version_id,
                    one.day,
                    read_stored(form_version(session, one.form_version_id), one.answers),
                )
                for one in find_told(session, step)
            ]
        case "coded":
            told = _read(session, _released(session, step, zone), zone)
        case "named":
            told = _read(session, [one for one, _, _ in response.of_step(session, step.id)], zone)
    return Telling(privacy, _part(session, step, told))


def tell_shifts(
    session: Session, first: Step, then: Step, of: int, zone: ZoneInfo, today: date
) -> list[Shift]:
    """How those who answered two steps under a code have moved, told ten or more such people at a time."""
    before, after = ({one.whose: one for one in coded.of_step(session, step.id)} for step in (first, then))
    both = {whose: max(before[whose].began_at, after[whose].began_at) for whose in before.keys() & after}
    ends = [_whole_at(step, zone) for step in (first, then)]
    known = [end for end in ends if end is not None]
    as_at = find_release(list(both.values()), max(known) if len(known) == len(ends) else None)
    if as_at is None:
        return []
    pairs = [whose for whose, since in both.items() if since <= as_at]
    sides = [_read_side(session, step, told, pairs, as_at) for step, told in ((first, before), (then, after))]
    return find_shifts(first.title, sides[0], sides[1], of, min(today, as_at.astimezone(zone).date()))


def _read_side(
    session: Session, step: Step, told: dict[UUID, CodedHistory], pairs: Iterable[UUID], as_at: datetime
) -> tuple[Form, dict[UUID, Answers]]:
    given = {whose: told[whose].as_at(as_at) for whose in pairs}
    read = {whose: answers_of(session, one)[1] for whose, one in given.items() if one is not None}
    return form_version(session, step.form_version_id), read


def _released(session: Session, step: Step, zone: ZoneInfo) -> list[Response]:
    people = coded.of_step(session, step.id)
    as_at = find_release([one.began_at for one in people], _whole_at(step, zone))
    found = (one.as_at(as_at) for one in people if as_at is not None)
    return [one for one in found if one is not None]


def _whole_at(step: Step, zone: ZoneInfo) -> datetime | None:
    """The end of the day on which a step was found to be over; None while more may come."""
    day = step.told_whole_on
    return midnight_of(day + timedelta(days=1), zone) if day is not None else None


def _read(session: Session, given: Iterable[Response], zone: ZoneInfo) -> list[ToldAnswer]:
    return [
        ToldAnswer(one.form_version_id, one.at.astimezone(zone).date(), answers_of(session, one)[1])
        for one in given
    ]


def _part(session: Session, step: Step, told: Iterable[ToldAnswer]) -> list[ToldVersion]:
    """The answers of each version by themselves: a question may mean another thing in the next."""
    found: dict[UUID, list[ToldAnswer]] = {}
    for one in told:
        found.setdefault(one.version_id, []).append(one)
    if len(found) < 2:
        version_id = next(iter(found), step.form_version_id)
        return [ToldVersion(form_version(session, version_id), found.get(version_id, []))]
    versions = {one: session.get_one(FormVersion, one) for one in found}
    order = sorted(found, key=lambda one: (one == step.small_form_version_id, versions[one].version, one))
    return [
        ToldVersion(form_version(session, one), found[one], _head(step, versions[one], found[one]))
        for one in order
    ]


def _head(step: Step, version: FormVersion, told: Iterable[ToldAnswer]) -> str:
    """What a version is called beside others of its step."""
    if version.id == step.small_form_version_id:
        return "one-page version"
    since = min(one.day for one in told)
    return f"version {version.version}, since {since.day} {since:%B %Y}"
