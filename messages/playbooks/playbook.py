"""Playbook: the steps, ladders and words of one ready-made campaign, read from the package."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from messages.chasing.chase import COVER, HANDED_OVER
from messages.chasing.ladder import Ladder
from messages.ladders.file import read_ladder
from messages.ladders.shipped import shipped_ladder
from store.asking.campaign import MailKind
from store.asking.lesson import Priority
from store.people.seat import SeatRole

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
    #: Whether somebody of the board judges what comes, and may send it back.
    is_judged: bool = False
    #: Whether it is asked only where the day that the campaign is about is given.
    if_dated: bool = False


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
    #: What whoever makes the campaign has to say, for its forms and letters: name → what it is.
    values: Mapping[str, str] = field(default_factory=dict)
    #: Who decides about more time, by form, under `any` for every other form.
    extension: Mapping[str, str] = field(default_factory=dict)
    #: The answer that names who is asked what follows it: step, and the questions for name and email.
    hands_on: Mapping[str, str] | None = None

    @property
    def is_dated(self) -> bool:
        """Whether it is about a day, from which steps are counted, and cannot do without."""
        return any(_hangs_on_day(step) and not step.if_dated for step in self.steps)

    @property
    def takes_day(self) -> bool:
        """Whether a day may be given."""
        return any(_hangs_on_day(step) for step in self.steps)

    @property
    def forms(self) -> frozenset[str]:
        """The keys of the forms that it names."""
        named = {step.form for step in self.steps}
        named |= {step.confirmed_by["form"] for step in self.steps if step.confirmed_by}
        return frozenset(named - {""})


def _hangs_on_day(step: PlaybookStep) -> bool:
    return step.opens is not None or step.due is not None


def keys() -> list[str]:
    """The names of the shipped playbooks."""
    return sorted(entry.name for entry in SHIPPED.iterdir() if entry.joinpath("playbook.toml").is_file())


def load(key: str) -> Playbook | None:
    """Read a shipped playbook; None when there is none of this name."""
    if key not in keys():
        return None
    folder = SHIPPED.joinpath(key)
    told = tomllib.loads(folder.joinpath("playbook.toml").read_text("utf-8"))
    ladders = {entry["name"]: read_ladder(entry) for entry in told.get("ladders", ())}
    steps = tuple(_step(folder, entry, ladders) for entry in told["steps"])
    return Playbook(
        key,
        told["title"],
        MailKind(told["kind"]),
        told["needs_lesson"],
        steps,
        told.get("by_booking", False),
        told.get("values", {}),
        told.get("extension", {}),
        told.get("hands_on"),
    )


def _ladder(name: str, own: Mapping[str, Ladder], without: Collection[str]) -> Ladder:
    """A ladder by its name, the playbook's own before a shipped one, without the rungs that are left out."""
    ladder = own[name] if name in own else shipped_ladder(name)
    return replace(ladder, rungs=tuple(rung for rung in ladder.rungs if rung.name not in without))


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
    leaves_out = told.get("leaves_out", ())
    ladder = {name: _ladder(kept, ladders, leaves_out) for name, kept in told["ladder"].items()}
    return PlaybookStep(
        told["key"],
        told["title"],
        told.get("form", ""),
        SeatRole(told.get("role", SeatRole.REPRESENTATIVE)),
        told.get("minutes", 0),
        {Priority(name): days for name, days in told["due_days"].items()},
        {Priority(name): one for name, one in ladder.items()},
        _all_words(folder, told, ladder.values()),
        opens=told.get("opens"),
        due=told.get("due"),
        withheld_if=told.get("withheld_if"),
        confirmed_by=told.get("confirmed_by"),
        is_judged=told.get("judged", False),
        if_dated=told.get("if_dated", False),
    )


def _all_words(
    folder: Traversable, told: Mapping[str, Any], ladders: Iterable[Ladder]
) -> tuple[RungWords, ...]:
    """The words in the step's own folder; before them those that it shares, of the rungs that it has."""
    shared = _words_in(folder.joinpath(told["words"])) if "words" in told else {}
    climbed = {(rung.name, role) for ladder in ladders for rung in ladder.rungs for role in rung.to}
    climbed |= {(rung.name, role) for rung in (COVER, HANDED_OVER) for role in rung.to}
    own = folder.joinpath(told["key"])
    found = {place: words for place, words in shared.items() if place in climbed}
    found |= _words_in(own) if own.is_dir() else {}
    return tuple(found[place] for place in sorted(found))


def _words_in(folder: Traversable) -> dict[tuple[str, str], RungWords]:
    words = map(_words, folder.iterdir())
    return {(one.rung, one.role): one for one in words}


def _words(entry: Traversable) -> RungWords:
    """Read words from RUNG.ROLE.md, whose first line is the subject."""
    rung, role, _ = entry.name.split(".")
    subject, _, body = entry.read_text("utf-8").partition("\n")
    return RungWords(rung, role, subject.removeprefix("Subject:").strip(), body.strip())
