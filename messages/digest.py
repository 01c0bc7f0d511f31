"""A digest: one message that carries everything one person is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from messages.render import Lesson, Rendered, check_shared, literals
from messages.words import PreparedWords
from messages.writing.expressions import LetterError
from messages.writing.pieces import Gaps, Pieces, escape
from messages.writing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class DigestSpec:
    """All that is the same for every reader of a digest; see LetterSpec."""

    words: PreparedWords
    heading: str
    fixed: Mapping[str, str]
    button: str = "Answer"
    language: str = "en-GB"
    lesson: Lesson | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """A page in three: what stands before the items, one item, and what stands after them."""

    before: Pieces
    item: Pieces
    after: Pieces

    def fill(self, values: Mapping[int, str], items: Sequence[Mapping[int, str]]) -> tuple[str, ...]:
        """Write the reader's values and each item's into the page."""
        repeated = chain.from_iterable(self.item.fill(item) for item in items)
        return (*self.before.fill(values), *repeated, *self.after.fill(values))


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

    def render(self, values: Mapping[str, object], items: Sequence[Mapping[str, object]]) -> Rendered:
        """Write a reader's values and items in; raise MissingVariableError, or LetterError on a bad value."""
        if not items:
            raise LetterError("a digest lists at least one thing")
        texts, item_texts = self.gaps.read(values), [self.item_gaps.read(item) for item in items]
        return Rendered(
            "".join(self.subject.fill(texts)),
            self.text.fill(texts, item_texts),
            self.html.fill(_escape_all(texts), [_escape_all(item) for item in item_texts]),
        )


def compile_digest(spec: DigestSpec) -> CompiledDigest:
    """Draw everything that all readers share; raise LetterError if the digest could not be sent to anyone."""
    lesson = spec.lesson or Lesson("", "", "")
    check_shared(spec.fixed, lesson.body)
    sheet = Sheet(
        spec.fixed, (spec.heading, lesson.title, lesson.message, lesson.body, *literals(spec.words))
    )
    context: dict[str, object] = {
        "heading": spec.heading,
        "kind": "task",
        "button": spec.button,
        "answers": True,
        "language": spec.language,
        "lesson": spec.lesson,
    }
    html_pages = sheet.draw_html("digest", spec.words.body, lesson.body, context)
    text_pages = sheet.draw_text("digest", spec.words.body, lesson.body, context)
    subject = sheet.cut_line(spec.words.subject)
    text, html = Strip(*map(sheet.cut_text, text_pages)), Strip(*map(sheet.cut_html, html_pages))
    outer = sheet.gaps(subject, text.before, text.after, html.before, html.after)
    return CompiledDigest(subject, text, html, outer, sheet.gaps(text.item, html.item))


def _escape_all(texts: Mapping[int, str]) -> dict[int, str]:
    return {number: escape(text) for number, text in texts.items()}
