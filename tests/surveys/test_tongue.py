import pytest

from surveys.tongues.tongue import find_tongue, in_order


@pytest.mark.parametrize(
    ("tag", "name", "direction"),
    [
        ("en", "English", "ltr"),
        ("en-x-easy", "Easy Read English", "ltr"),
        ("pl", "Polski", "ltr"),
        ("ur", "اردو", "rtl"),
        ("pt-BR", "Português", "ltr"),
        ("he", "he", "rtl"),
        ("tlh", "tlh", "ltr"),
    ],
)
def test_a_language_has_its_own_name_and_runs_its_own_way(tag: str, name: str, direction: str) -> None:
    tongue = find_tongue(tag)
    assert (tongue.name, tongue.direction) == (name, direction)


def test_english_and_easy_read_are_offered_first() -> None:
    assert in_order({"ur", "en-x-easy", "pl", "en", "ar"}) == ["en", "en-x-easy", "ar", "pl", "ur"]
