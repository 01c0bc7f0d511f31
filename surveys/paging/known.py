"""Known: what the rules and words of a form can look at, while its answers are read one after another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from typing_extensions import TypeIs

from surveys.answering.value import Plain, Table, Value, is_table
from surveys.expressions.errors import ExpressionTimeout
from surveys.expressions.expression import compile_expression
from surveys.expressions.scene import Scene, XPathValue, nodes
from surveys.forms.form import Form
from surveys.forms.question import Question, spell
from surveys.kinds.choice import Choice, Chosen, Listed, Multiple
from surveys.kinds.table import Gridded, Matrix

Earlier: TypeAlias = Mapping[str, Mapping[str, Value]]
"""Answers given before, by form key and question; those of last time to the same form under `last-saved`."""

LAST_SAVED = "last-saved"

UNANSWERED = "\u2026"
"""What stands in a text for an answer that is not there."""

_MOST_TIMEOUTS = 3


@dataclass(frozen=True)
class Line:
    """One line of a table in which a rule is looked at, with its answers so far."""

    table: Gridded
    key: str
    number: int
    answers: Mapping[str, Plain]

    def path(self, name: str) -> str:
        """The field of one of its questions."""
        return f"{self.table.name}.{self.key}.{name}"


@dataclass(frozen=True)
class Known:
    """The answers so far, those of earlier times, and the day."""

    form: Form
    values: Mapping[str, Value]
    earlier: Earlier = field(default_factory=dict)
    today: date | None = None
    _timeouts: list[str] = field(default_factory=list)

    def judge(self, rule: str, line: Line | None = None, own: str | float = "") -> bool | None:
        """Whether a rule is met, `own` being what `.` stands for; None where that took too long."""
        expression = compile_expression(rule)
        if self._is_slow(rule):
            return None
        try:
            return expression.holds(self.scene(line, own))
        except ExpressionTimeout:
            self._timeouts.append(rule)
            return None

    def holds(self, rule: str, *, otherwise: bool, line: Line | None = None) -> bool:
        """Whether a rule is met; `otherwise` where there is none or it took too long."""
        held = self.judge(rule, line) if rule else None
        return otherwise if held is None else held

    def requires(self, question: Question, line: Line | None = None) -> bool:
        """Whether an answer to a question is required, by itself or by a rule."""
        if isinstance(question.required, bool):
            return question.required
        return self.holds(question.required, otherwise=False, line=line)

    def work_out(self, rule: str, line: Line | None = None) -> float | str | bool | None:
        """What a calculation comes to; None for nothing, and where it took too long."""
        if self._is_slow(rule):
            return None
        try:
            return compile_expression(rule).work_out(self.scene(line))
        except ExpressionTimeout:
            self._timeouts.append(rule)
            return None

    def narrow(self, question: Question, line: Line | None = None) -> Question:
        """The question with the choices alone that are offered now."""
        asked = question.among(self._told(question)) if _takes_words(question) else question
        if not isinstance(asked, Listed) or not asked.choice_filter:
            return asked
        rule = asked.choice_filter
        return asked.narrow(lambda choice: self._offers(rule, choice, line))

    def _told(self, question: Multiple) -> Iterator[str]:
        """The words that a question takes its choices from, and those that were chosen last time."""
        source, name, column = question.choices_from.split(".")
        found = self.earlier.get(source, {}).get(name)
        for cells in found.values() if is_table(found) else ():
            if isinstance(cells.get(column), str):
                yield str(cells[column])
        table, last = self.form.tables.get(question.name), self.earlier.get(LAST_SAVED, {})
        before = last.get(table.name if table else question.name)
        lines = before.values() if is_table(before) else [{question.name: before}]
        for line in lines:
            chosen = line.get(question.name)
            yield from chosen if isinstance(chosen, tuple) else ()

    def say(self, text: str, line: Line | None = None) -> str:
        """A text with the answers that it names put in."""
        return spell(text, lambda name: self.word(name, line)) if "{" in text else text

    def name(self, question: Question, line: Line | None = None) -> str:
        """What a question is called in a sentence: its line's name where a line is one question."""
        table = line.table if line else None
        if line is not None and isinstance(table, Matrix) and table.sole == question:
            return self.say(table.name_line(line.key, line.answers, self.form.language), line)
        return self.say(question.title, line)

    def word(self, name: str, line: Line | None = None) -> str | None:
        """The answer to a question in words, an ellipsis where there is none; None for no question."""
        source, is_earlier, asked = name.partition("#")
        if is_earlier:
            return self._earlier_word(source, asked)
        question = self.form.every.get(name)
        if question is None:
            return None
        in_line = line is not None and name in line.table.by_name
        value = line.answers.get(name) if line is not None and in_line else self.values.get(name)
        return UNANSWERED if value is None or is_table(value) else question.say(value, self.form.language)

    def scene(
        self, line: Line | None = None, own: str | float = "", item: Mapping[str, str] | None = None
    ) -> Scene:
        """What one evaluation sees."""

        def resolve(name: str) -> XPathValue:
            return self._resolve(name, line)

        return Scene(resolve, self.today, own, line.number if line else 0, item or {}, self._label_of)

    def _is_slow(self, rule: str) -> bool:
        """Whether a rule is left alone because patterns have taken their time too often already."""
        return len(self._timeouts) >= _MOST_TIMEOUTS and "regex" in rule

    def _offers(self, rule: str, choice: Choice, line: Line | None) -> bool:
        if self._is_slow(rule):
            return True
        scene = self.scene(line, item={"name": choice.value, "label": choice.label, **choice.columns})
        try:
            return compile_expression(rule, columns=True).holds(scene)
        except ExpressionTimeout:
            self._timeouts.append(rule)
            return True  # offered rather than lost

    def _resolve(self, name: str, line: Line | None) -> XPathValue:
        source, is_earlier, asked = name.partition("#")
        if is_earlier:
            return self._of_earlier(source, asked)
        if line is not None and source in line.table.by_name:
            return _weigh(line.table.by_name[source], line.answers.get(source))
        return self._of_form(source, self.values)

    def _of_form(self, name: str, values: Mapping[str, Value]) -> XPathValue:
        """An answer to this form as rules see it; all lines' where it stands in a table."""
        table = self.form.tables.get(name)
        if table is not None:
            found = values.get(table.name)
            return _column(table.by_name[name], found if is_table(found) else {})
        question, value = self.form.questions.get(name), values.get(name)
        if question is None:
            return _weigh_unknown(value)
        if isinstance(question, Gridded):
            return nodes(value if is_table(value) else {})
        return _weigh(question, None if is_table(value) else value)

    def _of_earlier(self, source: str, asked: str) -> XPathValue:
        values = self.earlier.get(source, {})
        return self._of_form(asked, values) if source == LAST_SAVED else _weigh_unknown(values.get(asked))

    def _earlier_word(self, source: str, asked: str) -> str:
        value = self.earlier.get(source, {}).get(asked)
        question = self.form.questions.get(asked) if source == LAST_SAVED else None
        match value:
            case None:
                return UNANSWERED
            case int() | float() | str() | tuple():
                if question is not None:
                    return question.say(value, self.form.language)
                return ", ".join(value) if isinstance(value, tuple) else str(value)
            case _:
                return UNANSWERED

    def _label_of(self, name: str, value: str) -> str:
        question = self.form.every.get(name)
        return question.say(value, self.form.language) if isinstance(question, Chosen) and value else value


def _takes_words(question: Question) -> TypeIs[Multiple]:
    return isinstance(question, Multiple) and bool(question.choices_from)


def _weigh(question: Question, value: Plain | None) -> str | float:
    return "" if value is None else question.weigh(value)


def _weigh_unknown(value: Value | None) -> XPathValue:
    """An answer to a form that is not at hand, as rules see it."""
    match value:
        case None:
            return ""
        case tuple():
            return " ".join(value)
        case int() | float():
            return float(value)
        case str():
            return value
        case _:
            return nodes(value)


def _column(question: Question, table: Table) -> XPathValue:
    return nodes(
        question.weigh(answers[question.name]) for answers in table.values() if question.name in answers
    )
