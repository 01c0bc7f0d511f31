"""Places: what a campaign puts where its forms leave room for its own words."""

from collections.abc import Iterable, Mapping

from surveys.errors import FormError
from surveys.forms.filling import fill_in, givens_of, placeholders_of
from surveys.forms.form import Form

#: What nobody has to give: it is known from the board and the agency.
KNOWN = frozenset({"agency", "board", "contact", "front_door"})
LESSON = "lesson"


def find_misgiven(forms: Iterable[Form], values: Mapping[str, str], *, has_lesson: bool) -> str:
    """Why given words cannot be put into some forms, in one sentence; empty where they can."""
    places = frozenset[str]().union(*(placeholders_of(form) | givens_of(form) for form in forms))
    known = KNOWN | {LESSON} if has_lesson else KNOWN
    for name in values:
        if name in known:
            return f"{{{name}}} comes of itself: leave it out of --set."
        if name not in places:
            open_places = ", ".join(sorted(places - known))
            rest = f"those that can be given are: {open_places}" if open_places else "there is none to give"
            return f"--set {name}: no form of this campaign has a place {{{name}}}; {rest}."
    return ""


def find_unfilled(form: Form, values: Mapping[str, object], *, has_lesson: bool) -> list[str]:
    """The faults of a form's places: those that nobody fills, and words that are too long for theirs."""
    given = {name: words for name, words in values.items() if isinstance(words, str) and words}
    known = KNOWN | given.keys() | ({LESSON} if has_lesson else set())
    empty = sorted(placeholders_of(form) - known)
    if empty:
        named = ", ".join(f"{{{name}}}" for name in empty)
        return [f"“{form.title}” has places that nobody fills: {named}; give each with --set NAME=TEXT"]
    try:
        fill_in(form, given)
    except FormError as error:
        return [f"“{form.title}” cannot take what was given with --set: {error}"]
    return []
