"""Filling: the words of one campaign put where a form's texts leave a place for them."""

import re
from collections.abc import Mapping

from surveys.form import Form
from surveys.translation import rewrite

_PLACE = re.compile(r"\{([a-z][a-z0-9_]{0,39})\}")


def placeholders_of(form: Form) -> frozenset[str]:
    """The places that a campaign has to fill: `{lesson}`, but no `{question}` of the form itself."""
    found: set[str] = set()

    def note(text: str) -> str:
        found.update(_PLACE.findall(text))
        return text

    rewrite(form.to_json(), note)
    return frozenset(found) - form.every.keys() - _SAID_BY_RULES


def fill_in(form: Form, values: Mapping[str, str]) -> Form:
    """The same form with its places filled; a place that nobody fills stays as it is.

    Names, values and rules stay the same, so that answers mean the same in every campaign.
    """
    places = placeholders_of(form)
    given = {name: words for name, words in values.items() if name in places and words}
    if not given:
        return form
    return Form.from_json(
        rewrite(form.to_json(), lambda text: _PLACE.sub(lambda at: given.get(at[1], at[0]), text))
    )


#: What refusals say of themselves, in the words of a question.
_SAID_BY_RULES = frozenset(("title",))
