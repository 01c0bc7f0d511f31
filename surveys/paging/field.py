"""Field: one question as somebody is to see it, for any surface to draw."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One choice: `id` is unique on its page, `checked` says whether it is chosen now.

    `face` is 1 (saddest) to 5 (happiest) where the choice is shown with a face, else 0; `picture` names a
    drawing, or is empty.
    """

    id: str
    value: str
    label: str
    hint: str = ""
    checked: bool = False
    alone: bool = False
    face: int = 0
    picture: str = ""


@dataclass(frozen=True)
class Box:
    """One of several boxes that make up an answer, as day, month and year do; width in characters."""

    id: str
    name: str
    label: str
    value: str
    width: int


@dataclass(frozen=True)
class Line:
    """One line of a matrix: a field for each of its columns.

    `is_one`: it is one question, whose field has the label and the hint of the line.
    """

    key: str
    label: str
    hint: str
    fields: tuple["Field", ...]
    is_one: bool = False


@dataclass(frozen=True)
class Entry:
    """One entry of a repeat, as its list names it; `key` is `courses.2`."""

    key: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """What to draw for one question; nothing here is markup, and every text is still to be escaped.

    `id` is what an error summary points at: the first box or option where there are several.
    `width` is in characters and `rows` in lines; 0 means as wide as fits, or one line.
    `perhaps` says that a rule may ask for an answer, so that it is not called optional.
    `prefilled` says that `values` were carried over from an earlier answer and not given here;
    `before` is what was answered last time, in words. `ranked` are the options chosen so far, in order.
    `lines` are those of a matrix; `entries` those of a repeat, each an `item`, and `may_add` says whether
    there is room for another. `shown` is what was calculated, in words. `picture` is for Easy Read.
    `points` are what the board asks to be looked at again in it.
    """

    kind: str
    name: str
    id: str
    label: str
    hint: str = ""
    required: bool = False
    perhaps: bool = False
    values: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    ranked: tuple[Option, ...] = ()
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()
    entries: tuple[Entry, ...] = ()
    item: str = ""
    may_add: bool = False
    shown: str = ""
    error: str = ""
    notice: str = ""
    inputmode: str = ""
    autocomplete: str = "off"
    width: int = 0
    rows: int = 0
    max_length: int = 0
    prefilled: bool = False
    before: str = ""
    picture: str = ""
    points: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """The one value of a field that takes one, or an empty text."""
        return self.values[0] if self.values else ""
