"""The office: what a coordinator does while the chase goes on, by the use cases of real life."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot.hearing import judging
from messages.changes import resting
from messages.chasing.chase import SENT_BACK
from messages.chasing.ladder import Anchor, Ladder
from messages.ladders.file import write_ladder
from messages.ladders.keeping import keep_ladder
from messages.launching import approval, running
from store.answers.judgement import Outcome
from store.asking import campaign
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign, CampaignState, Step
from store.asking.hold import Hold
from store.asking.lesson import Priority
from store.database import Session
from store.letters import touch
from store.people.agency import Agency
from store.people.board import Board
from surveys.judging.judging import Judged, Verdict
from surveys.judging.points import Point
from tests import chosen, make
from tests.make import ZONE
from tests.messages.storm.ledger import Part
from tests.messages.storm.promises import Rest
from tests.messages.storm.town import lesson_of, local
from tests.messages.storm.weather import KINDS, Weather
from tests.story import WHO, find

PRIORITIES = {"urgent": Priority.URGENT, "information": Priority.INFORMATION}
BACK = Verdict(Outcome.SENT_BACK, (Point("staff", "Staff who should hear this", "with volunteers?"),))
#: As many campaigns are enough for any two to meet.
MOST = 4
some = st.integers(0, 30)


class Office(Weather):
    """A board that launches, pauses, holds, edits and approves."""

    def ask(self, kind: str) -> None:
        """The first board asks it."""
        self.story.write(lambda session: self._launch(session, kind, "west"))

    @rule(kind=st.sampled_from(KINDS), board=st.sampled_from(["west", "west", "reading"]))
    def launch(self, kind: str, board: str) -> None:
        """One more campaign, at any hour of any day."""
        self.story.write(lambda session: self._launch(session, kind, board))

    def _launch(self, session: Session, kind: str, slug: str) -> None:
        number = session.query(Campaign).count()
        if number >= MOST:
            return
        of, name = session.query(Board).filter_by(slug=slug).one(), f"storm{number}"
        priority = {"urgent": Priority.URGENT, "information": Priority.INFORMATION}.get(
            kind, Priority.STANDARD
        )
        if kind in ("return", "survey"):
            made = chosen.campaign(session, of, kind, name)
        elif kind == "bulletin":
            made = make.campaign(session, of, name, book="bulletin")
        else:
            about = lesson_of(session, of)
            made = make.campaign(session, of, name, about=about, priority=priority)
            session.query(Step).filter_by(campaign_id=made.id, position=1).one().is_judged = True
        make.launched(session, made, self.story.now)

    def choose(self, number: int, *states: AskState) -> str | None:
        """One of the asks in some states, by its reference."""

        def read(session: Session) -> list[str]:
            rows = session.query(Ask, Campaign).join(Campaign, Campaign.id == Ask.campaign_id)
            asks = rows.filter(Ask.state.in_(states)).order_by(Campaign.slug, Ask.number)
            return [f"{campaign.slug}-{ask.number}" for ask, campaign in asks]

        known = self.story.read(read)
        return known[number % len(known)] if known else None

    def happen(self, event: Callable[[], object], is_meanwhile: bool) -> None:
        """Now, or while the next letter is on its way."""
        if is_meanwhile:
            self.during(event)
        else:
            event()

    @rule(which=some)
    def send_back(self, which: int) -> None:
        """What was answered is asked again, with a point."""
        reference, now = self.choose(which, AskState.ANSWERED), self.story.now

        def back(session: Session) -> bool:
            asked = find(session, reference or "")
            judged = judging.send_back(session, asked, BACK, now, WHO, ZONE, again=True)
            return isinstance(judged, Judged)

        if reference is not None and self.story.write(back):
            self.facts.closed.pop(reference, None)
            assert SENT_BACK.is_first

    @rule(which=some, days=st.integers(0, 12), whole=st.booleans(), is_meanwhile=st.booleans())
    def hold(self, which: int, days: int, whole: bool, is_meanwhile: bool) -> None:
        """An ask, or all that its agency owes the board, rests for some days."""
        reference = self.choose(which, AskState.ASKED)
        if reference is None:
            return
        until = local(self.story.now) + timedelta(days=days)

        def rest(session: Session) -> tuple[UUID, str, str]:
            one = find(session, reference)
            about = {"agency_id": one.agency_id} if whole else {"ask": one}
            made = resting.hold(session, one.board_id, until, "inspection", self.story.now, WHO, **about)
            board, agency = session.get_one(Board, one.board_id), session.get_one(Agency, one.agency_id)
            return made.id, board.slug, agency.name

        made = list[tuple[UUID, str, str]]()
        self.happen(lambda: made.append(self.story.write(rest)), is_meanwhile)
        for hold_id, board, agency in made:
            about = _of(board, agency) if whole else _named(reference)
            self.facts.rests.append(Rest(about, len(self.ledger.entries), until, key=hold_id))

    @rule(which=some)
    def lift(self, which: int) -> None:
        """A hold ends early."""
        rests = [one for one in self.facts.rests if one.until is not None and not one.lifted]
        if not rests:
            return
        rest = rests[which % len(rests)]
        self.story.write(
            lambda session: resting.lift(session, session.get_one(Hold, rest.key), self.story.now, WHO)
        )
        rest.lifted.append(len(self.ledger.entries))

    @rule(which=some)
    def pause_or_resume(self, which: int) -> None:
        """A campaign is paused, or goes on."""

        def turn(session: Session) -> tuple[str, bool] | None:
            states = (CampaignState.LIVE, CampaignState.PAUSED)
            known = session.query(Campaign).filter(Campaign.state.in_(states)).order_by(Campaign.slug).all()
            wanted = known[which % len(known)]
            is_live = wanted.state is CampaignState.LIVE
            (running.halt if is_live else running.resume)(session, wanted, self.story.now, WHO)
            return wanted.slug, is_live

        turned = self.story.write(turn)
        if turned is None:
            return
        slug, is_paused = turned
        for rest in self.facts.rests:
            if rest.key == slug and not rest.lifted:
                rest.lifted.append(len(self.ledger.entries))
        if is_paused:
            self.facts.rests.append(Rest(_in(slug), len(self.ledger.entries), key=slug))

    @rule(which=some)
    def send_again(self, which: int) -> None:
        """First letters of a campaign go once more that were refused or are in doubt."""

        def send(session: Session) -> None:
            known = session.query(Campaign).order_by(Campaign.slug)
            running.send_again(session, known[which % known.count()], self.story.now, ZONE, WHO)

        self.story.write(send)

    def lift_all(self) -> None:
        """Whatever was paused goes on."""

        def turn(session: Session) -> None:
            for wanted in session.query(Campaign).filter_by(state=CampaignState.PAUSED):
                running.resume(session, wanted, self.story.now, WHO)

        self.story.write(turn)
        for rest in self.facts.rests:
            if rest.until is None and not rest.lifted:
                rest.lifted.append(len(self.ledger.entries))

    @rule(which=some, later=st.integers(-3, 6), gone=some)
    def edit_ladder(self, which: int, later: int, gone: int) -> None:
        """The rungs from due on move by some days, and one may go; what a board may not do is refused."""

        def edit(session: Session) -> None:
            steps = (
                session.query(Step).filter_by(is_open=False).order_by(Step.campaign_id, Step.position).all()
            )
            step = steps[which % len(steps)]
            ladder = Ladder.from_json(campaign.ladder(session, step.id).rungs)
            rungs = tuple(
                replace(rung, days=rung.days + later) if rung.anchor is Anchor.DUE else rung
                for number, rung in enumerate(ladder.rungs)
                if number != gone
            )
            text = write_ladder(Ladder(rungs, ladder.lapse_days + 6))
            keep_ladder(session, step, text, self.story.now, WHO)

        self.story.write(edit)

    @rule()
    def approve(self) -> None:
        """Every letter that was drafted gets its yes."""

        def say_yes(session: Session) -> set[UUID]:
            drafted = touch.drafted(session)
            approval.approve(session, drafted, self.story.now, WHO)
            return {one.id for one in drafted}

        self.facts.approved |= self.story.write(say_yes)


def _of(board: str, agency: str) -> Callable[[Part], bool]:
    return lambda part: (part.board, part.agency) == (board, agency)


def _named(reference: str) -> Callable[[Part], bool]:
    return lambda part: part.reference == reference


def _in(slug: str) -> Callable[[Part], bool]:
    return lambda part: part.reference.startswith(f"{slug}-")
