"""Field: one question as somebody is to see it, for any surface to draw."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One choice: `id` is unique on its page, `checked` says whether it is chosen now."""

    id: str
    value: str
    label: str
    hint: str = ""
    checked: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Box:
    """One of several boxes that make up an answer, as day, month and year do; width in characters."""

    id: str
    name: str
    label: str
    value: str
    width: int


@dataclass(frozen=True, kw_only=True)
class Field:
    """What to draw for one question; nothing here is markup, and every text is still to be escaped.

    `id` is what an error summary points at: the first box or option where there are several.
    `width` is in characters and `rows` in lines; 0 means as wide as fits, or one line.
    `prefilled` says that `values` were carried over from an earlier answer and not given here.
    """

    kind: str
    name: str
    id: str
    label: str
    hint: str = ""
    required: bool = False
    values: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    boxes: tuple[Box, ...] = ()
    error: str = ""
    notice: str = ""
    inputmode: str = ""
    autocomplete: str = "off"
    width: int = 0
    rows: int = 0
    max_length: int = 0
    prefilled: bool = False

    @property
    def value(self) -> str:
        """The one value of a field that takes one, or an empty text."""
        return self.values[0] if self.values else ""
