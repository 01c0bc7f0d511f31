"""Results: what a step of a campaign was answered, as a table; of anonymous answers only whole totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from store import campaign, response
from store.campaign import Campaign, Step
from store.database import Session
from store.form import FormVersion
from store.person import Person
from store.surveying import anonymous
from surveys.anonymous import SHUFFLE
from surveys.answers import read_stored
from surveys.flat import columns, flatten
from surveys.form import Form
from surveys.intake import answers_of, form_version
from surveys.totals import FEWEST, Total, add_up, gather_words

#: What stands before the answers in each row of a step that is answered under a name or a code.
ABOUT = ("reference", "agency", "answered_on", "answered_by", "entered_by", "form", "form_version")


@dataclass(frozen=True, slots=True)
class Table:
    """One step answered under a name or a code: a row an answer, every cell a text."""

    step: Step
    form: Form
    columns: Sequence[str]
    rows: Sequence[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Totals:
    """One step answered anonymously: totals of the whole campaign; None while too few have answered."""

    step: Step
    form: Form
    totals: Sequence[Total] | None
    #: What was written freely, question by question, in an order that means nothing.
    words: Sequence[tuple[str, Sequence[str]]]

    @property
    def why_none(self) -> str:
        """Why there are no totals."""
        return f"fewer than {FEWEST} anonymous answers as of last night, so nothing of them is told"


def read_results(session: Session, wanted: Campaign, zone: ZoneInfo) -> list[Table | Totals]:
    """What each step of a campaign was answered, in the order of the steps."""
    return [_of_step(session, wanted, step, zone) for step in campaign.steps(session, wanted.id)]


def _of_step(session: Session, wanted: Campaign, step: Step, zone: ZoneInfo) -> Table | Totals:
    form = form_version(session, step.form_version_id)
    if form.privacy == "anonymous":
        found = [
            read_stored(form_version(session, one.form_version_id), one.answers)
            for one in anonymous.of_campaign(session, wanted.id)
            if one.step_id == step.id
        ]
        return Totals(step, form, add_up(form, found), gather_words(form, found, SHUFFLE))
    rows = []
    for given, asked, agency in response.of_step(session, step.id):
        version = session.get_one(FormVersion, given.form_version_id)
        author = session.get(Person, given.author_id) if given.author_id else None
        about = (
            f"{wanted.slug}-{asked.number}",
            agency.name,
            given.at.astimezone(zone).date().isoformat(),
            author.name if author else "",
            given.entered_by or "",
            version.key,
            str(version.version),
        )
        used, answers = answers_of(session, given)
        rows.append(dict(zip(ABOUT, about, strict=True)) | flatten(used, answers))
    return Table(step, form, [*ABOUT, *columns(form, rows)], rows)
