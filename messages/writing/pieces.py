"""Pieces: a finished page cut at the places where each reader's values go."""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from messages.writing.expressions import Expression, LetterError
from messages.writing.variables import EXAMPLES

_LINK_STARTS = ("https://", "http://", "mailto:")
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Marks:
    """Stand-ins for expressions while a text goes through Markdown and layout: plain letters and digits.

    No mark occurs in ``sources`` of itself, so that nobody can write one.
    """

    def __init__(self, sources: Iterable[str]) -> None:
        held = "\n".join(sources).lower()
        number = 0
        while f"zq{number}x" in held:
            number += 1
        self._stem = f"zq{number}x"
        self._pattern = re.compile(self._stem + r"(\d{4})z")
        self.expressions: list[Expression] = []
        #: Stands where a layout parts a page, before and after what is repeated for each item.
        self.edge = f"{self._stem}edge"

    def place(self, expression: Expression) -> str:
        """Give the mark that stands for an expression; the same expression has one mark."""
        sources = [known.source for known in self.expressions]
        if expression.source not in sources:
            sources.append(expression.source)
            self.expressions.append(expression)
        return f"{self._stem}{sources.index(expression.source):04d}z"

    def divide(self, text: str) -> list[str]:
        """Cut a text at its marks: literal text at even places, the number of an expression at odd ones."""
        return self._pattern.split(text)

    def reveal(self, text: str) -> str:
        """Show a text as its author wrote it."""
        return self._pattern.sub(lambda found: f"{{{{ {self.expressions[int(found[1])].source} }}}}", text)

    def leading(self, text: str) -> Expression | None:
        """Give the expression that a text starts with, if it starts with one."""
        found = self._pattern.match(text)
        return self.expressions[int(found[1])] if found else None

    def targets(self, page: str) -> frozenset[int]:
        """Number the expressions with which the target of a link starts."""
        return frozenset(int(found) for found in re.findall(f'href="{self._pattern.pattern}', page))

    def measure(self, text: str, fixed: Mapping[str, str]) -> int:
        """Tell how wide a text will be if the values that are not ``fixed`` are like their examples."""
        values = {**EXAMPLES, **fixed}
        return len(self._pattern.sub(lambda found: self._guess(int(found[1]), values), text))

    def _guess(self, index: int, values: Mapping[str, str]) -> str:
        expression = self.expressions[index]
        return expression.evaluate(values) if expression.names <= values.keys() else "x" * 12


@dataclass(frozen=True, slots=True)
class Pieces:
    """Literal text with gaps. ``gaps`` pairs a place among ``texts`` with the number of an expression."""

    texts: tuple[str, ...]
    gaps: tuple[tuple[int, int], ...]

    def fill(self, values: Mapping[int, str]) -> tuple[str, ...]:
        """Put each reader's values, by number of expression, into the gaps."""
        texts = list(self.texts)
        for place, number in self.gaps:
            texts[place] = values[number]
        return tuple(texts)

    @property
    def needs(self) -> frozenset[int]:
        """The numbers of the expressions that have a gap."""
        return frozenset(number for _, number in self.gaps)


def cut(page: str, marks: Marks, known: Mapping[int, str]) -> Pieces:
    """Cut a page at its marks, writing those values into it that are ``known`` already."""
    texts: list[str] = [""]
    gaps: list[tuple[int, int]] = []
    for place, part in enumerate(marks.divide(page)):
        if place % 2 == 0:
            texts[-1] += part
        elif int(part) in known:
            texts[-1] += known[int(part)]
        else:
            gaps.append((len(texts), int(part)))
            texts += ["", ""]
    return Pieces(tuple(texts), tuple(gaps))


@dataclass(frozen=True, slots=True)
class Gaps:
    """What gaps ask for: numbered expressions, of which ``targets`` are where links lead."""

    expressions: tuple[tuple[int, Expression], ...]
    targets: frozenset[int]

    @property
    def names(self) -> frozenset[str]:
        """The variables whose values are asked for."""
        return frozenset(name for _, expression in self.expressions for name in expression.names)

    def read(self, values: Mapping[str, object]) -> dict[int, str]:
        """Work out each expression as one clean line of text; raise LetterError if one has no fit value."""
        read = {}
        for number, expression in self.expressions:
            # Nearly every gap is a variable whose value is text already.
            known = values.get(expression.plain) if expression.plain is not None else None
            text = known if known.__class__ is str else expression.evaluate(values)
            read[number] = text if text.isprintable() else clean(text)
            if number in self.targets and not text.startswith(_LINK_STARTS):
                raise LetterError(f"{{{{ {expression.source} }}}} is no address that a link can lead to")
        return read


_MARKUP = re.compile(r"[&<>\"']")


def escape(text: str) -> str:
    """Make a value show as text in HTML, quotes included, whatever its type claims about being safe."""
    return html.escape(text, quote=True) if _MARKUP.search(text) else str(text)


def clean(text: str) -> str:
    """Make one line of a value: gaps become spaces; control characters and direction overrides go."""
    seen = text if text.isprintable() else "".join(sign for sign in text if not _is_hidden(sign))
    return " ".join(seen.split())


def _is_hidden(sign: str) -> bool:
    is_control = unicodedata.category(sign) in ("Cc", "Cs") and not sign.isspace()
    return is_control or sign in _OVERRIDES
