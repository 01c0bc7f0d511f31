"""Changes: what is different between two versions of a form, question by question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from surveys.forms.form import Form


class ChangeKind(StrEnum):
    """What sort of change it is, and so how answers to both versions may be compared."""

    ADDED = "added"
    GONE = "gone"
    #: Answers of the two versions are not of the same sort.
    KIND = "other kind"
    REWORDED = "reworded"
    #: Other choices, lines or points of a scale.
    CHOICES = "other choices"
    RULE = "new rule"
    #: Limits, lists of types and whatever else is set.
    SETTING = "other setting"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `question` is its name, empty for the form; `setting` what of it differs.

    `before` and `now` are in words as far as there are any, each empty where there was or is nothing.
    """

    kind: ChangeKind
    question: str
    setting: str = ""
    before: str = ""
    now: str = ""

    def __str__(self) -> str:
        """The change on one line."""
        place = self.question or "the form"
        told = f"{place}: {self.kind}"
        if self.setting:
            told += f" ({self.setting.replace('_', ' ')})"
        if self.kind in (ChangeKind.ADDED, ChangeKind.GONE):
            return f"{told}: “{self.now or self.before}”"
        return f"{told}: “{self.before or '-'}” is now “{self.now or '-'}”"


_WORDS = frozenset(
    {
        "label",
        "short",
        "hint",
        "missing",
        "constraint_message",
        "notice",
        "title",
        "purpose",
        "intro",
        "consent",
        "item",
        "unit",
        "yes",
        "no",
    }
)
_RULES = frozenset(
    {"relevant", "required", "constraint", "calculation", "choice_filter", "times", "section relevant"}
)
_INSIDE = ("questions", "columns")
_LISTS = ("choices", "lines")


def compare_forms(old: Form, new: Form) -> list[Change]:
    """Every difference that somebody who answers, or reads answers, could meet, in the new form's order."""
    before, now = dict(_questions(old.to_json())), dict(_questions(new.to_json()))
    found = list(_compare_settings("", _head(old), _head(new)))
    found += [
        Change(ChangeKind.GONE, name, before=_label(before[name])) for name in before if name not in now
    ]
    for name, question in now.items():
        if name not in before:
            found.append(Change(ChangeKind.ADDED, name, now=_label(question)))
        else:
            found += _compare_settings(name, before[name], question)
    return found + list(_moved(list(before), list(now)))


def _head(form: Form) -> Mapping[str, Any]:
    left_out = ("sections", "version", "key")
    return {setting: value for setting, value in form.to_json().items() if setting not in left_out}


def _questions(form: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for section in form["sections"]:
        for question in section["questions"]:
            around = {"section relevant": section["relevant"]} if section.get("relevant") else {}
            yield question["name"], {**question, **around}
            for inside in _INSIDE:
                for cell in question.get(inside, ()):
                    yield cell["name"], cell


def _compare_settings(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for setting in dict.fromkeys((*old, *new)):
        before, now = old.get(setting), new.get(setting)
        if before == now or setting in _INSIDE:
            continue
        if setting in _LISTS:
            yield from _compare_lists(name, before or (), now or ())
        else:
            yield Change(_sort(setting), name, setting, _say(before), _say(now))


def _compare_lists(name: str, old: Any, new: Any) -> Iterator[Change]:
    before, now = ({each["value"]: each for each in listed} for listed in (old, new))
    for value, each in before.items():
        if value not in now:
            yield Change(ChangeKind.CHOICES, name, f"choice {value}", before=each["label"])
    for value, each in now.items():
        if value not in before:
            yield Change(ChangeKind.CHOICES, name, f"choice {value}", now=each["label"])
            continue
        for setting in dict.fromkeys((*before[value], *each)):
            told = _say(before[value].get(setting)), _say(each.get(setting))
            if told[0] != told[1]:
                kind = ChangeKind.REWORDED if setting in _WORDS else ChangeKind.CHOICES
                yield Change(kind, name, f"choice {value}, {setting}", *told)
    if list(before) != list(now) and set(before) == set(now):
        yield Change(ChangeKind.CHOICES, name, "order of choices", ", ".join(before), ", ".join(now))


def _moved(before: list[str], now: list[str]) -> Iterator[Change]:
    """Questions asked in another order, among those that both versions have."""
    kept = [name for name in before if name in set(now)]
    order = [name for name in now if name in set(before)]
    for place, name in enumerate(order):
        if kept.index(name) != place:
            kept.remove(name)
            kept.insert(place, name)
            after = order[place - 1] if place else ""
            yield Change(ChangeKind.MOVED, name, "order", now=f"after {after}" if after else "first")


def _sort(setting: str) -> ChangeKind:
    if setting == "kind":
        return ChangeKind.KIND
    if setting in _WORDS or setting == "labels":
        return ChangeKind.REWORDED
    return ChangeKind.RULE if setting in _RULES else ChangeKind.SETTING


def _label(question: Mapping[str, Any]) -> str:
    return str(question.get("short") or question["label"])


def _say(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return ", ".join(_say(each) for each in value)
        case Mapping():
            return "; ".join(f"{name}: {_say(each)}" for name, each in value.items())
        case _:
            return str(value)
