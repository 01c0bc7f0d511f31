"""Filling: the words of one campaign put where a form leaves a place for them."""

import re
from collections.abc import Mapping
from typing import Any, cast

from surveys.forms.form import Form
from surveys.tongues.translation import rewrite

_PLACE = re.compile(r"\{([a-z][a-z0-9_]{0,39})\}")


def placeholders_of(form: Form) -> frozenset[str]:
    """The places that a campaign has to fill: `{lesson}`, but no `{question}` of the form itself."""
    found: set[str] = set()

    def note(text: str) -> str:
        found.update(_PLACE.findall(text))
        return text

    rewrite(form.to_json(), note)
    return frozenset(found) - form.every.keys() - _SAID_BY_RULES


def givens_of(form: Form) -> frozenset[str]:
    """The questions that a campaign can answer for everybody whom it asks."""
    return frozenset(name for name, question in form.questions.items() if question.given)


def fill_in(form: Form, values: Mapping[str, str]) -> Form:
    """The same form with its places filled and what the campaign knows answered; what nobody says stays.

    Names, values and rules stay the same, so that answers mean the same in every campaign. Raises FormError
    where words do not fit: too long for their place, or no answer to the question that they are given for.
    """
    places, givens = placeholders_of(form), givens_of(form)
    given = {name: words for name, words in values.items() if words and name in places | givens}
    if not given:
        return form
    written = rewrite(form.to_json(), lambda text: _PLACE.sub(lambda at: _fill(at, given, places), text))
    for section in cast(list[dict[str, Any]], written["sections"]):
        for question in section["questions"]:
            if question["name"] in given and question["name"] in givens:
                question["default"] = given[question["name"]]
    return Form.from_json(written)


def _fill(at: re.Match[str], given: Mapping[str, str], places: frozenset[str]) -> str:
    return given.get(at[1], at[0]) if at[1] in places else at[0]


#: What refusals say of themselves, in the words of a question.
_SAID_BY_RULES = frozenset(("title",))
