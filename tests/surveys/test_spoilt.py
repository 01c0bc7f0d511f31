"""A form spoilt anywhere: read, or refused in one line."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys import library
from surveys.errors import FormError
from surveys.forms.form import Form
from surveys.forms.inspection import inspect_form
from surveys.paging.pages import pages

json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["${", "${staff} =", "{x}"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
paths = st.lists(st.integers(0, 12), min_size=1, max_size=9)


@given(st.sampled_from(library.keys()), paths, json)
@settings(max_examples=150, deadline=None)
def test_a_form_spoilt_anywhere_is_read_or_refused_in_one_line(
    key: str, path: list[int], spoilt: Any
) -> None:
    written = library.load(key).to_json()
    place: Any = written
    for step in path[:-1]:
        inner = list(place.values()) if isinstance(place, dict) else place
        holders = [each for each in inner if isinstance(each, dict | list) and each]
        if not holders:
            break
        place = holders[step % len(holders)]
    if isinstance(place, dict):
        place[sorted(place)[path[-1] % len(place)]] = spoilt
    else:
        place[path[-1] % len(place)] = spoilt
    try:
        read = Form.from_json(written)
    except FormError as refused:
        assert "\n" not in str(refused)
        told = inspect_form(written)
        assert isinstance(told, list)
        assert all("\n" not in str(one) for one in told)
        return
    assert pages(read, {})
    assert read.ties is not None
