"""A digest: one message that carries everything one person is asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from messages.letters.render import Lesson, Rendered, check_shared, literals, written
from messages.writing.expressions import LetterError
from messages.writing.pieces import Gaps, Pieces, escape
from messages.writing.sheet import Sheet
from messages.writing.words import PreparedWords


@dataclass(frozen=True, slots=True)
class DigestSpec:
    """All that is the same for every reader of a digest; see LetterSpec.

    ``parts`` are the headings under which things stand, in order; one without a heading is an empty text.
    """

    words: PreparedWords
    heading: str
    fixed: Mapping[str, str]
    button: str = "Answer"
    language: str = "en-GB"
    lessons: tuple[Lesson, ...] = ()
    parts: tuple[str, ...] = ("",)


#: Values by number of expression.
_Values = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Strip:
    """A page cut up: what stands around the parts, and one item of each part."""

    around: tuple[Pieces, ...]
    items: tuple[Pieces, ...]

    def fill(self, values: _Values, parts: Sequence[Sequence[_Values]]) -> tuple[str, ...]:
        """Write the reader's values and each item's, part by part, into the page."""
        told = [*self.around[0].fill(values)]
        for item, some, after in zip(self.items, parts, self.around[1:], strict=True):
            for one in some:
                told += item.fill(one)
            told += after.fill(values)
        return tuple(told)


@dataclass(frozen=True, slots=True)
class CompiledDigest:
    """A digest ready to be rendered any number of times."""

    subject: Pieces
    text: Strip
    html: Strip
    gaps: Gaps
    item_gaps: Gaps

    @property
    def names(self) -> frozenset[str]:
        """The variables that render() must be given for the reader."""
        return self.gaps.names

    @property
    def item_names(self) -> frozenset[str]:
        """The variables that render() must be given for each item."""
        return self.item_gaps.names

    def render(self, values: Mapping[str, object], *parts: Sequence[Mapping[str, object]]) -> Rendered:
        """Write a reader's values and the items of each part in.

        Raises MissingVariableError, and LetterError on a bad value or a part without items.
        """
        if not parts or not all(parts):
            raise LetterError("a digest lists at least one thing in each part")
        texts = self.gaps.read(values)
        item_texts = [[self.item_gaps.read(item) for item in part] for part in parts]
        return Rendered(
            "".join(self.subject.fill(texts)),
            self.text.fill(texts, item_texts),
            self.html.fill(_escape_all(texts), [[_escape_all(item) for item in part] for part in item_texts]),
        )


def compile_digest(spec: DigestSpec) -> CompiledDigest:
    """Draw everything that all readers share; raise LetterError if the digest could not be sent to anyone."""
    check_shared(spec.fixed, spec.lessons)
    sources = (spec.heading, *written(spec.lessons), *spec.parts, *literals(spec.words))
    sheet = Sheet(spec.fixed, sources)
    context: dict[str, object] = {
        "heading": spec.heading,
        "kind": "task",
        "button": spec.button,
        "answers": True,
        "language": spec.language,
        "lessons": spec.lessons,
        "parts": spec.parts,
        "level": "h3" if any(spec.parts) else "h2",
    }
    bodies = [lesson.body for lesson in spec.lessons]
    html_pages = sheet.draw_html("digest", spec.words.body, bodies, context)
    text_pages = sheet.draw_text("digest", spec.words.body, bodies, context)
    subject = sheet.cut_line(spec.words.subject)
    text = Strip(*cut_parts(map(sheet.cut_text, text_pages)))
    html = Strip(*cut_parts(map(sheet.cut_html, html_pages)))
    items = (*text.items, *html.items)
    outer = sheet.gaps(subject, *text.around, *html.around)
    return CompiledDigest(subject, text, html, outer, sheet.gaps(*items))


def cut_parts(pages: Iterable[Pieces]) -> tuple[tuple[Pieces, ...], tuple[Pieces, ...]]:
    """Pages as they were cut: what stands around, and between it an item of each part."""
    cut = tuple(pages)
    return cut[::2], cut[1::2]


def _escape_all(texts: _Values) -> dict[int, str]:
    return {number: escape(text) for number, text in texts.items()}
