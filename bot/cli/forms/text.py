"""A form as plain text, page by page, as it stands in a letter."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from bot.cli.forms.rules import Stated
from surveys.forms.form import Form
from surveys.paging.field import Field
from surveys.paging.pages import Page
from surveys.phrases import say

Rules: TypeAlias = Mapping[str, Sequence[Stated]]
"""What is stated at each field, by its name."""

WIDTH = 76
_SILENT = ("note", "help", "calculated", "repeat", "matrix")


def draw_text(form: Form, shown: Sequence[Page], rules: Rules, state: str = "") -> str:
    """The whole form in plain text, with the `rules` at each field.

    `state` says of a translation who stands for it.
    """
    lines = [form.title, "=" * min(len(form.title), WIDTH), "", *(f"[{one}]" for one in state.splitlines())]
    lines += ["", *_wrap(form.purpose)] if state else _wrap(form.purpose)
    for text in (form.consent, form.intro):
        lines += ["", *_wrap(text)] if text else []
    for page in shown:
        lines += ["", "", f"{page.number}. {page.title}", "-" * min(len(page.title) + 3, WIDTH)]
        lines += ["", *_wrap(page.intro)] if page.intro else []
        for field in page.fields:
            lines += ["", *_draw_field(form, field, rules)]
    return "\n".join(lines) + "\n"


def _draw_field(form: Form, field: Field, rules: Rules) -> Iterator[str]:
    asked = field.required or field.kind in _SILENT
    yield from _wrap(field.label if asked else f"{field.label} {say(form.language, '(optional)')}")
    for text in (field.hint, field.notice):
        if text:
            yield from _wrap(text, "    ")
    for stated in rules.get(field.name, ()):
        yield from _wrap(f"[{stated}]", "    ")
    for line in field.lines:
        if not line.is_one:
            yield from _wrap(line.label, "  - ")
        for cell in line.fields:
            yield from (f"      {each}" for each in _draw_field(form, cell, rules))
    yield from _answer(field)


def _answer(field: Field) -> Iterator[str]:
    if field.options:
        mark = "[ ]" if field.kind in ("multiple", "tick", "ranking") else "( )"
        for option in field.options:
            yield from _wrap(option.label, f"  {mark} ")
            if option.hint:
                yield from _wrap(option.hint, "        ")
    elif field.boxes:
        yield "  " + "  ".join(f"{box.label} {'_' * box.width}" for box in field.boxes)
    elif field.kind not in _SILENT:
        yield from ["  " + "_" * (field.width or 40)] * max(1, field.rows // 2)


def _wrap(text: str, indent: str = "") -> list[str]:
    """A text in lines that fit a letter; its own line ends stay."""
    rest = " " * len(indent)
    found = []
    for paragraph in text.splitlines():
        found += textwrap.wrap(paragraph, WIDTH, initial_indent=indent, subsequent_indent=rest) or [""]
        indent = rest
    return found
