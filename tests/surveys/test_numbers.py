"""Telephone numbers of a text, told again in its translation."""

import pytest

from surveys import library
from surveys.figures.numbers import find_numbers, lacks_number
from surveys.phrases import ENGLISH, languages
from surveys.tongues.page_words import shared_words
from surveys.tongues.translation import Translation, lost_numbers, turned


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("If you are in danger, ring 999.", ["999"]),
        ("Ring 999 or 101; NHS 111, option 2.", ["999", "101", "111"]),
        ("Childline: 0800 1111, 24 hours a day", ["0800 1111"]),
        ("Call 0800 1111 24 hours a day", ["0800 1111"]),
        ("Text SHOUT to 85258 24/7", ["85258"]),
        ("Samaritans on 116 123 or (0118) 496-0123", ["116 123", "(0118) 496-0123"]),
        ("+44 118 496 0123", ["+44 118 496 0123"]),
        ("Ring 0808 800 5000/0808 800 5001", ["0808 800 5000", "0808 800 5001"]),
        ("Ring 111/999", ["111", "999"]),
        ("Ring 0118.496.0123.", ["0118.496.0123"]),
        ("Ring 0118 496 0123 9am to 5pm", ["0118 496 0123"]),
        ("Ring 0118 496 0123 9-5 Monday to Friday", ["0118 496 0123"]),
        ("+33 1 23 45 67 89", ["+33 1 23 45 67 89"]),
        ("On 3/11/2026, or 3 11 2026, from 8.30 to 17:00", []),
        ("Ages 8-11 and 12-15, about 1,000 of 4.55", []),
        ("In 7 days", []),
    ],
)
def test_what_reads_as_a_telephone_number_is_found(text: str, numbers: list[str]) -> None:
    assert find_numbers(text) == numbers


@pytest.mark.parametrize(
    ("number", "translation"),
    [
        ("999", "Zadzwoń pod 999."),
        ("999", "۹۹۹ پر فون کریں"),
        ("999", "٩٩٩"),
        ("0800 1111", "08001111"),
        ("0800 1111", "\u200e0800\u200e-\u200e1111\u200e"),
        ("0800 1111", "0800\u00a01111 24 godziny"),
        ("85258", "85258 24 godziny"),
        ("(0118) 496-0123", "0118 496 0123"),
        ("+44 118 496 0123", "+44 (118) 496.0123"),
        ("101", "999/101"),
    ],
)
def test_a_number_is_the_same_in_any_digits_and_spacing(number: str, translation: str) -> None:
    assert not lacks_number(translation, number)


@pytest.mark.parametrize(
    ("number", "translation"),
    [
        ("999", "ring **112**"),
        ("999", "9991"),
        ("999", "dziewięćset"),
        ("0800 1111", "0800 1117"),
        ("0800 1111", "0800 i 1111"),
        ("0800 1111", "1111 0800"),
        ("0808 800 5000", "Dzwoń 0808 800 9999"),
    ],
)
def test_another_number_is_not_it(number: str, translation: str) -> None:
    assert lacks_number(translation, number)


def test_every_translation_that_comes_with_cascade_tells_every_number() -> None:
    shipped = [
        Translation(form="pages", version=1, language=tag, state="machine", texts=shared_words(tag))
        for tag in languages()
        if tag != ENGLISH
    ]
    for key in sorted(library.keys()):
        shipped += library.translations(key, library.load(key).version)
    assert len(shipped) > 3
    assert any(find_numbers(text) for one in shipped for text in one.texts)
    assert [(one.form, one.language, *lost) for one in shipped for lost in lost_numbers(one)] == []
    assert [(one.form, one.language, text) for one in shipped for text in turned(one)] == []
