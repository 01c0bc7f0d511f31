"""Laying: one page's questions as fields, filled with what was typed or answered before."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from surveys.answering.value import Value, is_table
from surveys.forms.form import Form
from surveys.forms.question import Question, Refusal
from surveys.forms.ties import looked_at
from surveys.kinds.calculated import Calculated
from surveys.kinds.date import Date
from surveys.kinds.table import Gridded, Matrix, Repeat
from surveys.paging.field import Entry, Field, Line
from surveys.paging.keystrokes import Raw
from surveys.paging.known import LAST_SAVED, Known
from surveys.paging.known import Line as KnownLine
from surveys.paging.sheet import Sheet
from surveys.phrases import say

_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Laying:
    """What is needed to lay out any page of a form; `typed` holds what was typed in each line of a table."""

    form: Form
    known: Known
    raw: Raw
    typed: Mapping[str, Raw]

    def title_of(self, sheet: Sheet) -> str:
        """The heading of a page: its section's, or what the entry of a repeat is called."""
        if isinstance(sheet.table, Repeat) and sheet.entry:
            return f"{sheet.table.item[:1].upper()}{sheet.table.item[1:]} {sheet.entry}"
        return self.known.say(sheet.section.title)

    def fields(self, sheet: Sheet, problems: Mapping[str, str]) -> Iterator[Field]:
        """The fields of a page, in order, each with what stands in its way."""
        line = self._line(sheet.table, sheet.entry) if sheet.table and sheet.entry else None
        is_fresh = not any(sheet.owns(name) for name in self.raw)
        if sheet.lines:
            problems = {name: text for name, text in problems.items() if sheet.owns(name)}
        for question in sheet.questions:
            drawn = self._field(question, line, is_fresh, problems)
            if sheet.lines:
                drawn = replace(drawn, lines=tuple(each for each in drawn.lines if each.key in sheet.lines))
            yield drawn

    def _line(self, table: Gridded, key: str) -> KnownLine:
        value = self.known.values.get(table.name)
        lines = value if is_table(value) else {}
        is_counted = isinstance(table, Repeat) and not table.times
        # As in sifting: entries that hold nothing are not counted.
        number = 1 + sum(int(each) < int(key) for each in lines) if is_counted else table.number(key)
        return KnownLine(table, key, number, lines.get(key, {}))

    def _field(
        self, question: Question, line: KnownLine | None, is_fresh: bool, problems: Mapping[str, str]
    ) -> Field:
        if question.is_settled:
            return self._settled(question)
        asked = self.known.narrow(question, line)
        typed = self.typed.get(f"{line.table.name}.{line.key}", {}) if line else self.raw
        before = self._start_from(asked) if is_fresh else {}
        drawn = asked.draw(before or (asked.begin() if is_fresh else {}) or typed)
        if line is not None:
            drawn = _placed(drawn, line.path(""))
        if drawn.boxes:
            language = self.form.language
            boxes = tuple(replace(box, label=say(language, box.label)) for box in drawn.boxes)
            drawn = replace(drawn, boxes=boxes)
        elif isinstance(question, Matrix):
            drawn = replace(drawn, lines=tuple(self._lines(question, is_fresh, problems)))
        elif isinstance(question, Repeat):
            drawn = self._listed(question, drawn)
        return replace(
            drawn,
            label=self.known.say(question.label, line),
            hint=self._hint(question, line),
            required=self.known.requires(question, line),
            perhaps=isinstance(question.required, str) and bool(question.required.strip()),
            error=problems.get(drawn.name, ""),
            notice=self.form.notice_at(question),
            prefilled=bool(before),
            before=self._before(question, line),
            shown=self._shown(question, line),
        )

    def _hint(self, question: Question, line: KnownLine | None) -> str:
        """The hint, and at a date an example that would be taken today."""
        hint = self.known.say(question.hint, line)
        # Whoever wrote a year into the hint has given an example of their own.
        if not isinstance(question, Date) or _YEAR.search(hint):
            return hint
        day = self._example(question, line)
        said = say(self.form.language, "For example, {day}.", day=f"{day:%-d %-m %Y}") if day else ""
        between = ". " if hint[-1:].isalnum() else " "
        return f"{hint}{between}{said}".strip()

    def _example(self, question: Date, line: KnownLine | None) -> date | None:
        """A day that fits the question's bounds and its rule, as far as that looks at nothing else."""
        days, rule = question.examples(self.known.today), question.constraint
        for day in days if rule else ():
            if self.known.judge(rule, line, question.weigh(day.isoformat())):
                return day
        looks_at_others = bool(set(looked_at(rule)) - {question.name})
        return days[0] if looks_at_others or not rule else None

    def _settled(self, question: Question) -> Field:
        """An answer that the campaign gave, to be read."""
        label, shown = self.known.say(question.title), self._said(question, self.known.values)
        return Field(
            kind="calculated", name=question.name, id=question.name, label=label, hint="", shown=shown
        )

    def _lines(self, matrix: Matrix, is_fresh: bool, problems: Mapping[str, str]) -> Iterator[Line]:
        for line in matrix.lines:
            known = self._line(matrix, line.value)
            shown = (cell for cell in matrix.columns if not cell.is_hidden)
            fields = tuple(self._field(cell, known, is_fresh, problems) for cell in shown)
            label, hint = self.known.say(line.label), self.known.say(line.hint)
            if matrix.sole:
                told = f"{hint} {fields[0].hint}".strip()
                fields, hint = (replace(fields[0], label=label, hint=told),), ""
            yield Line(line.value, label, hint, fields, is_one=matrix.sole is not None)

    def _listed(self, repeat: Repeat, drawn: Field) -> Field:
        keys, language = repeat.keys(self.raw), self.form.language
        entries = tuple(
            Entry(f"{repeat.name}.{key}", repeat.name_line(key, self._line(repeat, key).answers, language))
            for key in keys
        )
        may_add = len(keys) < repeat.most
        return replace(drawn, entries=entries, item=repeat.item, may_add=may_add, values=(str(len(keys)),))

    def _shown(self, question: Question, line: KnownLine | None) -> str:
        if not isinstance(question, Calculated):
            return ""
        return self._said(question, line.answers if line else self.known.values)

    def _said(self, question: Question, values: Mapping[str, Value]) -> str:
        value = values.get(question.name)
        return question.say(value, self.form.language) if value is not None and not is_table(value) else ""

    def _start_from(self, question: Question) -> dict[str, list[str]]:
        """An earlier answer as it could be typed."""
        key, _, name = question.prefill.partition(".")
        value = self.known.earlier.get(key, {}).get(name)
        if value is None or is_table(value):
            return {}
        typed = question.write(value)
        # An earlier form may have allowed what this one does not: start from nothing then.
        return {} if isinstance(question.read(typed, None), Refusal) else typed

    def _before(self, question: Question, line: KnownLine | None) -> str:
        """What was answered last time to the same form, in words."""
        last = self.known.earlier.get(LAST_SAVED, {})
        if not question.asks and not isinstance(question, Calculated):
            return ""
        if line is None:
            value = last.get(question.name)
        elif isinstance(line.table, Repeat) and not line.table.times:
            return ""  # the second entry of today need not be the second of last time
        else:
            found = last.get(line.table.name)
            value = found.get(line.key, {}).get(question.name) if is_table(found) else None
        if value is None or is_table(value):
            return ""
        return question.say(value, self.form.language)


def _placed(field: Field, prefix: str) -> Field:
    """The same field under the name it has in its line."""
    return replace(
        field,
        name=prefix + field.name,
        id=prefix + field.id,
        options=tuple(replace(option, id=prefix + option.id) for option in field.options),
        ranked=tuple(replace(option, id=prefix + option.id) for option in field.ranked),
        boxes=tuple(replace(box, id=prefix + box.id, name=prefix + box.name) for box in field.boxes),
    )
