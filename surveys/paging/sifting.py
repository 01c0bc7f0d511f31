"""Sifting: typed input sorted out question by question, each rule looked at when its turn comes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from surveys.answering.value import Plain, Value, is_table
from surveys.expressions.conversion import as_whole
from surveys.forms.form import Form
from surveys.forms.question import Question, Refusal, spell
from surveys.forms.section import Section
from surveys.forms.ties import looked_at
from surveys.kinds.calculated import Calculated
from surveys.kinds.choice import Listed
from surveys.kinds.date import say_day
from surveys.kinds.table import Gridded, Repeat
from surveys.paging.keystrokes import Raw, by_line, tidy
from surveys.paging.known import LAST_SAVED, Earlier, Known, Line
from surveys.phrases import say

TOO_LONG = "We could not check this answer in time. Please shorten it."
UNFIT_BESIDE_OTHERS = "{title}: this answer does not fit the others"
UNFIT_ALONE = "{title}: this answer is not in the form that is asked for"
NOT_CONFIRMED = "Tick that these answers are still true, or change what is different now"


@dataclass
class Sifted:
    """Typed input sorted out: what was understood, which fields apply, and what stands in the way.

    Fields are called by their question, those in a table `groups.g1.headcount`. `values` keep the numbers
    under which entries of a repeat were typed.
    """

    raw: Raw
    values: dict[str, Value] = field(default_factory=dict)
    applying: set[str] = field(default_factory=set)
    problems: dict[str, str] = field(default_factory=dict)

    def answers(self, form: Form) -> dict[str, Value]:
        """What was understood, the entries of each repeat counted anew without those that hold nothing."""
        return {name: _closed(form.questions[name], value) for name, value in self.values.items()}

    def in_order(self, form: Form) -> list[tuple[str, str]]:
        """The problems in the order of the form."""
        places = {name: place for place, name in enumerate(form.questions)}
        ends = {section.tick: places[section.questions[-1].name] for section in form.sections}

        def place(name: str) -> tuple[int, int, int, int]:
            if name in ends:
                return ends[name], 1, 0, 0
            table = form.questions[name.partition(".")[0]]
            in_table = table.place(name) if isinstance(table, Gridded) and "." in name else (0, 0)
            return places[table.name], 0, *in_table

        return sorted(self.problems.items(), key=lambda problem: place(problem[0]))


def sift(form: Form, raw: Raw, today: date | None = None, earlier: Earlier | None = None) -> Sifted:
    """Sort out typed input, deciding from earlier answers which later questions apply."""
    sifted = Sifted(tidy(raw, form.owns))
    known = Known(form, sifted.values, earlier or {}, today)
    _Sifter(form, known, sifted, by_line(sifted.raw)).run()
    return sifted


@dataclass(frozen=True)
class _Sifter:
    form: Form
    known: Known
    sifted: Sifted
    typed: Mapping[str, Raw]
    lines: list[Line] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)

    def run(self) -> None:
        for section in self.form.sections:
            if self.known.holds(section.relevant, otherwise=True):
                for question in section.questions:
                    if self.known.holds(question.relevant, otherwise=True):
                        self._take(question)
        self._hold_all()
        if self.form.carries:
            self._want_ticks()

    def _take(self, question: Question) -> None:
        if isinstance(question, Gridded):
            self.sifted.applying.add(question.name)
            self._take_table(question)
            return
        value = self._ask(question, question.name, self.sifted.raw, None)
        if value is not None:
            self.sifted.values[question.name] = value

    def _take_table(self, table: Gridded) -> None:
        taken: dict[str, dict[str, Plain]] = {}
        is_counted = isinstance(table, Repeat) and not table.times
        for key in self._keys(table):
            answers: dict[str, Plain] = {}
            # An entry has the number that it will have once those that hold nothing are gone.
            line = Line(table, key, len(taken) + 1 if is_counted else table.number(key), answers)
            self._take_line(line, answers)
            if is_counted and not any(table.by_name[name].asks for name in answers):
                continue
            if answers:
                taken[key] = answers
                self.lines.append(line)
        if isinstance(table, Repeat) and not table.times:
            self._count(table, len(taken))
        if taken:
            self.sifted.values[table.name] = taken

    def _take_line(self, line: Line, answers: dict[str, Plain]) -> None:
        """Read one line, putting its `answers` where its later rules see them."""
        typed = self.typed.get(f"{line.table.name}.{line.key}", {})
        for cell in line.table.cells:
            if self.known.holds(cell.relevant, otherwise=True, line=line):
                value = self._ask(cell, line.path(cell.name), typed, line)
                if value is not None:
                    answers[cell.name] = value

    def _keys(self, table: Gridded) -> tuple[str, ...]:
        if isinstance(table, Repeat) and table.times:
            count = min(as_whole(self.known.work_out(table.times) or 0.0), table.most)
            return tuple(str(number) for number in range(1, count + 1))
        return table.keys(self.sifted.raw)

    def _count(self, table: Repeat, count: int) -> None:
        least = max(table.least, 1 if self.known.requires(table, None) else 0)
        if count < least:
            few = table.refuse("{title}: please give at least {least}", least=str(least))
            self._refuse(table.name, table, Refusal(table.missing) if table.missing else few)

    def _ask(self, question: Question, path: str, raw: Raw, line: Line | None) -> Plain | None:
        asked = self.known.narrow(question, line)
        if isinstance(asked, Listed) and not asked.choices:
            return None  # there is nothing to choose from, so nothing to ask
        self.sifted.applying.add(path)
        if isinstance(question, Calculated):
            return question.settle(self.known.work_out(question.calculation, line))
        if not question.asks:
            return None
        # What the campaign says is not held against today: it was true when it was said.
        value = asked.read(asked.begin(), None) if asked.is_settled else asked.read(raw, self.known.today)
        if isinstance(value, Refusal):
            self._refuse(path, question, value, line)
            return None
        if value is None and self.known.requires(question, line):
            lack = Refusal(question.missing) if question.missing else question.lacks()
            self._refuse(path, question, lack, line)
        return value

    def _hold_all(self) -> None:
        """Hold every answer against its rule, now that all of them are known."""
        for name, value in self.sifted.values.items():
            question = self.form.questions[name]
            self._hold(question, "" if is_table(value) else question.weigh(value), name, None)
        for line in self.lines:
            for name, cell in line.answers.items():
                question = line.table.by_name[name]
                self._hold(question, question.weigh(cell), line.path(name), line)

    def _hold(self, question: Question, own: str | float, path: str, line: Line | None) -> None:
        rule = question.constraint
        if not rule or path in self.sifted.problems or self._is_clouded(looked_at(rule), line):
            return
        is_kept = self.known.judge(rule, line, own)
        if is_kept is None:
            self._refuse(path, question, Refusal(TOO_LONG), line)
        elif not is_kept:
            said = question.constraint_message
            others = set(looked_at(rule)) - {question.name}
            unfit = question.refuse(UNFIT_BESIDE_OTHERS if others else UNFIT_ALONE)
            self._refuse(path, question, Refusal(said) if said else unfit, line)

    def _is_clouded(self, names: Iterable[str], line: Line | None) -> bool:
        """Whether a rule looks at an answer that has to be mended first: then nothing can be said yet."""
        return any(
            name in self.wrong
            and not (
                line is not None
                and name in line.table.by_name
                and line.path(name) not in self.sifted.problems
            )
            for name in names
        )

    def _want_ticks(self) -> None:
        before, answers = self.known.earlier.get(LAST_SAVED, {}), self.sifted.answers(self.form)
        for section in self.form.sections:
            is_ticked = any(text.strip() for text in self.sifted.raw.get(section.tick, ()))
            if not is_ticked and carries_anything(section, before, answers):
                self.sifted.problems[section.tick] = say(self.form.language, NOT_CONFIRMED)

    def _refuse(self, path: str, question: Question, refusal: Refusal, line: Line | None = None) -> None:
        def word(name: str) -> str | None:
            if name == "title" and (name in refusal.values or name not in self.form.every):
                return self.known.name(question, line)
            value = refusal.values.get(name)
            if value is None:
                return self.known.word(name, line)
            return say_day(value, self.form.language) if isinstance(value, date) else value

        self.wrong.add(question.name)
        self.sifted.problems.setdefault(path, spell(say(self.form.language, refusal.text), word))


def carries_anything(section: Section, before: Mapping[str, Value], answers: Mapping[str, Value]) -> bool:
    """Whether any answer in a section is that of last time."""
    return any(
        question.asks and question.name in before and answers.get(question.name) == before[question.name]
        for question in section.questions
        if not question.is_settled
    )


def _closed(question: Question, value: Value) -> Value:
    if isinstance(question, Repeat) and not question.times and is_table(value):
        return {str(number): cells for number, cells in enumerate(value.values(), 1)}
    return value
