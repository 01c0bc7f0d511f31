"""Pictures: the drawings that may stand beside a choice or, in Easy Read, beside a question."""

from typing import Literal, get_args

Picture = Literal[
    "",
    "school",
    "home",
    "talk",
    "nurse",
    "ball",
    "person",
    "group",
    "unsure",
    "quiet",
    "ear",
    "heart",
    "shield",
    "pencil",
    "star",
    "clock",
    "plan",
    "world",
    "phone",
    "better",
    "same",
    "harder",
]
"""A drawing by its name, or none. It says nothing that the words beside it do not say."""

PICTURES: tuple[str, ...] = tuple(name for name in get_args(Picture) if name)
