"""A digest carries several requests in one message, each with its own way to answer."""

import pytest

from messages.gathering.digest import compile_digest
from messages.writing.expressions import LetterError, MissingVariableError
from messages.writing.variables import EXAMPLES
from tests.messages.writing.samples import digest_spec, values

DIGEST = compile_digest(digest_spec())
ITEMS = [
    values(link="https://cascade.example.org/a/one", digits="12", agency="Vale <School>", ask_title="First"),
    values(link="https://cascade.example.org/a/two", digits="98", agency="Park Nursery", ask_title="Second"),
]


@pytest.mark.parametrize("body", ["text", "html"])
def test_each_item_has_its_own_link_and_digits_in_order(body: str) -> None:
    page = getattr(DIGEST.render(values(count=2), ITEMS), body)
    first, second = page.index("/a/one"), page.index("/a/two")
    assert page.index("First") < first < page.index("12", first) < page.index("Second") < second
    assert page.index("98", second) < page.index("Someone to talk to")


def test_a_digest_names_its_items_agencies_as_text() -> None:
    letter = DIGEST.render(values(count=2), ITEMS)
    assert letter.subject == "2 things still needed"
    assert "For: Vale <School>\n" in letter.text
    assert "Vale &lt;School&gt;" in letter.html


def test_a_digest_with_nothing_to_say_is_refused() -> None:
    with pytest.raises(LetterError, match="at least one"):
        DIGEST.render(values(), [])


def test_a_value_missing_from_one_item_is_named() -> None:
    broken = {name: value for name, value in ITEMS[1].items() if name != "due"}
    with pytest.raises(MissingVariableError, match=r"\{\{ due \}\}"):
        DIGEST.render(values(), [ITEMS[0], broken])


def test_an_items_link_must_be_an_address() -> None:
    with pytest.raises(LetterError, match="no address"):
        DIGEST.render(values(), [values(link="javascript:alert(1)")])


def test_a_digest_tells_what_the_reader_and_what_each_item_must_bring() -> None:
    assert DIGEST.names == {"count", "greeting", "minutes_in_all", "my_link"}
    assert {"link", "digits", "due", "agency", "more_time_link", "hand_over_link"} <= DIGEST.item_names
    DIGEST.render(
        {name: EXAMPLES[name] for name in DIGEST.names},
        [{name: EXAMPLES[name] for name in DIGEST.item_names}],
    )
