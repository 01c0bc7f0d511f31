"""Told: which answers to a step may leave the house now, version by version of its form."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from store.answers import response
from store.answers.response import Response
from store.asking import campaign
from store.asking.campaign import Campaign, Step
from store.asking.form import FormVersion
from store.database import Session
from store.surveying import anonymous, box, coded
from store.surveying.coded import CodedHistory
from surveys.answering.answers import Answers, read_stored
from surveys.answering.intake import answers_of, form_version
from surveys.answering.timeline import Timeline, find_beginnings
from surveys.figures.release import TOGETHER, find_parts, find_release
from surveys.figures.shift import Shift, Side, find_shifts
from surveys.figures.totals import Tally, add_up, add_up_released, pick_of
from surveys.forms.form import Form, Privacy
from surveys.kinds.scale import Scale
from surveys.open.anonymous import find_told, midnight_of


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """One answer that may be told of, and the day that is known of it."""

    version_id: UUID
    day: date
    answers: Answers


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """What was answered on one version of a form; `heading` tells it from others of its step.

    `given` are whole answers, for what was written; `tally` has the totals, question by question.
    """

    form: Form
    given: Sequence[ToldAnswer]
    tally: Tally
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """What may be told of a step now: the versions that were answered, else the step's own."""

    privacy: Privacy
    versions: Sequence[ToldVersion]


def find_telling(session: Session, step: Step, zone: ZoneInfo) -> Telling:
    """What may be told of a step now.

    Of answers without a name one night less while more may come; of those under a code ten people or more at
    a time, as they stood when the last of the ten had answered; of those under a name all. Totals of the
    first two are told of ten people more at a time who answered the same question.
    """
    privacy = form_version(session, step.form_version_id).privacy
    match privacy:
        case "anonymous":
            told, tally = _read_nameless(session, step)
        case "coded":
            told, tally = _read_coded(session, step, zone)
        case "named":
            told = _read(session, [one for one, _, _ in response.of_step(session, step.id)], zone)
            tally = _add_up
    return Telling(privacy, _part(session, step, told, tally))


def tell_shifts(
    session: Session, first: Step, later: Sequence[Step], of: int, zone: ZoneInfo
) -> dict[UUID, list[Shift]]:
    """How those who answered later steps under a code too have moved since a first one, by later step.

    It is told once, as both steps stood when they were over: a change that grew would show who had come.
    """
    before = _find_side(session, first, zone)
    found = [(step.id, side) for step in later if (side := _find_side(session, step, zone)) is not None]
    if before is None:
        return {}
    found.sort(key=lambda one: max(one[1].whole_on, before.whole_on))
    shifts = find_shifts(before, [side for _, side in found], of)
    return {step_id: told for (step_id, _), told in zip(found, shifts, strict=True)}


def find_last(session: Session, wanted: Campaign) -> tuple[list[str], list[str]]:
    """What a campaign asks by its codes, with ages: what enough have answered to be told, and the rest."""
    told: list[str] = []
    untold: list[str] = []
    for step in campaign.open_steps(session, wanted.id):
        answered = anonymous.count(session, step.id) + box.count(session, step.id)
        (told if answered >= TOGETHER else untold).append(_name(session, step))
    return told, untold


def _name(session: Session, step: Step) -> str:
    """The title of a step, with the ages that it is for: the versions of one survey share their title."""
    ages = form_version(session, step.form_version_id).ages
    return step.title if ages is None else f"{step.title} (ages {ages.lowest} to {ages.highest})"


def _find_side(session: Session, step: Step, zone: ZoneInfo) -> Side[UUID] | None:
    """A step as it stood when it was over; None before, and where totals part its people by their forms."""
    whole_at = _whole_at(step, zone)
    if step.told_whole_on is None or whole_at is None:
        return None
    people = {one.whose: one for one in coded.of_step(session, step.id) if one.began_at <= whole_at}
    if len({one.form_version_id for person in people.values() for one in person.given}) > 1:
        return None
    lines = {whose: _draw_line(session, one) for whose, one in people.items()}
    read = {whose: answers for whose, line in lines.items() if (answers := line.as_at(whole_at)) is not None}
    form = form_version(session, step.form_version_id)
    parts = {
        name: find_parts(find_beginnings(lines, pick_of(name)), whole_at)
        for name, question in form.questions.items()
        if isinstance(question, Scale)
    }
    return Side(step.title, form, read, parts, step.told_whole_on)


def _read_nameless(session: Session, step: Step) -> tuple[list[ToldAnswer], "_Add"]:
    """What is told of answers without a name, of which nothing nearer is known than the day."""
    whole_on, told = step.told_whole_on, {one.id for one in find_told(session, step)}
    found = [
        (
            one.id in told,
            ToldAnswer(
                one.form_version_id,
                one.day,
                read_stored(form_version(session, one.form_version_id), one.answers),
            ),
        )
        for one in anonymous.of_step(session, step.id)
        if whole_on is None or one.day <= whole_on
    ]
    lines: dict[UUID, list[Timeline[date]]] = {}
    for _, one in found:
        lines.setdefault(one.version_id, []).append(Timeline([(one.day, one.answers)]))

    def add(form: Form, version_id: UUID, _: Sequence[ToldAnswer]) -> Tally:
        return add_up_released(form, lines.get(version_id, []), whole_on)

    return [one for is_told, one in found if is_told], add


def _read_coded(session: Session, step: Step, zone: ZoneInfo) -> tuple[list[ToldAnswer], "_Add"]:
    """What is told of answers under a code: of each person on the version that they answered first."""
    people, whole_at = coded.of_step(session, step.id), _whole_at(step, zone)
    as_at = find_release([one.began_at for one in people], whole_at)
    told = (one.as_at(as_at) for one in people if as_at is not None)
    lines: dict[UUID, list[Timeline[datetime]]] = {}
    for one in people:
        lines.setdefault(one.given[0].form_version_id, []).append(_draw_line(session, one))

    def add(form: Form, version_id: UUID, _: Sequence[ToldAnswer]) -> Tally:
        return add_up_released(form, lines.get(version_id, []), whole_at)

    return _read(session, [one for one in told if one is not None], zone), add


def _draw_line(session: Session, person: CodedHistory) -> Timeline[datetime]:
    first = person.given[0].form_version_id
    given = (one for one in person.given if one.form_version_id == first)
    return Timeline([(one.at, answers_of(session, one)[1]) for one in given])


def _add_up(form: Form, _: UUID, given: Sequence[ToldAnswer]) -> Tally:
    return add_up(form, [one.answers for one in given])


def _whole_at(step: Step, zone: ZoneInfo) -> datetime | None:
    """The end of the day on which a step was found to be over; None while more may come."""
    day = step.told_whole_on
    return midnight_of(day + timedelta(days=1), zone) if day is not None else None


def _read(session: Session, given: Iterable[Response], zone: ZoneInfo) -> list[ToldAnswer]:
    return [
        ToldAnswer(one.form_version_id, one.at.astimezone(zone).date(), answers_of(session, one)[1])
        for one in given
    ]


#: Adds up what was answered on one version of a form.
_Add = Callable[[Form, UUID, Sequence[ToldAnswer]], Tally]


def _part(session: Session, step: Step, told: Iterable[ToldAnswer], add: _Add) -> list[ToldVersion]:
    """The answers of each version by themselves: a question may mean another thing in the next."""
    found: dict[UUID, list[ToldAnswer]] = {}
    for one in told:
        found.setdefault(one.version_id, []).append(one)
    if len(found) < 2:
        version_id = next(iter(found), step.form_version_id)
        form, given = form_version(session, version_id), found.get(version_id, [])
        return [ToldVersion(form, given, add(form, version_id, given))]
    versions = {one: session.get_one(FormVersion, one) for one in found}
    order = sorted(found, key=lambda one: (one == step.small_form_version_id, versions[one].version, one))
    return [
        ToldVersion(
            form := form_version(session, one),
            found[one],
            add(form, one, found[one]),
            _head(step, versions[one], found[one]),
        )
        for one in order
    ]


def _head(step: Step, version: FormVersion, told: Iterable[ToldAnswer]) -> str:
    """What a version is called beside others of its step."""
    if version.id == step.small_form_version_id:
        return "one-page version"
    since = min(one.day for one in told)
    return f"version {version.version}, since {since.day} {since:%B %Y}"
