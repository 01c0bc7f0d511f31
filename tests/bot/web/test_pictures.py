"""Every picture that a form may name is drawn, and none is drawn that no form can name."""

import re
from pathlib import Path

from surveys import library
from surveys.kinds.choice import Listed
from surveys.paging.pictures import PICTURES

TEMPLATES = Path("bot/web/templates")


def test_every_picture_is_drawn_and_no_other() -> None:
    drawn = re.findall(r'^  "(\w+)": "M', (TEMPLATES / "pictures.html").read_text(), re.MULTILINE)
    assert sorted(drawn) == sorted(PICTURES)


def test_a_picture_is_never_all_that_a_choice_says() -> None:
    for form in map(library.load, library.keys()):
        for question in form.questions.values():
            for choice in question.choices if isinstance(question, Listed) else ():
                assert choice.label.strip(), (form.key, question.name)


def test_children_from_eight_to_eleven_choose_who_helped_by_pictures() -> None:
    who = library.load("s5_middle").questions["who"]
    assert isinstance(who, Listed)
    assert all(choice.picture for choice in who.choices)
