"""Commands that people are told to copy name the board wherever they would be refused without."""

from collections.abc import Iterator

import click
import pytest

from bot.cli.group import cascade
from messages.writing.commands import name_board

#: Here a board is only narrowed down to, or made.
NARROWED = {"owed", "init", "hold", "returns"}


def asking(group: click.Group, way: str) -> Iterator[str]:
    """Every command that takes --board, as people type it."""
    for name, command in group.commands.items():
        if any("--board" in each.opts for each in command.params) and name not in NARROWED:
            yield f"{way} {name}"
        if isinstance(command, click.Group):
            yield from asking(command, f"{way} {name}")


@pytest.mark.parametrize("command", list(asking(cascade, "cascade")))
def test_every_command_that_asks_whose_says_so(command: str) -> None:
    assert name_board(f"Try `{command} X`.", "west") == f"Try `{command} --board west X`."
    assert name_board(f"{command} X", "") == f"{command} X"


def test_every_command_of_a_text_is_told_once() -> None:
    text = "See:\ncascade duty EMAIL\ncascade helplines check a\n`cascade wishes`, `cascade status`"
    told = name_board(text, "west")
    assert told.splitlines()[1:] == [
        "cascade duty --board west EMAIL",
        "cascade helplines check --board west a",
        "`cascade wishes --board west`, `cascade status`",
    ]
    assert name_board(told, "east") == told


def test_a_name_with_a_space_stays_one_word() -> None:
    assert name_board("cascade duty", "west berks") == "cascade duty --board 'west berks'"
