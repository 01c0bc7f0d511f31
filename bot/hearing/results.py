"""Results: what a step of a campaign was answered, as a table or as totals of the whole campaign."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from zoneinfo import ZoneInfo

from bot.hearing.told import find_telling, tell_shifts
from bot.hearing.worded import word_for_all
from store.answers import confirmation, judgement, response
from store.answers.inbound import Inbound
from store.answers.response import Response
from store.asking import campaign
from store.asking.ask import Ask
from store.asking.campaign import Campaign, Step
from store.asking.form import FormVersion
from store.database import Session
from store.people import booking
from store.people.agency import Agency
from store.people.person import Person
from surveys.answering.answers import read_stored
from surveys.answering.confirming import find_whole
from surveys.answering.flat import columns, flatten, spell_cell
from surveys.answering.intake import answers_of, form_version
from surveys.answering.timeline import Timeline
from surveys.figures.shift import Shift
from surveys.figures.totals import FEWEST, Total, add_up_released
from surveys.forms.form import Form
from surveys.judging.points import read_scores

#: What stands before the answers in each row of a step that is answered under a name or a code.
ABOUT = (
    "reference",
    "agency",
    "answered_on",
    "answered_by",
    "came_by",
    "entered_by",
    "form",
    "form_version",
)
#: Those of them that name somebody.
NAMING = frozenset({"answered_by", "entered_by"})

#: What sets managers' totals apart from those of the step that they follow.
BY_MANAGERS = "by managers"

NO_SHIFTS = (
    f"how people have changed is told once, when both steps are over, of {FEWEST} or more who answered both; "
    f"and only where nobody answered one of them alone, or enough did: {FEWEST} or more"
)


class Detail(Enum):
    """How much of the answers is told."""

    TOTALS = "totals"  #: of every step
    ROWS = "rows"  #: of what is answered under a name, without names of people; else totals
    NAMES = "names"  #: rows of all that has a name or a code, with the names of people


@dataclass(frozen=True, slots=True)
class Table:
    """One step answered under a name or a code: a row an answer, every cell a text."""

    step: Step
    form: Form
    columns: Sequence[str]
    rows: Sequence[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Totals:
    """One step, or one version of the form it was answered on, in totals of the whole campaign.

    There are none while too few have answered. `answers`: how many they are made of.
    """

    step: Step
    form: Form
    totals: Sequence[Total] | None
    answers: int
    #: Which version, where there are several: "version 2, since 3 May 2027". Else empty.
    version: str = ""
    #: How those who answered an earlier step too have moved since.
    shifts: Sequence[Shift] = ()
    #: Why nothing is told of that where there is an earlier step; empty where it is told, or there is none.
    why_no_shifts: str = ""

    @property
    def why_none(self) -> str:
        """Why there are no totals."""
        match self.form.privacy:
            case "named":
                return "nobody has answered yet"
            case "coded":
                return (
                    f"fewer than {FEWEST} answers under a code can be told yet; the latest {FEWEST} wait for "
                    "the next ones, or for the end"
                )
            case "anonymous":
                return (
                    f"fewer than {FEWEST} anonymous answers can be told yet; those of the latest night wait "
                    "for the next ones, or for the end"
                )


def read_results(
    session: Session, wanted: Campaign, zone: ZoneInfo, today: date, detail: Detail = Detail.ROWS
) -> list[Table | Totals]:
    """What each step of a campaign was answered, in the order of the steps.

    What is answered under a code is told in totals of ten answers or more, ten people or more at a time, as
    those who answer are promised, unless names are asked for; what is answered under a name belongs to an
    agency and has totals from one. Answers on several versions of a form are added up apart.
    """
    found: list[Table | Totals] = []
    for step in campaign.steps(session, wanted.id):
        if _is_tabulated(form_version(session, step.form_version_id), detail):
            found.append(_tabulate(session, wanted, step, zone, detail))
        else:
            found += _add_up(session, step, zone)
        found += _confirm(session, step, zone, today)
    found = [_worded(session, wanted, one) if isinstance(one, Totals) else one for one in found]
    return _with_shifts(session, wanted, found, zone) if detail is not Detail.NAMES else found


def _is_tabulated(form: Form, detail: Detail) -> bool:
    match form.privacy:
        case "named":
            return detail is not Detail.TOTALS
        case "coded":
            return detail is Detail.NAMES
        case "anonymous":
            return False


def _add_up(session: Session, step: Step, zone: ZoneInfo) -> list[Totals]:
    """One after another the versions of a step's form that were answered, the step's own where none was."""
    return [
        Totals(step, one.form, one.tally.totals, one.tally.people, one.heading)
        for one in find_telling(session, step, zone).versions
    ]


def _confirm(session: Session, step: Step, zone: ZoneInfo, today: date) -> list[Totals]:
    """What managers said by the links that were passed on to them: in totals alone, whoever asks."""
    given = confirmation.of_step(session, step.id) if step.confirmation_version_id else []
    if step.confirmation_version_id is None or not given:
        return []
    form = form_version(session, step.confirmation_version_id)
    lines = [Timeline([(one.day, read_stored(form, one.answers))]) for one in given]
    tally = add_up_released(form, lines, find_whole(step, today))
    return [Totals(step, form, tally.totals, tally.people, BY_MANAGERS)]


def _worded(session: Session, wanted: Campaign, one: Totals) -> Totals:
    """The same totals with the words of the campaign in the places of their texts."""
    if one.totals is None:
        return one
    say = word_for_all(session, wanted, one.form)
    totals = [
        replace(
            each, title=say(each.title), counts=tuple((say(label), count) for label, count in each.counts)
        )
        for each in one.totals
    ]
    return replace(one, totals=totals)


def _tabulate(session: Session, wanted: Campaign, step: Step, zone: ZoneInfo, detail: Detail) -> Table:
    form, given = form_version(session, step.form_version_id), response.of_step(session, step.id)
    rows = [_row(session, wanted, one, zone) for one in given]
    used = {form.key: form} | {one.key: one for one in (answers_of(session, each)[0] for each, _, _ in given)}
    named = dict.fromkeys(name for one in used.values() for name in columns(one, rows))
    told = dict.fromkeys(name for row in rows for name in row if name not in (*ABOUT, *named))
    table = Table(step, form, [*ABOUT, *named, *told], rows)
    return table if detail is Detail.NAMES else _without_names(table, used.values())


def _row(
    session: Session, wanted: Campaign, found: tuple[Response, Ask, Agency], zone: ZoneInfo
) -> dict[str, str]:
    given, asked, agency = found
    version = session.get_one(FormVersion, given.form_version_id)
    author = session.get(Person, given.author_id) if given.author_id else None
    about = (
        f"{wanted.slug}-{asked.number}",
        agency.name,
        given.at.astimezone(zone).date().isoformat(),
        author.name if author else "",
        session.get_one(Inbound, given.inbound_id).source.value,
        given.entered_by or "",
        version.key,
        str(version.version),
    )
    used, answers = answers_of(session, given)
    return dict(zip(ABOUT, about, strict=True)) | flatten(used, answers) | _judged(session, given, zone)


def _judged(session: Session, given: Response, zone: ZoneInfo) -> dict[str, str]:
    """What the board made of an answer; nothing where it was not judged."""
    judged = judgement.standing(session, given.id)
    if judged is None:
        return {}
    told = {
        "judged:outcome": judged.outcome.value,
        "judged:on": judged.at.astimezone(zone).date().isoformat(),
        "judged:rating": "" if judged.rating is None else str(judged.rating),
        "judged:decision": judged.decision,
        "judged:points": "\n".join(
            ": ".join(filter(None, (one["about"], one["text"]))) for one in judged.points
        ),
    }
    for name, score in read_scores(judged.scores).items():
        told |= {f"moderated:{name}": spell_cell(score.value), f"because:{name}": score.because}
    return told


def _without_names(table: Table, used: Iterable[Form]) -> Table:
    """The table without the columns that name somebody, whether they answered or were named."""
    personal = {name for form in used for name, question in form.every.items() if question.personal}
    kept = [name for name in table.columns if name not in NAMING and name.split(".")[-1] not in personal]
    rows = [{name: row[name] for name in kept if name in row} for row in table.rows]
    return replace(table, columns=kept, rows=rows)


def _with_shifts(
    session: Session, wanted: Campaign, found: Sequence[Table | Totals], zone: ZoneInfo
) -> list[Table | Totals]:
    """The same with what has changed since the first step that was answered under the same codes."""
    steps = {one.step.id: one for one in reversed(found) if one.form.privacy == "coded"}
    compared = [one for one in found if steps.get(one.step.id) is one]
    if len(compared) < 2:
        return list(found)
    first, *later = compared
    booked = booking.count(session, wanted.id)
    shifts = tell_shifts(session, first.step, [one.step for one in later], booked, zone)

    def compare(one: Table | Totals) -> Table | Totals:
        if not isinstance(one, Totals) or one not in later:
            return one
        told = shifts.get(one.step.id, [])
        return replace(one, shifts=told, why_no_shifts="" if told else NO_SHIFTS)

    return [compare(one) for one in found]
