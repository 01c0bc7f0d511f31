"""Acts: what the buttons inside a page do: entries added or taken away, choices put in order."""

from collections.abc import Callable

from surveys.forms.form import Form
from surveys.forms.question import Question
from surveys.kinds.file import File
from surveys.kinds.ranking import Ranking
from surveys.kinds.table import Repeat
from surveys.paging.keystrokes import Raw

Typed = dict[str, list[str]]


def perform(form: Form, raw: Raw, act: str, at: str) -> tuple[Typed, str] | None:
    """Do what a button says, as `up:topics:neglect`: what is typed now, and the page to show.

    None where there is no such button. `at` is the page that it stands on.
    """
    typed = {name: list(texts) for name, texts in raw.items()}
    verb, _, rest = act.partition(":")
    target, _, value = rest.partition(":")
    table, _, entry = target.partition(".")
    repeat = form.questions.get(table)
    if isinstance(repeat, Repeat) and not repeat.times and verb in _ENTRIES:
        return _ENTRIES[verb](repeat, typed, entry)
    question = _at(form, target)
    if isinstance(question, Ranking) and verb in _ORDERS and value in (question.offers() or ()):
        order = list(question.order({question.name: typed.get(target, [])}))
        if verb != "pick" or len(order) < question.limit:
            typed[target] = _ORDERS[verb](order, value)
        return typed, at
    if isinstance(question, File) and verb == "drop":
        typed[target] = [text for text in typed.get(target, []) if text != value]
        return typed, at
    return None


def _at(form: Form, field: str) -> Question | None:
    """The question behind a field, also in a table."""
    if "." not in field:
        return form.questions.get(field)
    table, _, cell = field.split(".", 2) if field.count(".") == 2 else (field, "", "")
    owner = form.tables.get(cell)
    return owner.by_name[cell] if owner is not None and owner.name == table and owner.owns(field) else None


def _add(repeat: Repeat, typed: Typed, _: str) -> tuple[Typed, str]:
    count = repeat.count(typed)
    if count >= repeat.most:
        return typed, repeat.name
    typed[repeat.name] = [str(count + 1)]
    return typed, f"{repeat.name}.{count + 1}"


def _change(repeat: Repeat, typed: Typed, entry: str) -> tuple[Typed, str]:
    return typed, f"{repeat.name}.{entry}" if entry in repeat.keys(typed) else repeat.name


def _remove(repeat: Repeat, typed: Typed, entry: str) -> tuple[Typed, str]:
    """Take an entry away; those after it move up."""
    keys = repeat.keys(typed)
    if entry not in keys:
        return typed, repeat.name
    kept = [key for key in keys if key != entry]
    moved: Typed = {name: texts for name, texts in typed.items() if not name.startswith(f"{repeat.name}.")}
    for number, key in enumerate(kept, 1):
        moved |= {f"{repeat.name}.{number}.{name}": texts for name, texts in repeat.view(typed, key).items()}
    moved[repeat.name] = [str(len(kept))]
    return moved, repeat.name


def _pick(order: list[str], value: str) -> list[str]:
    return [*order, value] if value not in order else order


def _drop(order: list[str], value: str) -> list[str]:
    return [each for each in order if each != value]


def _up(order: list[str], value: str) -> list[str]:
    place = order.index(value) if value in order else 0
    if place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
    return order


def _down(order: list[str], value: str) -> list[str]:
    place = order.index(value) if value in order else len(order)
    if place + 1 < len(order):
        order[place], order[place + 1] = order[place + 1], order[place]
    return order


_ENTRIES: dict[str, Callable[[Repeat, Typed, str], tuple[Typed, str]]] = {
    "add": _add,
    "change": _change,
    "remove": _remove,
}
_ORDERS: dict[str, Callable[[list[str], str], list[str]]] = {
    "pick": _pick,
    "drop": _drop,
    "up": _up,
    "down": _down,
}
