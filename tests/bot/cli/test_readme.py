"""The commands that the README shows run as they are written there."""

import re
from pathlib import Path

import pytest

from bot.asking.places import KNOWN, LESSON
from messages.playbooks import playbook
from surveys import library
from surveys.forms.filling import placeholders_of

README = Path(__file__).parents[3].joinpath("README.md").read_text("utf-8")
NEW = re.compile(r"`cascade new (\w+) [^`]*`")
GIVEN = re.compile(r"--set (\w+)=")
FORM = re.compile(r"--form (\w+)")


def shown() -> list[tuple[str, str]]:
    return [(found[1], found[0]) for found in NEW.finditer(README)]


@pytest.mark.parametrize(("book", "command"), shown())
def test_every_place_that_its_forms_leave_open_is_filled(book: str, command: str) -> None:
    shipped = playbook.load(book)
    assert shipped is not None
    keys = {key for key in shipped.forms if key} | set(FORM.findall(command))
    places = frozenset[str]().union(*(placeholders_of(library.load(key)) for key in keys))
    assert places - KNOWN - {LESSON} == set(GIVEN.findall(command))


def test_the_readme_shows_how_each_playbook_with_places_is_used() -> None:
    assert {"training", "survey", "return", "open_survey"} <= {book for book, _ in shown()}


def test_whoever_may_be_new_on_the_rota_is_given_a_name() -> None:
    on_duty = re.findall(r"`cascade duty EMAIL [^`]*`", README)
    assert on_duty
    assert all("--name NAME" in command for command in on_duty)
