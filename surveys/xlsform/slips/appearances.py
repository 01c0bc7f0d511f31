"""Appearances: words of that column which nobody knows, and the ones that were probably meant."""

import difflib
import re
from collections.abc import Iterator

from surveys.xlsform.fault import Fault
from surveys.xlsform.question_types import Family, sort
from surveys.xlsform.sheets import Book

#: Those that change what is asked, and what they are for.
_FOLLOWED = {
    "multiline": ("text",),
    "long": ("text",),
    "reference": ("text",),
    "scale": ("select_one",),
    "faces": ("select_one",),
    "table-list": ("begin group",),
    "list-nolabel": ("select_one", "select_multiple"),
}
#: ODK's and Enketo's, most of which only change the look.
_KNOWN = frozenset(
    {"numbers", "thousands-sep", "url", "masked", "hidden-answer", "counter", "printer", "comment", "ex"}
    | {"minimal", "autocomplete", "search", "columns", "columns-pack", "compact", "quick", "quickcompact"}
    | {"horizontal", "horizontal-compact", "likert", "no-buttons", "label", "list", "randomized", "picker"}
    | {"map", "image-map", "placement-map", "maps", "quick-map", "streets", "terrain", "satellite", "hybrid"}
    | {"vertical", "rating", "no-ticks", "analog-scale", "show-scale", "distress", "slider", "bearing"}
    | {"no-calendar", "calendar", "month-year", "year", "ethiopian", "coptic", "islamic", "bikram-sambat"}
    | {"myanmar", "persian", "buddhist", "new", "new-front", "selfie", "signature", "draw", "annotate"}
    | {"field-list", "summary", "pages", "accordion", "theme-grid", "hide-input", "autoadvance", "short"}
    | {"front", "hidden", "audio", "intent", "background", "gender", "autoplay", "default", "full"}
)
#: Words with a number or with what they call in brackets.
_WITH_MORE = re.compile(r"(?:w|columns-?|compact-|horizontal-)\d+|(?:ex|intent|printer|custom)[:-].*")
_CALLED = re.compile(r"\b[\w:.-]+\s*\([^)]*\)")
_CLOSE = 0.75


def find_unknown_appearances(book: Book) -> Iterator[Fault]:
    """Appearances that are not used: like none there is, or meant for another sort of question."""
    survey = book.sheet("survey")
    for line in survey.asked:
        meant = sort(survey.cell(line, "type"))
        if meant.family not in (Family.ASKED, Family.BRACKET):
            continue
        for word in _CALLED.sub(" ", survey.cell(line, "appearance").lower()).split():
            what = _doubt(word, meant.kind)
            if what:
                yield survey.fault(line.row, "appearance", what)


def _doubt(word: str, kind: str) -> str:
    """What keeps an appearance from being used; empty where nothing does."""
    meant_for = _FOLLOWED.get(word)
    if meant_for:
        told = " and ".join(each.replace("begin ", "begin_") for each in meant_for)
        return "" if kind in meant_for else f"{word} is for {told}, so it is not used here"
    if word in _KNOWN or _WITH_MORE.fullmatch(word):
        return ""
    plain = word.replace("_", "-").strip(",;.")
    every = [*_FOLLOWED, *sorted(_KNOWN)]
    swapped = [each for each in _FOLLOWED if sorted(each) == sorted(plain)]
    near = [*swapped, *difflib.get_close_matches(plain, every, n=1, cutoff=_CLOSE)]
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"there is no appearance {word}, so it is not used{hint}"
