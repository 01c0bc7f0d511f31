"""Every page a form can show, whatever the answers, for somebody who looks it over before it is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from surveys.expressions.expression import LONGEST
from surveys.forms.form import Form
from surveys.kinds.table import Repeat
from surveys.paging.pages import Page, pages

_RULES = ("relevant", "choice_filter")


def every_page(form: Form) -> list[Page]:
    """The pages as they would be laid out if every question applied, one entry in each repeat.

    They come as they are met: the list of a repeat before the pages of an entry, which it leads to.
    """
    whole = Form.from_json(_open(form.to_json()))
    repeats = [one.name for one in whole.questions.values() if isinstance(one, Repeat)]
    laid_out = pages(whole, {name: ["1"] for name in repeats})
    return [replace(page, number=number) for number, page in enumerate(_as_met(laid_out), 1)]


def _as_met(laid_out: list[Page]) -> Iterator[Page]:
    """The same pages, those reached from another one behind that."""
    for page in laid_out:
        if not page.is_aside:
            yield page
            yield from (aside for aside in laid_out if aside.is_aside and aside.before == page.name)


def _open(written: Mapping[str, Any]) -> dict[str, Any]:
    """The same form with every rule that hides something met; pages are still parted where they were."""
    opened: dict[str, Any] = {}
    for setting, value in written.items():
        match value:
            case str() if setting in _RULES and value.strip():
                met = f"({value}) or true()"
                opened[setting] = met if len(met) <= LONGEST else "true()"
            case str() if setting == "times" and value.strip():
                once = f"if(true(), 1, {value})"
                opened[setting] = once if len(once) <= LONGEST else "1"
            case list():
                opened[setting] = [_open(each) if isinstance(each, dict) else each for each in value]
            case _:
                opened[setting] = value
    return opened
