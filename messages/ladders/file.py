"""File: a ladder as people read and write it, in TOML."""

import json
from collections.abc import Mapping
from typing import Any

from messages.chasing.ladder import Anchor, Ladder, Rung


def read_ladder(told: Mapping[str, Any]) -> Ladder:
    """The ladder that a file tells of. Raises KeyError, TypeError or ValueError where it makes no sense."""
    return Ladder(tuple(_read_rung(rung) for rung in told["rungs"]), told["lapse_days"])


def _read_rung(told: Mapping[str, Any]) -> Rung:
    return Rung(
        told["name"],
        Anchor(told["from"]),
        told["days"],
        tuple(told["to"]),
        told.get("approval", False),
        told.get("phone", ""),
        tuple(told.get("channels", ())),
    )


def write_ladder(ladder: Ladder) -> str:
    """A ladder as a file that may be edited and read again."""
    blocks = [f"lapse_days = {ladder.lapse_days}\n"]
    for rung in ladder.rungs:
        lines = [
            "[[rungs]]",
            f"name = {_quote(rung.name)}",
            f"from = {_quote(rung.anchor.value)}",
            f"days = {rung.days}",
            f"to = {_quote_all(rung.to)}",
        ]
        if rung.approval:
            lines.append("approval = true")
        if rung.phone:
            lines.append(f"phone = {_quote(rung.phone)}")
        if rung.channels:
            lines.append(f"channels = {_quote_all(rung.channels)}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _quote(text: str) -> str:
    """A string of TOML; JSON spells them alike, but for one character that TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _quote_all(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(_quote(text) for text in texts)}]"
