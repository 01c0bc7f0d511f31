"""Evidence: the form by which one agency says what became of its actions, made from the shipped one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from surveys.forms.form import Form

#: The shipped form that others are made from.
TEMPLATE = "action_evidence"
#: Months after the lesson or review at which an action is asked about.
CHECKS = (3, 6, 12)
LAST_CHECK = 12
#: Actions in one form: as many as a form may have sections.
MOST_ACTIONS = 50
#: Minutes that a form may claim.
_MOST_MINUTES = 240
_LONGEST_TITLE = 90
#: Asked of everybody alike, and known here; asked at the last check alone.
_KNOWN, _YEAR = "months", "year"
_SAID = "${status} != ''"
_NAMED = re.compile(r"\$\{([a-z][a-z0-9_]*)\}")
_RULES = ("relevant", "constraint", "calculation", "choice_filter", "required")
_DECIMAL = re.compile(r"-?\d{1,9}(\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class ActionToAsk:
    """An action as its form shows it; texts are empty where nobody has said them."""

    #: Its number in the board: its questions keep their names from check to check by it.
    number: int
    reference: str
    text: str
    owner: str
    first_due: date
    due: date
    measure: str = ""
    baseline: str = ""
    baseline_on: date | None = None
    target: str = ""


def name_question(number: int, name: str) -> str:
    """What a question of the shipped form is called in the form about an action of this number."""
    return f"a{number}_{name}"


def minutes_for(template: Form, count: int) -> int:
    """How long a form about so many actions takes."""
    return min(template.minutes * count, _MOST_MINUTES)


def form_for(
    template: Form, key: str, version: int, title: str, actions: Sequence[ActionToAsk], months: int
) -> Form:
    """The form that asks about some actions after so many months; what is known of each is shown.

    One action is asked about page by page. Several have a section each, so that each owner can be invited to
    theirs. Raises ValueError without an action, and with more than MOST_ACTIONS.
    """
    if not 0 < len(actions) <= MOST_ACTIONS:
        raise ValueError(f"a form asks about 1 to {MOST_ACTIONS} actions, not {len(actions)}")
    written = cast(dict[str, Any], template.to_json())
    apart = [_sections(written["sections"], one, months) for one in actions]
    whole = apart[0] if len(actions) == 1 else [_gather(*each) for each in zip(actions, apart, strict=True)]
    head = {
        "key": key,
        "version": version,
        "title": title,
        "minutes": minutes_for(template, len(actions)),
        "carries_by": "",
        "intro": _INTRO.format(months=months),
        "layout": "pages" if len(actions) == 1 else "tasks",
        "sections": whole,
    }
    return Form.from_json({**written, **head})


_INTRO = "We ask after three, six and twelve months. This is the check after {months} months."


def _sections(sections: Sequence[Mapping[str, Any]], one: ActionToAsk, months: int) -> list[dict[str, Any]]:
    """The shipped form's sections about one action, its questions named after it."""
    return [
        {
            **section,
            "name": name_question(one.number, section["name"]),
            # Whatever the months, they come last: once the status is known.
            "relevant": _rename(_SAID if section["name"] == _YEAR else section.get("relevant", ""), one),
            "questions": [_rewrite(each, one) for each in _questions(section, one)],
        }
        for section in sections
        if section["name"] != _YEAR or months == LAST_CHECK
    ]


def _questions(section: Mapping[str, Any], one: ActionToAsk) -> Iterator[dict[str, Any]]:
    given = _givens(one)
    for question in section["questions"]:
        if question["name"] == _KNOWN:
            continue
        known = given.pop(question["name"], "")
        yield {**question, "given": True, "default": known} if known else {**question, "given": False}
    if section["name"] == "action":
        yield from _further(one)


def _givens(one: ActionToAsk) -> dict[str, str]:
    """What is known of an action, by the shipped form's questions."""
    return {
        "action_reference": one.reference,
        "action_text": one.text,
        "action_owner": one.owner,
        "action_due": one.first_due.isoformat(),
        "action_measure": one.measure,
        "baseline": one.baseline if _DECIMAL.fullmatch(one.baseline) else "",
    }


def _further(one: ActionToAsk) -> Iterator[dict[str, Any]]:
    """What the shipped form has no question for, shown where it is known."""
    if one.due != one.first_due:
        yield _shown("due_now", "Due now", one.due.isoformat()) | {
            "kind": "date",
            "earliest": "2000-01-01",
            "latest": "2099-12-31",
        }
    if one.baseline:
        day = f" ({one.baseline_on:%d/%m/%Y})" if one.baseline_on else ""
        yield _shown("start", "At the start", f"{one.baseline}{day}")
    if one.target:
        yield _shown("target", "What is aimed for", one.target)


def _shown(name: str, label: str, text: str) -> dict[str, Any]:
    return {"kind": "text", "name": name, "label": label, "given": True, "default": text}


def _rewrite(question: Mapping[str, Any], one: ActionToAsk) -> dict[str, Any]:
    named = {**question, "name": name_question(one.number, question["name"])}
    for rule in _RULES:
        if isinstance(named.get(rule), str):
            named[rule] = _rename(named[rule], one)
    return named


def _rename(rule: str, one: ActionToAsk) -> str:
    return _NAMED.sub(lambda found: f"${{{name_question(one.number, found[1])}}}", rule)


def _gather(one: ActionToAsk, sections: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One section with all that is asked about an action; what ruled its old sections rules each question."""
    return {
        "name": f"a{one.number}",
        "title": _title(one),
        "questions": [each for section in sections for each in _moved(section)],
    }


def _moved(section: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    around = section["relevant"]
    if section.get("intro"):
        name = f"{section['name']}_intro"
        yield {"kind": "note", "name": name, "label": section["intro"], "relevant": around}
    for question in section["questions"]:
        own = question.get("relevant", "")
        both = f"({around}) and ({own})" if around and own else around or own
        yield {**question, "relevant": both}


def _title(one: ActionToAsk) -> str:
    title = f"{one.reference}: {one.text}"
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"
