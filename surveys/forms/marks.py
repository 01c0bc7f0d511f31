"""Marks: characters nobody sees that turn the direction of a text, which then reads otherwise than it is."""

import re

from surveys.errors import FormError

#: Embeddings, overrides and isolates. The plain marks (U+200E, U+200F, U+061C), which writers of Urdu and
#: Arabic need, and the joiners of letters stay.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: What is said where a text had such marks.
TAKEN_OUT = "characters that turn the direction of the text are taken out; see that it still reads as meant"


def turns(text: str) -> bool:
    """Whether a text has a mark that turns its direction."""
    return bool(_TURNING.search(text))


def take_out(text: str) -> str:
    """The text without marks that turn its direction."""
    return _TURNING.sub("", text)


def take_out_everywhere(written: object) -> tuple[object, list[FormError]]:
    """A form as JSON-able dicts and lists without such marks, and a note for each place that had one."""
    notes: list[FormError] = []
    return _clean(written, "form", notes), notes


def _clean(part: object, where: str, notes: list[FormError]) -> object:
    match part:
        case str() if turns(part):
            notes.append(FormError(where, TAKEN_OUT))
            return take_out(part)
        case list():
            return [_clean(each, f"{where} > {_call(each, at)}", notes) for at, each in enumerate(part, 1)]
        case dict():
            for name in part:
                if turns(str(name)):
                    notes.append(FormError(where, TAKEN_OUT))
            return {
                take_out(str(name)): _clean(each, f"{where} > {take_out(str(name))}", notes)
                for name, each in part.items()
            }
        case _:
            return part


def _call(each: object, at: int) -> str:
    """What a member of a list is called: by the name it has, else by its place from 1."""
    named = (each.get("name") or each.get("value")) if isinstance(each, dict) else None
    return take_out(named) if isinstance(named, str) else str(at)
