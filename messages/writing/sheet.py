"""Sheet: one letter while it is composed, with marks where each reader's values will go."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from messages.writing.expressions import Expression
from messages.writing.layouts import draw_html, draw_text
from messages.writing.pieces import Gaps, Marks, Pieces, cut, escape
from messages.writing.prose import to_html
from messages.writing.twin import to_text, wrap
from messages.writing.variables import KNOWN

Parts = Sequence[str | Expression]


class Sheet:
    """Draws words in a layout with marks in them, then cuts the pages at the marks.

    ``fixed`` holds the values that are the same for every reader; ``sources`` is all text that was written by
    people, so that no mark occurs in it.
    """

    def __init__(self, fixed: Mapping[str, str], sources: Iterable[str]) -> None:
        self._fixed = dict(fixed)
        self._marks = Marks((*sources, *fixed.values()))
        slots = {name: Expression(name, frozenset({name}), name, None) for name in sorted(KNOWN)}
        self._shared: dict[str, object] = {name: self._marks.place(slot) for name, slot in slots.items()}
        self._shared |= {"fixed": self._fixed, "edge": self._marks.edge}
        self._targets: frozenset[int] = frozenset()

    def text(self, words: Parts) -> str:
        """Words as plain text, with marks in it."""
        return to_text(self._join(words), self._measure)

    def html(self, words: Parts) -> Markup:
        """Words as HTML from an allow-list of tags, so that it may stand in a page, with marks in it."""
        return Markup(to_html(self._join(words)))  # noqa: S704

    def draw_text(
        self, layout: str, words: Parts, lessons: Sequence[str], context: Mapping[str, object]
    ) -> list[str]:
        """Draw the plain-text page, parted where the layout parts it."""
        drawn = {
            "words": self.text(words),
            "lesson_words": [to_text(lesson) for lesson in lessons],
            "wrap": lambda text: wrap(text, self._measure),
        }
        return draw_text(layout, {**self._shared, **context, **drawn}).split(self._marks.edge)

    def draw_html(
        self, layout: str, words: Parts, lessons: Sequence[str], context: Mapping[str, object]
    ) -> list[str]:
        """Draw the HTML page, parted where the layout parts it."""
        # Both come out of an allow-list of tags, so that they may stand in the page as they are.
        drawn = {
            "words": self.html(words),
            "lesson_words": [Markup(to_html(lesson, top=3)) for lesson in lessons],  # noqa: S704
        }
        page = draw_html(layout, {**self._shared, **context, **drawn})
        self._targets = self._marks.targets(page)
        return page.split(self._marks.edge)

    def cut_text(self, page: str) -> Pieces:
        """Cut a page of plain text."""
        return cut(page, self._marks, self._known())

    def cut_line(self, words: Parts) -> Pieces:
        """Cut a single line of words, such as a subject."""
        return self.cut_text(self._join(words))

    def cut_html(self, page: str) -> Pieces:
        """Cut a page of HTML."""
        return cut(page, self._marks, {number: escape(text) for number, text in self._known().items()})

    def gaps(self, *pages: Pieces) -> Gaps:
        """Gather what the gaps of these pages ask of a reader's values."""
        needs = sorted({number for page in pages for number in page.needs})
        return Gaps(tuple((number, self._marks.expressions[number]) for number in needs), self._targets)

    def _join(self, words: Parts) -> str:
        return "".join(part if isinstance(part, str) else self._marks.place(part) for part in words)

    def _measure(self, text: str) -> int:
        return self._marks.measure(text, self._fixed)

    def _known(self) -> dict[int, str]:
        known = (pair for pair in enumerate(self._marks.expressions) if pair[1].names <= self._fixed.keys())
        return Gaps(tuple(known), self._targets).read(self._fixed)
