"""Ladder: the named rungs of chasing one ask, each with its day, its addressees and its rules."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID


class Anchor(StrEnum):
    """The day that a rung's working days are counted from."""

    ISSUE = "issue"  #: the day on which the ask was made live
    DUE = "due"  #: the day on which it is due


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the chase."""

    name: str
    anchor: Anchor
    #: Working days after the anchor; before it when negative.
    days: int
    #: Addressees: roles of the agency's seats, or offices of the board.
    to: tuple[str, ...]
    #: Whether a person approves each letter before it goes.
    approval: bool = False
    #: What a coordinator is asked to do besides, such as ringing; empty for nothing.
    phone: str = ""
    #: The channels that its letters may take; empty for all that their reader has.
    channels: tuple[str, ...] = ()

    @property
    def is_first(self) -> bool:
        """Whether its letter is the first about the ask, not a chaser."""
        return self.anchor is Anchor.ISSUE and self.days == 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs in the order in which they are climbed; names are unique."""

    rungs: tuple[Rung, ...]
    #: Working days after the due day on which an unanswered ask lapses.
    lapse_days: int

    def rung(self, name: str) -> Rung | None:
        """The rung of this name, if it is still on the ladder."""
        return next((rung for rung in self.rungs if rung.name == name), None)

    def to_json(self) -> list[dict[str, Any]]:
        """The ladder as the store keeps it."""
        kept: list[dict[str, Any]] = [
            asdict(rung) | {"to": list(rung.to), "channels": list(rung.channels)} for rung in self.rungs
        ]
        return [*kept, {"lapse_days": self.lapse_days}]

    @classmethod
    def from_json(cls, kept: Sequence[Mapping[str, Any]]) -> "Ladder":
        """Read a kept ladder. Raises ValueError, naming the rung, when it makes no sense."""
        rungs = []
        for entry in kept[:-1]:
            try:
                rungs.append(
                    Rung(
                        name=entry["name"],
                        anchor=Anchor(entry["anchor"]),
                        days=int(entry["days"]),
                        to=tuple(entry["to"]),
                        approval=bool(entry.get("approval", False)),
                        phone=str(entry.get("phone", "")),
                        channels=tuple(entry.get("channels", ())),
                    )
                )
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(
                    f"rung {entry.get('name', '?')!r} of the ladder cannot be read: {error}"
                ) from error
        names = [rung.name for rung in rungs]
        if len(set(names)) != len(names):
            raise ValueError("two rungs of the ladder have the same name: each needs its own")
        try:
            lapse_days = int(kept[-1]["lapse_days"])
        except (IndexError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"the ladder does not end with its lapse_days: {error!r}") from error
        return cls(tuple(rungs), lapse_days)


class Ladders(dict[UUID, Ladder]):
    """Ladders by step, each read when it is first wanted: one that cannot be read troubles nobody else's."""

    def __init__(self, kept: Mapping[UUID, Sequence[Mapping[str, Any]]]) -> None:
        """Take the ladders as the store keeps them."""
        super().__init__()
        self._kept = kept

    def __missing__(self, step_id: UUID) -> Ladder:
        """Read a step's ladder. Raises ValueError when it makes no sense."""
        self[step_id] = Ladder.from_json(self._kept[step_id])
        return self[step_id]
