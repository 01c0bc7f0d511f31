"""People: all that they may do while they are chased, by the use cases of real life."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from messages.changes import handing_over, more_time, new_link, recording, seating
from store.answers.inbound import Source
from store.asking.ask import AskState
from store.asking.campaign import Step
from store.database import Session
from store.letters import gathering
from store.people import person, seat
from store.people.agency import Agency
from store.people.board import Board
from store.people.seat import SeatRole
from surveys.answering import intake
from tests import make
from tests.make import ZONE
from tests.messages.storm.office import Office, some
from tests.messages.storm.town import OFFICE, SCHOOL, local
from tests.story import ACKNOWLEDGED, CASCADED, WHO, find

RAWS = {"acknowledge": ACKNOWLEDGED, "cascade": CASCADED}
READERS = ("Rowan A", "Devi A", "Hana Head", "Rowan B")


class Storm(Office):
    """A board and its agencies, in any weather."""

    @rule(which=some, is_meanwhile=st.booleans())
    def answer(self, which: int, is_meanwhile: bool) -> None:
        """An answer arrives, perhaps while a letter about it is on its way."""
        reference = self.choose(which, AskState.ASKED, AskState.LAPSED)
        if reference is None:
            return
        self.happen(lambda: self.story.write(lambda session: self._answer(session, reference)), is_meanwhile)
        if self.story.ask(reference).state in (AskState.ANSWERED, AskState.DECLINED):
            self.facts.closed.setdefault(reference, len(self.ledger.entries))

    def _answer(self, session: Session, reference: str) -> None:
        asked, now = find(session, reference), self.story.now
        holder = seat.holder(session, asked.seat_id) if asked.seat_id else None
        author = asked.delegate_id or (holder.id if holder else None)
        raw = RAWS.get(session.get_one(Step, asked.step_id).key)
        if raw is not None:
            arrival = intake.Arrival(Source.WEB, f"{reference} {now}", raw, author)
            assert isinstance(intake.receive(session, asked.id, arrival, now, local(now)), intake.Receipt)
        elif author is not None:
            intake.decline(session, asked.id, author, "we see no children", f"{reference} {now}", now)

    @rule(who=st.sampled_from(READERS), days=st.integers(0, 12))
    def away(self, who: str, days: int) -> None:
        """Somebody is away for some days."""
        until = local(self.story.now) + timedelta(days=days)
        self.story.write(lambda s: recording.away(s, _person(s, who), until, self.story.now, WHO))

    @rule(which=some, days=st.integers(1, 15))
    def more_time(self, which: int, days: int) -> None:
        """More time is given."""
        reference, now = self.choose(which, AskState.ASKED), self.story.now
        if reference is not None:
            self.story.write(
                lambda s: more_time.extend(s, find(s, reference), days, "staff away", now, WHO, ZONE)
            )

    @rule(which=some, name=st.sampled_from(["Kim A", "Devi A", "Rowan A"]), is_meanwhile=st.booleans())
    def hand_over(self, which: int, name: str, is_meanwhile: bool) -> None:
        """A colleague takes it."""
        reference, email = self.choose(which, AskState.ASKED), make.address(name, "agencya.example")
        if reference is not None:
            self.happen(
                lambda: self.story.write(
                    lambda s: handing_over.hand_over(
                        s, find(s, reference), None, name, email, self.story.now, WHO
                    )
                ),
                is_meanwhile,
            )

    @rule(where=st.sampled_from([OFFICE, SCHOOL]), name=st.sampled_from(["Nia N", "Rowan A", None]))
    def replace_representative(self, where: str, name: str | None) -> None:
        """Somebody else takes the seat that is asked, or nobody does."""

        def fill(session: Session) -> None:
            agency = session.query(Agency).filter_by(name=where).one()
            board = session.query(Board).filter_by(slug="west").one()
            place = seat.ensure(session, board.id, agency.id, SeatRole.REPRESENTATIVE)
            taker = person.keep(session, name, make.address(name, "agencya.example")) if name else None
            seating.fill(session, place, agency, taker, self.story.now, WHO)

        self.story.write(fill)

    @rule(who=st.sampled_from(READERS), day=st.sampled_from([None, 0, 1, 4]))
    def choose_day(self, who: str, day: int | None) -> None:
        """A reader chooses the day on which they like to hear of everything."""

        def keep(session: Session) -> str:
            reader = _person(session, who)
            reader.digest_day = day
            gathering.wake(session, reader.id, self.story.now)
            address = person.email_of(session, reader.id)
            assert address is not None
            return address.value

        self.facts.days[self.story.write(keep)].append((len(self.ledger.entries), day))

    @rule(who=st.sampled_from(READERS))
    def ask_for_a_new_link(self, who: str) -> None:
        """A reader's link no longer works."""
        email = make.address(
            who, "kennetschool.example" if who == "Hana Head" else f"agency{who[-1].lower()}.example"
        )
        self.story.write(lambda s: new_link.write_again(s, email, self.story.now, ZONE))


def _person(session: Session, name: str) -> person.Person:
    return session.query(person.Person).filter_by(name=name).one()
