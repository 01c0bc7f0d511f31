"""One row of a sheet of actions, read on its own: what was promised, by whom, and by when."""

from datetime import date

from bot.directory.checker import Checker
from bot.directory.rows import ActionRow
from bot.directory.vocabulary import simplify
from messages.writing.tone import blame
from store.answers.action import ActionState

#: Characters that are kept of each text.
_LONGEST = {
    "reference": 40,
    "action": 500,
    "owner": 100,
    "review": 100,
    "measure": 200,
    "baseline": 100,
    "target": 100,
    "why": 500,
}
#: Texts that agencies read on the pages that ask about an action.
_READ = ("action", "measure", "baseline", "target", "why")
_STATES = {
    "open": ActionState.OPEN,
    "ongoing": ActionState.OPEN,
    "in progress": ActionState.OPEN,
    "not started": ActionState.OPEN,
    "closed": ActionState.CLOSED,
    "complete": ActionState.CLOSED,
    "completed": ActionState.CLOSED,
    "done": ActionState.CLOSED,
    "no longer needed": ActionState.NOT_NEEDED,
    "not needed": ActionState.NOT_NEEDED,
    "withdrawn": ActionState.NOT_NEEDED,
}


def take_action(checker: Checker, agency: str) -> ActionRow:
    """What the row says of an action of this agency; every problem is noted with the checker."""
    row = ActionRow(
        reference=_required(checker, "reference"),
        agency=agency,
        text=_required(checker, "action"),
        owner=_text(checker, "owner"),
        lesson=_text(checker, "lesson"),
        review=_text(checker, "review"),
        agreed_on=_day(checker, "agreed_on"),
        original_due_on=_day(checker, "original_due_on"),
        due_on=_day(checker, "due_on"),
        measure=_text(checker, "measure"),
        baseline=_text(checker, "baseline"),
        baseline_on=_day(checker, "baseline_on"),
        target=_text(checker, "target"),
        state=_state(checker),
        closed_on=_day(checker, "closed_on"),
        why=_text(checker, "why"),
        source=checker.record.source,
    )
    _check_tone(checker, row)
    _check_end(checker, row)
    if row.lesson and row.review:
        checker.note("review", "an action follows a lesson or a review: leave one of them empty")
    return row


def _required(checker: Checker, key: str) -> str:
    text = checker.prose(key, _LONGEST[key])
    if not text:
        checker.note(key, "is missing")
    return text


def _text(checker: Checker, key: str) -> str | None:
    """Words; None where the sheet has no such column."""
    return checker.prose(key, _LONGEST.get(key, 200)) if checker.has(key) else None


def _day(checker: Checker, key: str) -> date | None:
    """A day; None where the cell is empty or has none that can be read, which is a problem then."""
    return checker.day(key) if checker.record.cell(key).strip() else None


def _state(checker: Checker) -> ActionState | None:
    text = checker.text("state")
    found = _STATES.get(simplify(text)) if text else None
    if text and found is None:
        checker.note("state", f"{text!r} is not a state; write {', '.join(ActionState)}")
    return found


def _check_tone(checker: Checker, row: ActionRow) -> None:
    said = dict(zip(_READ, (row.text, row.measure, row.baseline, row.target, row.why), strict=True))
    for key, text in said.items():
        if found := blame(text or ""):
            checker.note(key, f"{found[0]!r} sounds like blame; say what is to change instead")


def _check_end(checker: Checker, row: ActionRow) -> None:
    """What is closed has a day; what is open has none."""
    if row.state is None or row.state.is_open:
        if row.closed_on:
            checker.note("closed_on", "is given for an action that is open; empty it, or write closed")
    elif not row.closed_on:
        checker.note("closed_on", f"is missing, and the action is {row.state.value}")
