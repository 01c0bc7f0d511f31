"""Joined letters: several letters to one reader about one agency in one message, each in its own words."""

from collections.abc import Mapping, Sequence

from messages.gathering.digest import CompiledDigest, Strip, cut_parts
from messages.letters.render import Lesson, check_shared, literals, written
from messages.writing.sheet import Sheet
from messages.writing.words import PreparedWords


def join_letters(
    words: PreparedWords,
    letters: Sequence[PreparedWords],
    heading: str,
    fixed: Mapping[str, str],
    lessons: tuple[Lesson, ...] = (),
) -> CompiledDigest:
    """Draw what stands around some letters, and each of them as a part of its own with one item.

    Raises LetterError if it could not be sent to anyone.
    """
    check_shared(fixed, lessons)
    texts = (text for each in (words, *letters) for text in literals(each))
    sheet = Sheet(fixed, (heading, *written(lessons), *texts))
    context: dict[str, object] = {
        "heading": heading,
        "kind": "task",
        "button": "",
        "answers": False,
        "language": "en-GB",
        "lessons": lessons,
    }
    bodies = [lesson.body for lesson in lessons]
    in_html = {"letters": [sheet.html(each.body) for each in letters]}
    in_text = {"letters": [sheet.text(each.body) for each in letters]}
    html = Strip(
        *cut_parts(map(sheet.cut_html, sheet.draw_html("joined", words.body, bodies, context | in_html)))
    )
    text = Strip(
        *cut_parts(map(sheet.cut_text, sheet.draw_text("joined", words.body, bodies, context | in_text)))
    )
    subject = sheet.cut_line(words.subject)
    outer = sheet.gaps(subject, *text.around, *html.around)
    return CompiledDigest(subject, text, html, outer, sheet.gaps(*text.items, *html.items))
