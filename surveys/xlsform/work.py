"""Work: what is at hand while a workbook is turned into a form, and what is found wrong on the way."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from surveys.xlsform.fault import Fault
from surveys.xlsform.languages import Languages, join, spoken
from surveys.xlsform.odk import Node, row_of
from surveys.xlsform.rules import REFERENCE, Rules
from surveys.xlsform.sheets import Sheet

_HEADINGS = {"jr:constraintMsg": "constraint_message", "jr:requiredMsg": "required_message"}


@dataclass
class Work:
    """One workbook in hand. `key` is the form's own; `watched` are the questions that cells mention.

    `stand_ins` are the rows in whose place a harmless one was read, as something is wrong with them;
    `lists` are the choices of every list, which pyxform gives a question of changing order only by name.
    """

    key: str
    survey: Sheet
    choices: Sheet
    rules: Rules
    languages: Languages
    watched: frozenset[str]
    stand_ins: frozenset[int] = frozenset()
    lists: Mapping[str, Sequence[Node]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    @cached_property
    def choice_rows(self) -> Mapping[tuple[str, str], int]:
        """The row of every choice, by its list and its name."""
        sheet = self.choices
        return {(sheet.cell(line, "list_name"), sheet.cell(line, "name")): line.row for line in sheet.lines}

    def name(self, node: Node) -> str:
        """What an element is called here."""
        return self.rules.names.of_row[row_of(node)]

    def is_named(self, node: Node) -> bool:
        """Whether an element is called anything here: what is not asked and what ends a group are not."""
        return row_of(node) in self.rules.names.of_row

    def cell(self, node: Node, heading: str) -> str:
        """The text of a cell in the element's row."""
        line = self.survey.by_row.get(row_of(node))
        return self.survey.cell(line, heading) if line else ""

    def rule(self, node: Node, setting: str) -> str:
        """The expression of a setting, in the names used here; empty where there is none."""
        written = str(node.get("bind", {}).get(setting, "")).strip()
        return self.rules.spell(written) if written else ""

    def say(self, node: Node, setting: str) -> str:
        """A text of an element in the form's main language, with `{name}` where it mentions an answer."""
        where = node.get("bind", {}) if setting in _HEADINGS else node
        return self.say_all(node, setting, spoken(where.get(setting)))

    def say_hint(self, node: Node) -> str:
        """The hint, and behind it ODK's guidance for whoever asks: here people read the form themselves."""
        return self.say_all(node, "hint", join(spoken(node.get("hint")), spoken(node.get("guidance_hint"))))

    def say_all(self, node: Node, setting: str, texts: Mapping[str, str]) -> str:
        """A text given by language, as `say` does."""
        heading = _HEADINGS.get(setting, setting)
        place = self.survey.fault(row_of(node), heading, "")
        mentioned = {name for text in texts.values() for name in REFERENCE.findall(text)}
        for what in self._unsayable(mentioned, row_of(node)):
            self.blame(row_of(node), heading, what)
        return self.languages.say({language: self._put(text) for language, text in texts.items()}, place)

    def blame(self, row: int, heading: str, what: str) -> None:
        """Note a fault of the survey sheet."""
        self.faults.append(self.survey.fault(row, heading, what))

    def warn(self, row: int, heading: str, what: str) -> None:
        """Note something worth knowing about the survey sheet."""
        self.warnings.append(self.survey.fault(row, heading, what))

    def _unsayable(self, mentioned: Iterable[str], row: int) -> Iterable[str]:
        names = self.rules.names
        own = names.repeat_of_row.get(row)
        for name in sorted(mentioned):
            plain = name.removeprefix("last-saved#")
            if names.repeats.get(plain, own) != own or (plain != name and plain in names.repeats):
                yield f"${{{name}}} has an answer for each entry of its repeat: name it only inside"
            elif name in names.metadata:
                yield f"${{{name}}} is left out, as ODK records it without asking, so no text can name it"
            else:
                yield from self.rules.strangers(f"${{{name}}}")

    def _put(self, text: str) -> str:
        def place(found: re.Match[str]) -> str:
            source, mark, name = found[1].rpartition("#")
            called = self.rules.names.of_question.get(name, name) if source in ("", "last-saved") else name
            return "{" + source + mark + called + "}"

        return REFERENCE.sub(place, text)
