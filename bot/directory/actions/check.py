"""What shows only beside other rows and what is there: actions of nobody, or given twice, or otherwise."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from bot.directory.crosscheck import Known
from bot.directory.entries import Entry
from bot.directory.rows import ActionRow, Key
from bot.directory.vocabulary import fold
from store.answers.action import ActionState

#: A lesson's code, and the day on which it was first sent; None where it was not yet.
Launched: TypeAlias = tuple[str, date | None]

_NEAR = 8


def check_actions(entries: Sequence[Entry], known: Known, agencies: Collection[str]) -> None:
    """Note what keeps actions out; `agencies` are the folded names there will be after the import."""
    there = {row.key: row for row in known.actions}
    lessons = {fold(code): (code, day) for code, day in known.lessons.items()}
    _check_twice(entries)
    for entry in entries:
        if entry.action is None or entry.problems:
            continue
        _check_names(entry, entry.action, agencies, lessons)
        before = there.get(entry.action.key)
        if before is not None:
            _check_before(entry, entry.action, before)
        elif not entry.problems:
            _complete(entry, entry.action, lessons)
        _check_end(entry, entry.action, before)


def keep_first_action(rows: Iterable[ActionRow], warn: Callable[[str], None]) -> tuple[ActionRow, ...]:
    """One row per action; repeats that reach here say the same, and are warned of."""
    kept: dict[Key, ActionRow] = {}
    for row in rows:
        if kept.setdefault(row.key, row) is not row:
            warn(f"{row.source}: action {row.reference} is given twice; one is kept")
    return tuple(kept.values())


def _check_twice(entries: Sequence[Entry]) -> None:
    said: dict[Key, set[ActionRow]] = defaultdict(set)
    rows = [(entry, entry.action) for entry in entries if entry.action is not None and not entry.problems]
    for _, row in rows:
        said[row.key].add(replace(row, source=None))
    for entry, row in rows:
        if len(said[row.key]) > 1:
            entry.note("reference", f"{row.reference!r} is given to several actions; each has its own")


def _check_names(
    entry: Entry, row: ActionRow, agencies: Collection[str], lessons: Mapping[str, Launched]
) -> None:
    if fold(row.agency) not in agencies:
        text = f"{row.agency!r} is not an agency of this import or of the board; add it or correct its name"
        entry.note("agency", text)
    if row.lesson and fold(row.lesson) in lessons:
        entry.action = replace(row, lesson=lessons[fold(row.lesson)][0])
    elif row.lesson:
        codes = sorted(code for code, _ in lessons.values())[:_NEAR]
        have = f"it has {', '.join(codes)}" if codes else "it has none yet; name a review instead"
        entry.note("lesson", f"the board has no lesson {row.lesson!r}; {have}")


def _check_before(entry: Entry, row: ActionRow, before: ActionRow) -> None:
    """What an action that is there may not become by a file."""
    if fold(before.agency) != fold(row.agency):
        text = f"{before.reference} is an action of {before.agency}; give this one a reference of its own"
        entry.note("agency", text)
    first = before.original_due_on
    if row.original_due_on and first and row.original_due_on != first:
        text = f"{before.reference} was first due on {first:%d/%m/%Y}, and that stays; change its due date"
        entry.note("original_due_on", text)
    was = before.state or ActionState.OPEN
    if row.state and row.state.is_open and not was.is_open:
        text = f"{before.reference} is {was.value}; `cascade rate` with --decision reopen opens it again"
        entry.note("state", text)


def _check_end(entry: Entry, row: ActionRow, before: ActionRow | None) -> None:
    """Whoever closes an action by a file says why; one that was closed already has been judged."""
    was_open = before is None or before.state is None or before.state.is_open
    if row.state and not row.state.is_open and was_open and not row.why:
        entry.note("why", f"is missing: say why it is {row.state.value}")


def _complete(entry: Entry, row: ActionRow, lessons: Mapping[str, Launched]) -> None:
    """What a new action cannot be without; its day is that of its lesson, unless it says another."""
    if not row.agreed_on and row.lesson:
        row = entry.action = replace(row, agreed_on=lessons[fold(row.lesson)][1])
    if not row.owner:
        entry.note("owner", "is missing: name a role, or a person if they agree")
    if not (row.due_on or row.original_due_on):
        entry.note("due_on", "is missing: by when is it to be done?")
    if not (row.lesson or row.review):
        entry.note("lesson", "is missing: name the lesson by its code, or the review under Review")
    if not row.agreed_on:
        entry.note("agreed_on", "is missing: three, six and twelve months are counted from this day")
