"""Results: what a step of a campaign was answered, as a table or as totals of the whole campaign."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from uuid import UUID
from zoneinfo import ZoneInfo

from store import booking, campaign, response
from store.agency import Agency
from store.ask import Ask
from store.campaign import Campaign, Step
from store.database import Session
from store.form import FormVersion
from store.inbound import Inbound
from store.person import Person
from store.response import Response
from store.surveying import anonymous
from surveys.anonymous import SHUFFLE, find_told
from surveys.answers import Answers, read_stored
from surveys.flat import columns, flatten
from surveys.form import Form
from surveys.intake import answers_of, form_version
from surveys.shift import Shift, find_shifts
from surveys.totals import FEWEST, Total, add_up, gather_words

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
    """One step in totals of the whole campaign; None while too few have answered."""

    step: Step
    form: Form
    totals: Sequence[Total] | None
    #: What was written freely, question by question, in an order that means nothing.
    words: Sequence[tuple[str, Sequence[str]]]
    #: How those who answered an earlier step too have moved since.
    shifts: Sequence[Shift] = ()

    @property
    def why_none(self) -> str:
        """Why there are no totals."""
        match self.form.privacy:
            case "named":
                return "nobody has answered yet"
            case "coded":
                return f"fewer than {FEWEST} answers, so nothing of them is told"
            case "anonymous":
                return (
                    f"fewer than {FEWEST} anonymous answers can be told yet; those of the latest night wait "
                    "for the next ones, or for the end"
                )


def read_results(
    session: Session, wanted: Campaign, zone: ZoneInfo, today: date, detail: Detail = Detail.ROWS
) -> list[Table | Totals]:
    """What each step of a campaign was answered, in the order of the steps.

    What is answered under a code is told in totals of ten answers or more, as those who answer are promised,
    unless names are asked for; what is answered under a name belongs to an agency and has totals from one.
    """
    steps = campaign.steps(session, wanted.id)
    found = [_of_step(session, wanted, step, zone, detail) for step in steps]
    return _with_shifts(session, wanted, found, today) if detail is not Detail.NAMES else found


def _of_step(
    session: Session, wanted: Campaign, step: Step, zone: ZoneInfo, detail: Detail
) -> Table | Totals:
    form = form_version(session, step.form_version_id)
    if form.privacy == "anonymous":
        told, written = (
            [read_stored(form_version(session, one.form_version_id), one.answers) for one in some]
            for some in (
                find_told(session, wanted, step.id),
                (one for one in anonymous.of_campaign(session, wanted.id) if one.step_id == step.id),
            )
        )
        # What was written freely is for whoever reads it for worries, and waits for no more answers.
        return Totals(step, form, add_up(form, told), gather_words(form, written, SHUFFLE))
    given = response.of_step(session, step.id)
    if detail is Detail.TOTALS or (form.privacy == "coded" and detail is Detail.ROWS):
        told = [answers_of(session, one)[1] for one, _, _ in given]
        fewest = FEWEST if form.privacy == "coded" else 1
        return Totals(step, form, add_up(form, told, fewest), gather_words(form, told, SHUFFLE))
    rows = [_row(session, wanted, one, zone) for one in given]
    used = {form.key: form} | {one.key: one for one in (answers_of(session, each)[0] for each, _, _ in given)}
    named = dict.fromkeys(name for one in used.values() for name in columns(one, rows))
    table = Table(step, form, [*ABOUT, *named], rows)
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
    return dict(zip(ABOUT, about, strict=True)) | flatten(used, answers)


def _without_names(table: Table, used: Iterable[Form]) -> Table:
    """The table without the columns that name somebody, whether they answered or were named."""
    personal = {name for form in used for name, question in form.every.items() if question.personal}
    kept = [name for name in table.columns if name not in NAMING and name.split(".")[-1] not in personal]
    rows = [{name: row[name] for name in kept if name in row} for row in table.rows]
    return replace(table, columns=kept, rows=rows)


def _with_shifts(
    session: Session, wanted: Campaign, found: Sequence[Table | Totals], today: date
) -> list[Table | Totals]:
    """The same with what has changed since the first step that was answered under the same codes."""
    coded = [one for one in found if isinstance(one, Totals) and one.form.privacy == "coded"]
    if len(coded) < 2:
        return list(found)
    first, booked = coded[0], booking.count(session, wanted.id)
    start = first.form, _by_person(session, first.step)

    def compare(one: Table | Totals) -> Table | Totals:
        if not isinstance(one, Totals) or one not in coded[1:]:
            return one
        then = one.form, _by_person(session, one.step)
        return replace(one, shifts=find_shifts(first.step.title, start, then, booked, today))

    return [compare(one) for one in found]


def _by_person(session: Session, step: Step) -> Mapping[UUID, Answers]:
    def pairs() -> Iterator[tuple[UUID, Answers]]:
        for given, asked, _ in response.of_step(session, step.id):
            if asked.person_id is not None:
                yield asked.person_id, answers_of(session, given)[1]

    return dict(pairs())
