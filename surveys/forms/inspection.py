"""Inspection: everything that is wrong with a form as it is written, told in one round."""

import json
import re
from collections.abc import Iterator
from functools import cache

from pydantic import TypeAdapter, ValidationError

from surveys.errors import FormError
from surveys.forms.faults import find_faults, tell_refused
from surveys.forms.form import Form
from surveys.forms.lists import write_out_lists
from surveys.forms.mending import Mended, mend

_NAMED = re.compile(r'"\{?([^"{}]*)\}?"')


def inspect_form(written: object) -> Form | list[FormError]:
    """Read a form from JSON-able dicts and lists, or say all that is wrong with it.

    Where a part cannot be read something plain stands for it, so that the rest is judged all the same; what
    follows from that alone is left out.
    """
    try:
        return Form.from_json(written)
    except FormError as error:
        first = error
    faults: list[FormError] = []
    try:
        whole = write_out_lists(json.loads(json.dumps(written, allow_nan=False)), faults)
        faults += _judge(whole, {fault.where.removesuffix(" > list") for fault in faults})
    except (TypeError, ValueError, RecursionError):
        return [first]
    return list({str(fault): fault for fault in faults}.values()) or [first]


def _judge(whole: object, without_list: set[str]) -> Iterator[FormError]:
    try:
        yield from find_faults(_reader().validate_json(json.dumps(whole)))
        return
    except ValidationError as error:
        refused = tell_refused(error, whole)
    if not isinstance(whole, dict):
        yield from (fault for _, fault in refused)
        return
    mended = mend(whole, [steps for steps, _ in refused])
    for steps, fault in refused:
        # A question without its list lacks choices, and that was said.
        if not (steps[-1] == "choices" and f"question {mended.names.get(steps)}" in without_list):
            yield fault
    try:
        form = _reader().validate_json(json.dumps(mended.whole))
    except ValidationError:
        return
    places = {fault.where for _, fault in refused}
    yield from (fault for fault in find_faults(form) if not _follows(fault, mended, places))


def _follows(fault: FormError, mended: Mended, places: set[str]) -> bool:
    """Whether a fault may be there only because something stands for what was refused."""
    what, _, name = fault.where.partition(" > ")[0].partition(" ")
    named = set(_NAMED.findall(fault.what))
    if what == "question":
        return name in mended.stood_in or bool(named & mended.gone)
    where = fault.where if what == "form" else f"form > {fault.where}"
    return bool(named & (mended.gone | mended.stood_in)) or any(place.startswith(where) for place in places)


@cache
def _reader() -> TypeAdapter[Form]:
    return TypeAdapter(Form)
