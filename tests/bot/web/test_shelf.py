from bot.web.open.ended import Ended
from bot.web.shelf import Shelf
from surveys.forms.form import Form
from tests.bot.web.open.make_open import FAMILY


def test_a_form_is_read_once_and_the_one_unused_for_longest_goes() -> None:
    read: list[str] = []
    shelf = Shelf(most=2)

    def fetch(key: str) -> Form:
        def make() -> Form:
            read.append(key)
            return Form.from_json(FAMILY)

        return shelf.fetch(key, make)

    for key in ("a", "b", "a", "c", "a", "b"):
        fetch(key)
    assert read == ["a", "b", "c", "b"]


def test_the_oldest_end_is_forgotten_first() -> None:
    ended = Ended(most=2)
    for word in ("one", "two", "three"):
        ended.note(word, "thanks")
    assert [ended.of(word) for word in ("one", "two", "three", "four")] == ["", "thanks", "thanks", ""]
