"""Contact changes: what an agency says of the people whom the board writes to, for the office to see to."""

from datetime import datetime

from store import chore
from store.asking.ask import Ask
from store.chore import ChoreKind
from store.database import Session
from store.people.agency import Agency
from surveys.answering.answers import Answers
from surveys.answering.value import is_table
from surveys.forms.form import Form
from surveys.kinds.table import Gridded

#: The form, its table, and the question whose answer says that nothing changes.
FORM, PEOPLE, STILL, SAME = "contact_card", "contact_people", "still", "same"
#: What else it tells.
AGENCY, DOMAINS = "agency_changes", "domains"


def find_changes(form: Form, answers: Answers) -> list[str]:
    """What is to be changed in the directory, one clause each; empty where all is as it was."""
    table, told = form.questions.get(PEOPLE), answers.values.get(PEOPLE)
    found: list[str] = []
    if isinstance(table, Gridded) and is_table(told):
        found = [
            f"{table.name_line(line, cells)}: {table.say_line(cells)}"
            for line, cells in told.items()
            if cells.get(STILL) not in (None, SAME)
        ]
    for name in (AGENCY, DOMAINS):
        if said := answers.values.get(name):
            found.append(f"{form.questions[name].title}: {said}")
    return found


def list_changes(session: Session, asked: Ask, form: Form, answers: Answers, now: datetime) -> None:
    """List what is to be changed for a person; an answer by which nothing changes ticks that off.

    Nothing changes by itself: whoever is named has not said yes, and may be known under another address.
    """
    if form.key != FORM:
        return
    changes = find_changes(form, answers)
    if not changes:
        chore.finish(session, ChoreKind.DIRECTORY, str(asked.id), "all is as it was", now)
        return
    agency = session.get_one(Agency, asked.agency_id)
    chore.open_once(
        session,
        ChoreKind.DIRECTORY,
        str(asked.id),
        f"{agency.name} says of the people we write to: {'; '.join(changes)}. Check it with them, then put "
        "it into the directory: cascade import.",
        now,
        board_id=asked.board_id,
        agency_id=agency.id,
        ask_id=asked.id,
    )
