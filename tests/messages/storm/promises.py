"""What must hold of every letter, whatever happened: counted from the ledger and the town alone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from messages.chasing.ladder import Ladder
from store.asking.ask import AskState
from tests.messages.storm.ledger import Entry, Part
from tests.messages.storm.town import Town, local

WEEK = timedelta(days=7)
#: What somebody is to hear on the day.
NEWS = frozenset({"cover", "cover_gone", "handed_over", "sent_back"})
BESIDE = NEWS | {"back", "new_link", "invited"}
#: Roles whose letters a person approves, and which share no message with others.
APPROVED = frozenset({"board_member", "subgroup_chair", "chief_officer"})


@dataclass(frozen=True)
class Rest:
    """A time in which nothing goes about some asks; with an end by day, or by being lifted."""

    #: One ask, all that an agency owes a board, or a campaign: how a part of a letter is told to be in it.
    about: Callable[[Part], bool]
    #: Letters in the ledger when it began.
    since: int
    until: date | None = None
    lifted: list[int] = field(default_factory=list)
    #: The hold's id, or the short name of the paused campaign.
    key: UUID | str = ""

    def covers(self, entry: Entry) -> bool:
        """Whether a letter fell into it."""
        ended = bool(self.lifted) and entry.number >= self.lifted[0]
        over = self.until is not None and local(entry.at) > self.until
        return entry.number >= self.since and not ended and not over


@dataclass
class Facts:
    """What people did, as far as a promise speaks of it."""

    town: Town
    rests: list[Rest] = field(default_factory=list)
    #: Ask → letters in the ledger since when nothing goes about it.
    closed: dict[str, int] = field(default_factory=dict)
    #: Address → the days that its reader chose, each from so many letters on.
    days: dict[str, list[tuple[int, int | None]]] = field(default_factory=lambda: defaultdict(list))
    approved: set[UUID] = field(default_factory=set)
    is_stopped: bool = False
    #: Moments at which something happened while letters were on their way: those may arrive.
    shaken: set[datetime] = field(default_factory=set)


def hold(facts: Facts, entries: Sequence[Entry], fresh: int) -> None:
    """Hold every promise against the letters from one on."""
    assert not (facts.is_stopped and entries[fresh:]), "nothing goes while a long stop waits for a yes"
    for entry in entries[fresh:]:
        in_hours(facts.town, entry)
        nothing_unowed(facts, entry)
        told = {part.reference for part in entry.parts}
        assert entry.named <= told or entry.at in facts.shaken, f"a letter names what is not in it: {entry}"
    for address in {entry.address for entry in entries[fresh:]}:
        mine = [entry for entry in entries if entry.address == address]
        once_a_day(mine)
        once_a_week(facts, mine)
        nothing_twice(mine)


def in_hours(town: Town, entry: Entry) -> None:
    """Nothing outside working hours, working days and terms; urgent first letters and wishes alone."""
    for part in entry.parts:
        if (part.is_urgent and part.is_first) or part.base == "new_link":
            continue
        assert town.is_open(part.agency, entry.at), f"out of hours: {entry}"


def nothing_unowed(facts: Facts, entry: Entry) -> None:
    """None after the answer, while it rests, to whoever has it no more, or that nobody approved."""
    for part in entry.parts:
        since = facts.closed.get(part.reference)
        assert since is None or entry.number < since, f"after the answer: {entry}"
        resting = [rest for rest in facts.rests if rest.about(part) and rest.covers(entry)]
        assert not resting, f"while it rests: {entry} {resting}"
        if entry.at in facts.shaken:
            continue
        assert part.state is AskState.ASKED, f"not owed: {entry}"
        if part.role == "asked" and part.base != "new_link":
            assert part.asked == entry.address, f"to whoever has it no more: {entry}"
        if part.role in APPROVED and not part.is_first and part.base not in BESIDE:
            assert part.touch_id in facts.approved, f"without a yes: {entry}"


def once_a_day(mine: Sequence[Entry]) -> None:
    """Never two chasing messages on a local day; a copy of one in doubt is the same message."""
    days = defaultdict(set)
    for entry in _budgeted(mine):
        days[local(entry.at)].add(entry.message_id)
    assert all(len(some) == 1 for some in days.values()), f"twice a day: {mine}"


def once_a_week(facts: Facts, mine: Sequence[Entry]) -> None:
    """One message a week, on the day that its reader chose, sooner only if news or nearly due."""
    told: list[Entry] = []
    for entry in _budgeted(mine):
        is_copy = any(before.message_id == entry.message_id for before in told)
        if not is_copy and not any(_may_go_any_day(facts.town, entry, part) for part in entry.parts):
            on_its_day(facts, entry, told)
        told.append(entry)


def _may_go_any_day(town: Town, entry: Entry, part: Part) -> bool:
    day = local(entry.at)
    near = town.step(part.agency, part.due_on, -2) <= day <= town.step(part.agency, part.due_on, 2)
    return near or part.base in NEWS or part.role in APPROVED


def on_its_day(facts: Facts, entry: Entry, told: Sequence[Entry]) -> None:
    """A message that could wait went on the weekday chosen, or a week after the one before."""
    day, chosen = local(entry.at), _chosen(facts, entry)
    last = local(told[-1].at) if told else None
    if chosen is None:
        assert last is None or day - last >= WEEK, f"twice a week: {told[-1:]} {entry}"
        return
    wanted = day - timedelta(days=(day.weekday() - chosen) % 7)
    agencies = {part.agency for part in entry.parts}
    assert any(facts.town.step(agency, wanted, 0) == day for agency in agencies), f"not their day: {entry}"
    assert last is None or last < wanted, f"heard since their day: {told[-1:]} {entry}"


def _chosen(facts: Facts, entry: Entry) -> int | None:
    some = [day for since, day in facts.days[entry.address] if since <= entry.number]
    return some[-1] if some else None


def _budgeted(mine: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in mine if not all(part.is_free for part in entry.parts))


def nothing_twice(mine: Sequence[Entry]) -> None:
    """No rung repeated: one goes in one message; its copies, sent in doubt, tell no more than it did."""
    places: dict[tuple[str, int, str, str], UUID] = {}
    carried: dict[UUID, set[UUID]] = {}
    rungs = defaultdict(set)
    for entry in mine:
        ids = {part.touch_id for part in entry.parts}
        is_copy = entry.message_id in carried
        assert not is_copy or any(part.is_first for part in entry.parts), f"reminded again: {entry}"
        assert ids <= carried.setdefault(entry.message_id, ids), f"a copy tells more: {entry}"
        for part in entry.parts:
            place = (part.reference, part.round, part.rung, part.role)
            assert places.setdefault(place, entry.message_id) == entry.message_id, f"repeated: {entry}"
            if part.base not in BESIDE and not is_copy:
                rungs[part.reference, local(entry.at)].add(part.rung)
    assert all(len(some) == 1 for some in rungs.values()), f"two rungs on a day: {dict(rungs)}"


def in_order(ladder: Ladder, fresh: Mapping[str, datetime], behind: Mapping[str, datetime]) -> None:
    """What was climbed just now had every rung below it behind it, on the ladder as it stood."""
    names = [rung.name for rung in ladder.rungs]
    for name, at in fresh.items():
        if name not in names:
            continue
        for below in names[: names.index(name)]:
            assert below in behind, f"“{below}” was left out below “{name}”"
            if below in fresh:
                assert fresh[below] <= at, f"“{name}” came before “{below}”"
