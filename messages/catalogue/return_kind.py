"""A kind of return: what a board is owed by whom, how it comes about, and in which cadence."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from store.asking.lesson import Priority
from store.people.seat import SeatRole

SHIPPED = files("messages.catalogue")
#: The group of whom a board has to say which agencies it means.
NAMED = "named"
#: The group of agencies that keep school terms.
SCHOOLS = "schools"


@dataclass(frozen=True, slots=True)
class Opening:
    """One day of a year on which something is asked for; its tag tells it from others of the same cadence."""

    month: int
    day: int
    tag: str = ""
    #: What the day is about, with places for the years.
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class Cadence:
    """When one group of agencies is asked, by which form of whom, and how long they have."""

    group: str
    #: The sectors of the group; empty for all.
    sectors: tuple[str, ...]
    title: str
    playbook: str
    form: str
    small_form: str
    seat: SeatRole
    #: Days of each year; empty where it hangs on a lesson.
    openings: tuple[Opening, ...] = ()
    #: Which years by their first calendar year: even, odd, or empty for all.
    years: str = ""
    #: Working days from opening to due, where nothing below says otherwise.
    due_days: int = 0
    #: half_term or term: due on the last school day of that in which it opens.
    until: str = ""
    #: Weeks from a lesson to the opening; or months from it to the due day, and how many working days
    #: before that it opens.
    opens_weeks: int | None = None
    due_months: int | None = None
    open_days: int = 0
    #: The lessons after which it is asked: of these priorities; only from serious case reviews, only from
    #: others, or from all.
    priorities: frozenset[Priority] = frozenset(Priority)
    reviews: bool | None = None
    #: What tells it from another cadence of its return that hangs on the same lesson.
    tag: str = ""
    #: Words for the places of its form.
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def hangs_on_lesson(self) -> bool:
        """Whether it comes after a lesson, and on no day of its own."""
        return not self.openings


@dataclass(frozen=True, slots=True)
class ReturnKind:
    """One return of the catalogue. Without a cadence it cannot be turned on, and says how it comes about."""

    id: str
    key: str
    title: str
    #: Whose product it is, and who provides it, in the framework's words.
    source: str
    providers: str
    owner: str
    chases: str
    evidence: str
    form: str
    playbook: str
    cadences: tuple[Cadence, ...]
    #: A chore for the office on its day, and a letter to nobody.
    is_internal: bool = False
    #: How it comes about where it has no cadence.
    started: str = ""
    #: Why it has no place here at all.
    out_of_scope: str = ""
    #: What of the framework's text could not be read for certain.
    doubt: str = ""

    @property
    def is_planned(self) -> bool:
        """Whether a board can turn it on for a year."""
        return bool(self.cadences)

    @property
    def wants_names(self) -> bool:
        """Whether the board has to say which agencies it means."""
        return any(one.group == NAMED for one in self.cadences)


@cache
def catalogue() -> tuple[ReturnKind, ...]:
    """Every return that comes with Cascade, in the order of the framework's table."""
    told = tomllib.loads(SHIPPED.joinpath("returns.toml").read_text("utf-8"))
    return tuple(_kind(one, told["groups"]) for one in told["returns"])


def find(named: str) -> ReturnKind | None:
    """The return with this number or key; None where there is none."""
    wanted = named.strip().casefold().replace("-", "_")
    return next((one for one in catalogue() if wanted in (one.id.casefold(), one.key)), None)


def _kind(told: Mapping[str, Any], groups: Mapping[str, Collection[str]]) -> ReturnKind:
    return ReturnKind(
        id=told["id"],
        key=told["key"],
        title=told["title"],
        source=told["source"],
        providers=told["providers"],
        owner=told["owner"],
        chases=told["chases"],
        evidence=told["evidence"],
        form=told.get("form", ""),
        playbook=_playbook(told),
        cadences=tuple(
            _cadence(one, group, told, groups) for one in told.get("cadence", ()) for group in _groups(one)
        ),
        is_internal=told.get("internal", False),
        started=told.get("started", ""),
        out_of_scope=told.get("out_of_scope", ""),
        doubt=told.get("doubt", ""),
    )


def _playbook(told: Mapping[str, Any]) -> str:
    if told.get("internal", False) or "out_of_scope" in told:
        return ""
    return str(told.get("playbook", "return"))


def _groups(told: Mapping[str, Any]) -> Sequence[str]:
    """The groups of a cadence, each of which is asked by itself."""
    return told.get("groups") or [told["group"]]


def _cadence(
    told: Mapping[str, Any], group: str, kind: Mapping[str, Any], groups: Mapping[str, Collection[str]]
) -> Cadence:
    whole = {**kind, **told}
    return Cadence(
        group=group,
        sectors=tuple(groups.get(group, ())),
        title=told.get("title") or _usual_title(told, kind),
        playbook=_playbook(kind),
        form=whole.get("form", ""),
        small_form=whole.get("small_form", ""),
        seat=SeatRole(whole.get("seat", SeatRole.REPRESENTATIVE)),
        openings=_openings(told),
        years=told.get("years", ""),
        due_days=told.get("due_days", 0),
        until=told.get("until", ""),
        opens_weeks=told.get("opens_weeks"),
        due_months=told.get("due_months"),
        open_days=told.get("open_days", 0),
        priorities=frozenset(map(Priority, told.get("priorities", list(Priority)))),
        reviews=told.get("reviews"),
        tag="" if "opens" in told else next(iter(told.get("tags", ())), ""),
        values={**kind.get("values", {}), **told.get("values", {})},
    )


def _usual_title(told: Mapping[str, Any], kind: Mapping[str, Any]) -> str:
    if "due_months" in told:
        return f"What became of your actions from {{lesson}}, after {told['due_months']} months"
    return f"{kind['title']} {{year}}"


def _openings(told: Mapping[str, Any]) -> tuple[Opening, ...]:
    """The days of a cadence; one that hangs on a lesson has none."""
    days = [tuple(map(int, one.split("-"))) for one in told.get("opens", ())]
    tags, occasions = told.get("tags", [""] * len(days)), told.get("occasions", [""] * len(days))
    return tuple(
        Opening(month, day, tag, occasion)
        for (month, day), tag, occasion in zip(days, tags, occasions, strict=False)
    )
