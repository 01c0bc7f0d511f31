"""The rules of a form in words, each beside its question, to be compared with what was written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveys.forms.form import Form
from surveys.forms.question import Question
from surveys.forms.ties import rules_of
from surveys.kinds.table import Gridded, Matrix, Repeat

#: What is said before a rule, by the setting it stands in, in the order in which the rules are told.
_SAID = {
    "relevant": "Only where",
    "times": "As many entries as",
    "calculation": "Worked out as",
    "choice_filter": "Offers the choices where",
    "required": "Must be answered where",
    "constraint": "The answer must meet",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A rule as it is written, and what it does; `told` is what people read where they do not meet it."""

    words: str
    rule: str
    told: str = ""

    def __str__(self) -> str:
        """The rule on one line."""
        return f"{self.words} {self.rule}" + (f"; else people read: {self.told}" if self.told else "")


def state_rules(form: Form) -> dict[str, tuple[Stated, ...]]:
    """The rules at each field, by its name on the page; a field that has none has no entry."""
    found: dict[str, tuple[Stated, ...]] = {}
    for section in form.sections:
        for question in section.questions:
            for name, stated in _state(question, section.relevant):
                found[name] = (*found.get(name, ()), stated)
    return found


def _state(question: Question, around: str) -> Iterator[tuple[str, Stated]]:
    """A question's rules and those of what is in it, each with the name of the field it is shown at."""
    for stated in _of_question(question, around):
        yield _place(question), stated
    for cell in question.cells if isinstance(question, Gridded) else ():
        for stated in _of_question(cell, ""):
            if isinstance(question, Matrix):
                column = "" if question.sole else f"In “{cell.title}”: "
                words = f"{column}{stated.words[:1].lower()}{stated.words[1:]}" if column else stated.words
                yield question.name, Stated(words, stated.rule, stated.told)
            else:
                yield f"{question.name}.1.{cell.name}", stated


def _place(question: Question) -> str:
    """The field at which a question's own rules are shown: a repeat without a list has none of its own."""
    if not isinstance(question, Repeat) or not question.times:
        return question.name
    first = next((cell.name for cell in question.cells if not cell.is_hidden), "")
    return f"{question.name}.1.{first}"


def _of_question(question: Question, around: str) -> Iterator[Stated]:
    rules: Mapping[str, str] = rules_of(question)
    both = " and ".join(rule for rule in (around.strip(), rules.get("relevant", "")) if rule)
    for setting, words in _SAID.items():
        rule = both if setting == "relevant" else rules.get(setting, "")
        if rule:
            yield Stated(words, rule, question.constraint_message if setting == "constraint" else "")
