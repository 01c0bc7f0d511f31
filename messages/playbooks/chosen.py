"""Chosen: the forms that whoever makes a campaign puts into a playbook that leaves the choice to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from messages.playbooks.playbook import Playbook, PlaybookStep


@dataclass(frozen=True, slots=True)
class ChosenForm:
    """What a step takes from the form that is chosen for it; `minutes` is how long the form takes."""

    key: str
    title: str
    minutes: int


def takes_form(book: Playbook) -> bool:
    """Whether a playbook leaves it to whoever uses it what is asked."""
    return any(not step.form for step in book.steps)


def put_in(book: Playbook, forms: Sequence[ChosenForm], small: ChosenForm | None = None) -> Playbook | str:
    """The playbook with the forms in their places, or one clause that says why they do not fit.

    `small` is what agencies with few staff are asked in place of the one form.
    """
    places = [step for step in book.steps if not step.form]
    if small is not None and (len(forms) != 1 or any(step.is_open for step in book.steps)):
        return f"--small-form goes with one --form that agencies owe, and not with the playbook {book.key}"
    if not places:
        return f"the playbook {book.key} has its own forms: leave --form out" if forms else book
    if not forms:
        return f"the playbook {book.key} asks a form of your choice: say which with --form KEY"
    if len(forms) > 1 and not any(step.is_each for step in places):
        return f"the playbook {book.key} asks one form at a time, and {len(forms)} were given"
    if len({form.key for form in forms}) < len(forms):
        return "--form names the same form twice"
    steps = [filled for step in book.steps for filled in ([step] if step.form else _fill(step, forms, small))]
    return replace(book, title=book.title.replace("{form}", forms[0].title), steps=tuple(steps))


def _fill(step: PlaybookStep, forms: Sequence[ChosenForm], small: ChosenForm | None) -> list[PlaybookStep]:
    return [
        replace(
            step,
            key=form.key if step.is_each else step.key,
            title=step.title.replace("{form}", form.title),
            form=form.key,
            minutes=form.minutes,
            is_each=False,
            small_form=small.key if small else "",
            small_minutes=small.minutes if small else None,
        )
        for form in forms
    ]
