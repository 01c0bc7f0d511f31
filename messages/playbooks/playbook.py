"""Playbook: the steps, ladders and words of one ready-made campaign, read from the package."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from messages.ladder import Anchor, Ladder, Rung
from store.campaign import MailKind
from store.lesson import Priority
from store.seat import SeatRole

SHIPPED = files("messages.playbooks")


@dataclass(frozen=True, slots=True)
class RungWords:
    """What a rung says to one addressee, as Markdown with variables."""

    rung: str
    role: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class PlaybookStep:
    """One question of the playbook. `form` is empty where whoever makes the campaign says which.

    An open one is answered by whoever has a code: it has no due date, no ladder and no words. One that is
    each stands for as many steps as forms are given.
    """

    key: str
    title: str
    form: str
    role: SeatRole
    minutes: int
    #: Working days from launch to due, and the ladder, by priority.
    due_days: Mapping[Priority, int]
    ladders: Mapping[Priority, Ladder]
    words: tuple[RungWords, ...]
    is_open: bool = False
    is_each: bool = False
    #: Days from the day that the campaign is about on which it opens, or is due; None where it does not hang
    #: on that day.
    opens: int | None = None
    due: int | None = None
    #: An earlier answer by which nobody is asked: step, question, answer, and because, in words.
    withheld_if: Mapping[str, str] | None = None
    #: The answer after which a manager may be asked too, and by which form: question, answer, form.
    confirmed_by: Mapping[str, str] | None = None
    #: The key of the form that agencies with few staff are asked instead, and how long it takes.
    small_form: str = ""
    small_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Playbook:
    """A ready-made campaign. Its title may leave a place for a `{lesson}`, a `{form}` or a value given."""

    key: str
    title: str
    kind: MailKind
    needs_lesson: bool
    steps: tuple[PlaybookStep, ...]
    #: Whether it asks people by name, by their bookings, and not the seats of agencies.
    by_booking: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether it is about a day, from which steps are counted."""
        return any(step.opens is not None or step.due is not None for step in self.steps)

    @property
    def forms(self) -> frozenset[str]:
        """The keys of the forms that it names."""
        named = {step.form for step in self.steps}
        named |= {step.confirmed_by["form"] for step in self.steps if step.confirmed_by}
        return frozenset(named - {""})


def keys() -> list[str]:
    """The names of the shipped playbooks."""
    return sorted(entry.name for entry in SHIPPED.iterdir() if entry.joinpath("playbook.toml").is_file())


def load(key: str) -> Playbook | None:
    """Read a shipped playbook; None when there is none of this name."""
    if key not in keys():
        return None
    folder = SHIPPED.joinpath(key)
    told = tomllib.loads(folder.joinpath("playbook.toml").read_text("utf-8"))
    ladders = {entry["name"]: _ladder(entry) for entry in told["ladders"]}
    steps = tuple(_step(folder, entry, ladders) for entry in told["steps"])
    by_booking = told.get("by_booking", False)
    return Playbook(key, told["title"], MailKind(told["kind"]), told["needs_lesson"], steps, by_booking)


def _ladder(told: Mapping[str, Any]) -> Ladder:
    rungs = tuple(
        Rung(
            rung["name"],
            Anchor(rung["from"]),
            rung["days"],
            tuple(rung["to"]),
            rung.get("approval", False),
            rung.get("phone", ""),
        )
        for rung in told["rungs"]
    )
    return Ladder(rungs, told["lapse_days"])


def _step(folder: Traversable, told: Mapping[str, Any], ladders: Mapping[str, Ladder]) -> PlaybookStep:
    if told.get("open", False):
        return PlaybookStep(
            told["key"],
            told["title"],
            told.get("form", ""),
            SeatRole.REPRESENTATIVE,
            0,
            {},
            {},
            (),
            is_open=True,
            is_each=told.get("each", False),
        )
    words = tuple(
        _words(entry)
        for entry in sorted(folder.joinpath(told["key"]).iterdir(), key=lambda entry: entry.name)
    )
    return PlaybookStep(
        told["key"],
        told["title"],
        told.get("form", ""),
        SeatRole(told.get("role", SeatRole.REPRESENTATIVE)),
        told.get("minutes", 0),
        {Priority(name): days for name, days in told["due_days"].items()},
        {Priority(name): ladders[ladder] for name, ladder in told["ladder"].items()},
        words,
        opens=told.get("opens"),
        due=told.get("due"),
        withheld_if=told.get("withheld_if"),
        confirmed_by=told.get("confirmed_by"),
    )


def _words(entry: Traversable) -> RungWords:
    """Read words from RUNG.ROLE.md, whose first line is the subject."""
    rung, role, _ = entry.name.split(".")
    subject, _, body = entry.read_text("utf-8").partition("\n")
    return RungWords(rung, role, subject.removeprefix("Subject:").strip(), body.strip())
