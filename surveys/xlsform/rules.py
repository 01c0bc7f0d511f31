"""Rules: XLSForm's expressions in the names used here, and what is wrong with them."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from surveys.expressions.errors import ExpressionError
from surveys.expressions.expression import compile_expression
from surveys.xlsform.names import Names

REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_YES = frozenset({"yes", "true", "true()"})
_NO = frozenset({"no", "false", "false()"})
#: What no rule looks like: words alone, such as Y or maybe.
_WORDS = re.compile(r"[^\W\d][\w\s?!,;-]*|[\u2713\u2714*]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
#: What can stand for a thing that ODK records and that is left out here.
_INSTEAD = {"today": "today()", "get today": "today()"}


@dataclass(frozen=True)
class Rules:
    """Translates the expressions of one workbook."""

    names: Names

    def spell(self, text: str) -> str:
        """An expression with every name and every value as it is called here."""
        folded = text.strip().lower()
        if folded in _YES:
            return "true()"
        if folded in _NO:
            return "false()"
        return _LITERAL.sub(self._spell_literal, REFERENCE.sub(self._spell_reference, text.strip()))

    def required(self, text: str) -> bool | str:
        """What the column `required` says: always, never, or a rule."""
        folded = text.strip().lower()
        return folded in _YES or (folded not in _NO and bool(folded) and self.spell(text))

    def requirements(self, text: str) -> Iterator[str]:
        """What is wrong with what the column `required` says, as `complaints` tells it."""
        written = text.strip()
        is_named = not self.names.of_question.keys().isdisjoint(written.split())
        if written.lower() not in _YES | _NO and _WORDS.fullmatch(written) and not is_named:
            yield f"“{written}” is neither yes nor a rule: write yes, or leave it empty"
        else:
            yield from self.complaints(text)

    def complaints(self, text: str, *, columns: bool = False) -> Iterator[str]:
        """What is wrong with an expression, each in one line that says what to write."""
        unknown = list(self.strangers(text))
        yield from unknown
        if unknown:
            return
        try:
            compile_expression(self.spell(text), columns=columns)
        except ExpressionError as error:
            yield error.what

    def strangers(self, text: str) -> Iterator[str]:
        """What is wrong with the names that an expression or a label mentions."""
        for name in REFERENCE.findall(text):
            plain = name.partition("#")[2] or name
            if name.startswith("last-saved#") or "#" not in name:
                yield from self._doubt(plain)

    def _doubt(self, name: str) -> Iterator[str]:
        if name in self.names.of_question or self.names.metadata.get(name) in _INSTEAD:
            return
        if name in self.names.metadata:
            kind = self.names.metadata[name]
            yield f"${{{name}}} is left out, as ODK records it unasked ({kind}), so nothing can name it"
        elif name in self.names.groups:
            yield f"${{{name}}} is a group and has no answer; name a question in it"
        else:
            near = difflib.get_close_matches(name, self.names.of_question, n=1)
            hint = f"; did you mean ${{{near[0]}}}?" if near else ""
            yield f"there is no question ${{{name}}}{hint}"

    def _spell_reference(self, found: re.Match[str]) -> str:
        source, mark, name = found[1].rpartition("#")
        if not mark and self.names.metadata.get(name) in _INSTEAD:
            return _INSTEAD[self.names.metadata[name]]
        own = not mark or source == "last-saved"
        return f"${{{source}{mark}{self.names.of_question.get(name, name) if own else name}}}"

    def _spell_literal(self, found: re.Match[str]) -> str:
        quote, text = found[0][0], found[0][1:-1]
        return f"{quote}{self.names.values.get(text, text)}{quote}"


def is_fixed(default: str) -> bool:
    """Whether a default is a fixed text, and nothing to be worked out."""
    if _DATE.fullmatch(default.strip()):
        return True
    return not re.search(r"\$\{|[\w-]+\s*\(.*\)|\s(?:div|mod|\*|\+)\s", default)
