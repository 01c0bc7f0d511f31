"""Opening: whether a survey may be opened to those it asks, in which languages, and with which questions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from surveys.forms.form import Form
from surveys.forms.question import Question, places_in
from surveys.forms.section import Section
from surveys.forms.ties import looked_at, rules_of
from surveys.kinds.note import Note
from surveys.kinds.table import Gridded
from surveys.tongues.tongue import find_tongue

#: So many named reviewers share the rota of a day.
REVIEWERS = 2
#: The number at which a board's own area takes reports about a child, among its helplines.
FRONT_DOOR = "front_door"


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Texts in a language that no person has signed off: those of a form, or of the pages round about it.

    `body` is what commands call them, `language` a tag; `is_whole` says that every text is translated.
    """

    body: str
    language: str
    is_whole: bool

    @property
    def commands(self) -> tuple[str, ...]:
        """What leads to a signature, in order."""
        at = f"--language {self.language}"
        sheet = f"{self.body}-{self.language}.xlsx"
        read = f"cascade form texts {self.body} {at} --out {sheet}"
        sign = f"cascade form sign-off {self.body} {at} --texts MARK"
        return (read, sign) if self.is_whole else (read, f"cascade form translate {sheet} {at}", sign)


def why_not_ready(
    *, next_day: date, on_duty: int, has_front_door: bool, unchecked_helplines: Mapping[str, str]
) -> list[str]:
    """Why a board may open no survey of families yet: a sentence each, its commands on lines below.

    `on_duty` counts the reviewers on the rota of the next working day, `has_front_door` says that the board
    shows the number at which its own area takes reports, and `unchecked_helplines` are the numbers not rung
    within 90 days, key → name.
    """
    reasons = []
    if on_duty < REVIEWERS:
        who = "only one of two reviewers is" if on_duty else "nobody is"
        reasons.append(
            f"{who} on duty on the next working day, {next_day:%d/%m/%Y}, to read what children and families "
            f"write. Put two on the rota:\ncascade duty EMAIL --name NAME --from {next_day}"
        )
    if not has_front_door:
        reasons.append(
            "the board's own number for reports about a child is not shown. Set it, ring it, then check it "
            f"off:\ncascade helplines set {FRONT_DOOR} --number NUMBER --name NAME\n"
            f"cascade helplines check {FRONT_DOOR}"
        )
    if unchecked_helplines:
        keys = " ".join(sorted(unchecked_helplines))
        reasons.append(
            f"not checked within the last 90 days: {_listed(unchecked_helplines.values())}. Ring each "
            f"number, then check it off:\ncascade helplines check {keys}"
        )
    return reasons


def why_not_spoken(unsigned: Collection[Unsigned]) -> str:
    """Why languages may not be offered to families yet, with the commands on lines below; else empty."""
    if not unsigned:
        return ""
    names = _listed({f"{find_tongue(one.language).name} ({one.language})" for one in unsigned})
    commands = dict.fromkeys(command for one in unsigned for command in one.commands)
    filled = ", fill in what is still in English" if not all(one.is_whole for one in unsigned) else ""
    return "\n".join(
        (
            f"not signed off by a person: the translation into {names}. Have somebody who speaks the "
            f"language read it{filled} and sign it off by the MARK that is printed with its texts; or leave "
            "the language out, with --language when the campaign is made:",
            *commands,
        )
    )


def takes_words(language: str, languages_read: Collection[str]) -> bool:
    """Whether boxes to write in are shown in a language: only where somebody is named who can read it.

    English, easy or not, is read by the reviewers themselves. A reader of a language reads its varieties.
    """
    tags = {tag.lower() for tag in languages_read} | {"en"}
    return language.lower() in tags or language.lower().partition("-")[0] in tags


def leave_out_boxes(form: Form) -> Form | None:
    """The form without the boxes that people write freely in, nor what hangs on them; the rest as it was.

    Answers given to it are answers to the whole form as well. None where nothing would be left to ask.
    """
    gone = {each for question in form.questions.values() if _is_box(question) for each in _names_in(question)}
    hanging = {name: _hangs_on(form, question) for name, question in form.questions.items()}
    while more := {name for name, ties in hanging.items() if name not in gone and ties & gone}:
        gone |= {each for name in more for each in _names_in(form.questions[name])}
    kept = _without(form, gone)
    asks = any(question.asks and not question.is_hidden for section in kept for question in section.questions)
    return replace(form, sections=kept) if asks else None


def leave_out_contact(form: Form) -> Form:
    """The form without the notes that tell how to be contacted: the same one where it has none.

    A note asks nothing, so answers given to it are answers to the whole form.
    """
    gone = {name for name, one in form.questions.items() if isinstance(one, Note) and one.about_contact}
    return replace(form, sections=_without(form, gone)) if gone else form


def _without(form: Form, gone: Collection[str]) -> tuple[Section, ...]:
    """The sections of a form without some questions; those of which nothing is left are out too."""
    less = (
        replace(section, questions=tuple(each for each in section.questions if each.name not in gone))
        for section in form.sections
    )
    return tuple(section for section in less if section.questions)


def has_boxes(form: Form) -> bool:
    """Whether people write freely anywhere in a form."""
    return any(_is_box(question) for question in form.questions.values())


def _is_box(question: Question) -> bool:
    cells = question.cells if isinstance(question, Gridded) else ()
    return question.free_text or any(cell.free_text for cell in cells)


def _names_in(question: Question) -> set[str]:
    """The name of a question, and of those in it where it is a table."""
    return {question.name, *(question.by_name if isinstance(question, Gridded) else ())}


def _hangs_on(form: Form, question: Question) -> set[str]:
    """The questions without which one cannot be asked, worded or checked."""
    found = set(form.ties[question.name])
    for each in (question, *(question.cells if isinstance(question, Gridded) else ())):
        found |= {name for rule in rules_of(each).values() for name in looked_at(rule, columns=True)}
        found |= places_in(each.short, each.missing, each.constraint_message)
    return found - _names_in(question)


def _listed(names: Collection[str]) -> str:
    ordered = sorted(set(names))
    return ", ".join(ordered[:-1]) + (" and " if ordered[1:] else "") + ordered[-1]
