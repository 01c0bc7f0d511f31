"""A letter compiled once for everybody and rendered for each reader: subject, text and HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from messages.writing.expressions import LetterError
from messages.writing.pieces import Gaps, Pieces, escape
from messages.writing.prose import complaints
from messages.writing.sheet import Sheet
from messages.writing.words import PreparedWords

LARGEST_HTML = 100_000
#: The variables whose links answer for an agency.
ANSWERING = frozenset({"link", "hand_over_link", "more_time_link"})


class Kind(StrEnum):
    """What a letter is towards its reader."""

    #: Belongs to a duty of the reader's seat: cannot be unsubscribed from, can be handed over.
    TASK = "task"
    #: Is put to the reader by name: nobody else can answer it.
    PERSONAL = "personal"
    #: Helps a colleague, who answers for it: cannot be handed over, nor put off.
    INVITED = "invited"
    #: Was chosen by the reader: carries a way out.
    SUBSCRIPTION = "subscription"


class Layout(StrEnum):
    """How a letter's HTML looks; the plain-text twin is the same for all."""

    LETTER = "letter"
    #: Headings, paragraphs and links with nothing around them, for gateways that spoil anything else.
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learned, in Markdown without variables, made to be forwarded by whoever receives it."""

    title: str
    message: str
    body: str


@dataclass(frozen=True, slots=True)
class LetterSpec:
    """All that is the same for every reader of a letter.

    ``fixed`` holds the values of variables that are the same for all; ``board``, ``contact_name`` and
    ``contact_email`` belong there, and ``contact_phone`` if there is one. ``button`` is the label of the one
    link that answers; without it the letter asks for nothing and carries no digits.
    """

    words: PreparedWords
    heading: str
    fixed: Mapping[str, str]
    kind: Kind = Kind.TASK
    button: str = ""
    lesson: Lesson | None = None
    language: str = "en-GB"
    layout: Layout = Layout.LETTER


class Rendered(NamedTuple):
    """One reader's letter. The pieces of a body, joined, are the body."""

    subject: str
    text_pieces: tuple[str, ...]
    html_pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        """The plain-text twin."""
        return "".join(self.text_pieces)

    @property
    def html(self) -> str:
        """The HTML page."""
        return "".join(self.html_pieces)


@dataclass(frozen=True, slots=True)
class CompiledLetter:
    """A letter ready to be rendered any number of times."""

    subject: Pieces
    text: Pieces
    html: Pieces
    gaps: Gaps

    @property
    def names(self) -> frozenset[str]:
        """The variables that render() must be given."""
        return self.gaps.names

    def render(self, values: Mapping[str, object]) -> Rendered:
        """Write one reader's values in; raise MissingVariableError, or LetterError on a bad value."""
        texts = self.gaps.read(values)
        escaped = {number: escape(text) for number, text in texts.items()}
        return Rendered("".join(self.subject.fill(texts)), self.text.fill(texts), self.html.fill(escaped))


def compile_letter(spec: LetterSpec) -> CompiledLetter:
    """Draw everything that all readers share; raise LetterError if the letter could not be sent to anyone."""
    lessons = (spec.lesson,) if spec.lesson else ()
    check_shared(spec.fixed, lessons)
    bodies = [lesson.body for lesson in lessons]
    sheet = Sheet(spec.fixed, (spec.heading, *written(lessons), *literals(spec.words)))
    context = {
        "heading": spec.heading,
        "kind": spec.kind.value,
        "button": spec.button,
        "answers": bool(spec.button) or _names_answers(spec.words),
        "language": spec.language,
        "lessons": lessons,
    }
    [html_page] = sheet.draw_html(spec.layout.value, spec.words.body, bodies, context)
    [text_page] = sheet.draw_text("letter", spec.words.body, bodies, context)
    subject, text, html = (
        sheet.cut_line(spec.words.subject),
        sheet.cut_text(text_page),
        sheet.cut_html(html_page),
    )
    if sum(map(len, html.texts)) > LARGEST_HTML:
        raise LetterError(
            f"the letter is larger than {LARGEST_HTML:,} characters; shorten its words or its lesson"
        )
    return CompiledLetter(subject, text, html, sheet.gaps(subject, text, html))


def check_shared(fixed: Mapping[str, str], lessons: Sequence[Lesson] = ()) -> None:
    """Raise LetterError unless a human contact is named and the lessons can be sent."""
    for name in ("board", "contact_name", "contact_email"):
        if not fixed.get(name):
            raise LetterError(f"every letter names its board and a person who helps: {name} is missing")
    for lesson in lessons:
        for line, text in complaints([lesson.body]):
            raise LetterError(f"lesson, line {line}: {text} (“{lesson.title}”)")


def written(lessons: Sequence[Lesson]) -> tuple[str, ...]:
    """Give all text of some lessons."""
    return tuple(text for lesson in lessons for text in (lesson.title, lesson.message, lesson.body))


def literals(words: PreparedWords) -> tuple[str, ...]:
    """Give the text of words that stands outside double braces."""
    return tuple(part for part in (*words.subject, *words.body) if isinstance(part, str))


def _names_answers(words: PreparedWords) -> bool:
    return any(part.names & ANSWERING for part in words.body if not isinstance(part, str))
