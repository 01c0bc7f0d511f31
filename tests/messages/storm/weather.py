"""Weather: an installation on a virtual clock, whose workers work, wait, die and get in each other's way."""

import asyncio
import shutil
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bot.worker import Worker
from messages.chasing.explain import explain
from messages.chasing.ladder import Ladder
from messages.letters.press import Press
from messages.sending import heartbeat
from messages.sending.channel import DeliveryError
from messages.sending.sender import Sender
from store.asking import campaign
from store.asking.ask import Ask, AskState
from store.database import Database, Session
from store.letters.touch import Touch
from store.people import person
from tests import make
from tests.messages.storm import promises
from tests.messages.storm.ledger import Ledger, Post, PowerCutError
from tests.messages.storm.town import DAY, OFFICE, SCHOOL, TERMS, Town, found, import_terms, local
from tests.story import WHO, Story

#: Days before something happens to the calendar: a change of clocks, Christmas, half-term, the summer.
BEGINNINGS = (date(2026, 10, 12), date(2026, 12, 7), date(2027, 1, 25), date(2027, 3, 8), date(2027, 7, 1))
KINDS = ("lesson", "urgent", "information", "return", "survey", "bulletin")
hours = st.one_of(st.integers(1, 20), st.integers(1, 9).map(lambda days: 24 * days), st.just(24 * 17))
closures = st.dictionaries(
    st.sampled_from(["", OFFICE, SCHOOL]), st.sets(st.integers(0, 90), max_size=5), max_size=2
)
TROUBLES = (
    DeliveryError("451 try again"),
    DeliveryError("550 no such mailbox", permanent=True, about_address=True),
    DeliveryError("the line was lost", doubtful=True),
)


class Weather(RuleBasedStateMachine):
    """Time and trouble; after each of them every promise is held against the ledger."""

    template: ClassVar[str]
    folder: ClassVar[Path]
    #: Whether each run ends with months in which nothing happens but the chase itself.
    is_long: ClassVar[bool] = False

    @initialize(
        begins=st.sampled_from(BEGINNINGS),
        later=st.integers(0, 24 * 13),
        moved=st.lists(st.integers(-4, 4), min_size=2 * len(TERMS), max_size=2 * len(TERMS)),
        known=st.sampled_from([len(TERMS), len(TERMS), 4, 7]),
        shut=closures,
        kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=2),
    )
    def begin(
        self,
        begins: date,
        later: int,
        moved: list[int],
        known: int,
        shut: dict[str, set[int]],
        kinds: list[str],
    ) -> None:
        """A town with terms and closed days of its own, at any hour."""
        self.runner = asyncio.Runner()
        path = self.folder / f"storm-{id(self)}.db"
        shutil.copyfile(self.template, path)
        terms = [
            (first + DAY * moved[2 * n], last + DAY * moved[2 * n + 1])
            for n, (first, last) in enumerate(TERMS)
        ]
        closed = {name: frozenset(begins + DAY * day for day in days) for name, days in shut.items()}
        self.facts = promises.Facts(Town(terms[:known], closed))
        url = f"sqlite:///{path}"
        self.story, self.path = Story(Database(url)), path
        self.beside = Database(url)
        start = datetime(begins.year, begins.month, begins.day, 9, tzinfo=UTC) + timedelta(hours=later)
        self.story.now = max(start, make.START)
        self.ledger, self.refuses = Ledger(self.story.database), dict[str, DeliveryError]()
        self.post = self.new_post()
        self.first = self.new_worker(self.story.database, self.post, "first")
        self.second = self.new_worker(self.beside, self.new_post(), "second")
        self.seen_letters, self.beat = 0, self.story.now
        self.seen: set[UUID] = set()
        self.story.write(lambda session: found(session, self.facts.town))
        for kind in kinds:
            self.ask(kind)
        self.look()

    def ask(self, kind: str) -> None:
        """Something is asked from the start."""
        raise NotImplementedError

    def new_post(self, **settings: object) -> Post:
        """One more line to the same mail server."""
        return Post(self.ledger, lambda: self.story.now, self.refuses, **settings)  # type: ignore[arg-type]

    def new_worker(self, database: Database, post: Post, name: str) -> Worker:
        """One more worker; its leases follow the virtual clock."""
        press = Press(make.IDENTITY)
        return Worker(database, Sender(database, {"email": post}, press, name, lambda: self.story.now))

    def run(self, work: Awaitable[object]) -> None:
        """Let something asynchronous come to its end."""

        async def whole() -> None:
            await work

        self.runner.run(whole())

    def look(self, *, two: bool = False) -> None:
        """One wake-up, by both workers at once where there are two; then every promise."""
        now = self.story.now
        days = (local(now) - local(self.beat)).days
        if days > 2 and self.facts.town.between("", local(self.beat), local(now)) > 2:
            self.facts.is_stopped = True
        self.beat = max(self.beat, now)

        async def both() -> None:
            await self.first.sender.repair(now)
            await asyncio.gather(*(one.step(now) for one in [self.first, self.second][: 1 + two]))

        self.run(both())
        self.hold_promises()

    def hold_promises(self) -> None:
        """Every promise, of the letters and rungs since the last look."""
        entries, fresh = self.ledger.entries, self.seen_letters
        self.seen_letters = len(entries)
        promises.hold(self.facts, entries, fresh)
        self.story.read(self._hold_rungs)

    def _hold_rungs(self, session: Session) -> None:
        fresh = [one for one in session.query(Touch).all() if one.id not in self.seen]
        self.seen |= {one.id for one in fresh}
        assert all(one.reason for one in fresh), "a touch without a reason"
        climbed: dict[tuple[UUID, int], dict[str, datetime]] = defaultdict(dict)
        for one in fresh:
            climbed[one.ask_id, one.round][one.rung] = one.climbed_at
        for (ask_id, number), rungs in climbed.items():
            asked = session.get_one(Ask, ask_id)
            ladder = Ladder.from_json(campaign.ladder(session, asked.step_id).rungs)
            rows = session.query(Touch).filter_by(ask_id=ask_id, round=number)
            promises.in_order(ladder, rungs, {row.rung: row.climbed_at for row in rows})
        for asked in session.query(Ask).filter_by(state=AskState.LAPSED):
            ladder = Ladder.from_json(campaign.ladder(session, asked.step_id).rungs)
            rows = session.query(Touch).filter_by(ask_id=asked.id, round=asked.round)
            left = {rung.name for rung in ladder.rungs} - {row.rung for row in rows}
            assert not left or asked.id in self.seen, f"it lapsed below {left}"
            self.seen.add(asked.id)

    def work(self, end: datetime, *, two: bool = False) -> None:
        """Step through every wake-up until a moment."""
        while self.story.now < end:
            self.look(two=two)
            following = self.runner.run(self.first.next_wake(self.story.now))
            assert following > self.story.now, "the worker wants to look again at this very moment"
            self.story.now = min(end, following)
        self.look(two=two)

    @rule(hours=hours, two=st.booleans())
    def time_passes(self, hours: int, two: bool) -> None:
        """Hours, days or weeks, with one worker or two."""
        self.work(self.story.now + timedelta(hours=hours), two=two)

    @rule(hours=st.one_of(st.integers(1, 60), st.integers(72, 300)), goes_on=st.booleans())
    def nobody_works(self, hours: int, goes_on: bool) -> None:
        """The machine is off; after a long stop somebody says yes, or not yet."""
        self.story.now += timedelta(hours=hours)
        self.look()
        if goes_on:
            self.go_on()

    def go_on(self) -> None:
        """A coordinator says yes."""
        went = self.story.write(lambda session: heartbeat.go_on(session, self.story.now, WHO))
        assert went == self.facts.is_stopped, "a long stop is noticed, and no other"
        self.facts.is_stopped = False

    def come_to_next(self) -> None:
        """Stand at the next moment for which anything is due."""
        now = self.runner.run(self.first.next_wake(self.story.now))
        self.work(max(self.story.now, now - timedelta(seconds=1)))
        self.story.now = max(now, self.story.now)

    @rule(letters=st.integers(1, 3), taken=st.booleans())
    def power_goes(self, letters: int, taken: bool) -> None:
        """A worker dies between its claim and a letter, or when that has left and is not noted yet."""
        self.come_to_next()
        post = self.new_post(dies_after=letters, takes_last=taken)
        doomed = self.new_worker(self.story.database, post, f"doomed-{self.story.now}")

        async def die() -> None:
            await doomed.wake(self.story.now)
            with suppress(PowerCutError):
                await doomed.send(self.story.now)

        self.run(die())
        self.hold_promises()
        self.story.now += timedelta(minutes=2)

    @rule(gathers=st.booleans(), hours=st.integers(0, 40))
    def half_a_look(self, gathers: bool, hours: int) -> None:
        """A worker dies between climbing, gathering and claiming, and is missed for some hours."""
        self.come_to_next()
        if not self.facts.is_stopped:
            self.story.climb()
            if gathers:
                self.story.gather()
        self.story.now += timedelta(hours=hours)

    @rule(who=st.sampled_from(["rowan.a@agencya", "devi.a@agencya", "hana.head@kennetschool"]),
          trouble=st.sampled_from([None, *TROUBLES]))  # fmt: skip
    def mail_is_refused(self, who: str, trouble: DeliveryError | None) -> None:
        """An address says no: for now, for good, or the line is lost; or all is mended."""
        self.refuses.clear()
        if trouble is not None:
            self.refuses[f"{who}.example"] = trouble

    def during(self, event: Callable[[], object]) -> None:
        """Something happens while the next letter of two days is on its way, or else after them."""

        async def happen() -> None:
            self.facts.shaken.add(self.story.now)
            event()

        self.post.meanwhile = happen
        end = self.story.now + timedelta(days=2)
        self.look()
        while self.post.meanwhile is not None and self.story.now < end:
            self.story.now = min(end, self.runner.run(self.first.next_wake(self.story.now)))
            self.look()
        if self.post.meanwhile is not None:
            self.post.meanwhile = None
            event()

    def teardown(self) -> None:
        """Every letter has its why; then the rooms are closed."""
        if not hasattr(self, "story"):
            return
        try:
            self.story.now += timedelta(minutes=2)
            self.look()  # what a dead worker held is found
            if self.is_long:
                self.calm()
            self.story.read(self._explain_all)
        finally:
            self.run(self.story.database.close())
            self.run(self.beside.close())
            self.runner.close()
            self.path.unlink()

    def calm(self) -> None:
        """Nothing else happens for months: every ask that is owed comes to its end, rung by rung."""
        self.refuses.clear()
        if self.facts.is_stopped:
            self.go_on()
        self.lift_all()
        self.facts.town.terms = list(TERMS)
        self.story.write(import_terms)
        self.work(self.story.now + timedelta(days=240))
        left = self.story.read(lambda session: session.query(Ask).filter_by(state=AskState.ASKED).count())
        assert left == 0, "an ask was never brought to its end"

    def lift_all(self) -> None:
        """Let every campaign that is paused go on."""
        raise NotImplementedError

    def _explain_all(self, session: Session) -> None:
        for address in {entry.address for entry in self.ledger.entries}:
            reader = person.by_address(session, address)
            assert reader is not None
            told = {
                (line.about, line.reason.partition("”")[0].removeprefix("“"))
                for line in explain(session, reader).lines
                if line.what in ("sent", "doubtful")
            }
            mine = [entry for entry in self.ledger.entries if entry.address == address]
            wanted = {(part.reference, part.rung) for entry in mine for part in entry.parts}
            assert wanted <= told, f"no why for {wanted - told}"
