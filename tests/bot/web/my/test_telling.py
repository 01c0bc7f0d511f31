"""What an agency tells of its own accord: begun once a press, never chased, read by the office once sent."""

from datetime import timedelta

from messages.chasing.climb import climb_due
from messages.standing.owing import list_debts
from store import chore
from store.answers.inbound import Source
from store.answers.judgement import Outcome
from store.asking import ask
from store.asking.ask import Ask, AskState
from store.asking.campaign import Step
from store.base import ordered_id
from store.chore import ChoreKind
from store.database import Session
from store.letters.touch import Touch
from store.quick.plain import columns_of
from surveys.answering.intake import Arrival, Receipt, receive
from surveys.judging.judging import Judged, Verdict, judge
from tests import make
from tests.bot.web.make_house import Scene
from tests.bot.web.my.make_reader import Visitor, signed_in

AUDIT = {
    "about": ["audit"],
    "told_title": ["Record keeping"],
    "told_on-day": ["1"],
    "told_on-month": ["10"],
    "told_on-year": ["2026"],
    "told_looked_at": ["Twenty records, read by two people"],
    "told_sample_known": ["yes"],
    "told_sample": ["20"],
    "told_found": ["Most say what it is like to be this child"],
    "told_actions": ["no"],
    "told_share": ["talk"],
    "declared_by": ["Rowan A, training lead"],
}


def told(place: Scene) -> list[Ask]:
    return place.read(
        lambda session: session.query(Ask).filter(Ask.occasion != "").order_by(Ask.number).all()
    )


def tell(place: Scene, visitor: Visitor, word: str = "a-word-of-one-page") -> str:
    agency = str(place.ask().agency_id)
    status, where, _ = visitor.press("/my/tell", submission=word, board=str(place.board_id), agency=agency)
    assert status == 303
    return where


def test_two_presses_begin_it_once_and_another_page_begins_another(place_anywhere: Scene) -> None:
    place = place_anywhere
    visitor = signed_in(place)
    first = tell(place, visitor)
    assert tell(place, visitor) == first
    assert visitor.client.get(first).status_code == 200
    tell(place, visitor, "a-word-of-another")
    assert [(one.number, one.state) for one in told(place)] == [(1, AskState.BEGUN), (2, AskState.BEGUN)]


def test_what_is_abandoned_is_owed_by_nobody_and_chased_never(place: Scene) -> None:
    tell(place, signed_in(place))
    later = place.clock.moment + timedelta(days=90)
    debts = place.read(lambda session: list_debts(session, later, make.ZONE))
    assert {debt.campaign for debt in debts} == {"wren"}
    place.write(lambda session: climb_due(session, later, make.ZONE))
    [begun] = told(place)
    assert place.read(lambda session: session.query(Touch).filter_by(ask_id=begun.id).all()) == []
    assert begun.state is AskState.BEGUN


def test_what_is_sent_waits_for_a_person_to_read_it_and_stands_apart_from_the_next(place: Scene) -> None:
    visitor = signed_in(place)
    tell(place, visitor)
    tell(place, visitor, "a-word-of-another")
    first, second = told(place)
    rowan = place.person_id("Rowan A")

    def send(session: Session) -> object:
        arrival = Arrival(Source.WEB, "once-and-only", {**AUDIT}, rowan)
        return receive(session, first.id, arrival, place.clock.moment, place.clock.moment.date())

    outcome = place.write(send)
    assert isinstance(outcome, Receipt), outcome
    assert [one.state for one in told(place)] == [AskState.ANSWERED, AskState.BEGUN]
    [waiting] = [one for one in place.read(chore.waiting) if one.kind is ChoreKind.READ]
    assert "west-told-1" in waiting.text
    judged = place.write(
        lambda session: judge(session, first.id, Verdict(Outcome.ACCEPTED), place.clock.moment, "morgan")
    )
    assert isinstance(judged, Judged), judged
    assert [one for one in place.read(chore.waiting) if one.kind is ChoreKind.READ] == []
    assert place.read(lambda session: ask.following(session, first)) is None
    assert place.read(lambda session: ask.preceding(session, second)) == []
    assert "kept on Monday 12 October 2026" in visitor.page().text


def test_each_telling_keeps_to_its_own_when_more_is_asked_after_it(place: Scene) -> None:
    visitor = signed_in(place)
    tell(place, visitor)
    tell(place, visitor, "a-word-of-another")
    first, second = told(place)

    def ask_more(session: Session) -> None:
        before = session.get_one(Step, first.step_id)
        more = Step(
            **{name: value for name, value in columns_of(before).items() if name != "id"}
            | {"id": ordered_id(), "position": 2, "key": "more"}
        )
        session.add(more)
        session.flush()
        for number, one in enumerate((second, first), start=3):
            row = columns_of(session.get_one(Ask, one.id))
            session.add(Ask(**{**row, "id": ordered_id(), "step_id": more.id, "number": number}))

    place.write(ask_more)
    after = place.read(lambda session: ask.following(session, first))
    assert after is not None
    assert after.occasion == first.occasion
    before = place.read(lambda session: ask.preceding(session, after))
    assert [one.id for one, _ in before] == [first.id]


def test_it_is_begun_for_no_agency_but_their_own(place: Scene) -> None:
    visitor = signed_in(place)
    other = str(place.ask("acknowledge", "B").agency_id)
    assert visitor.press("/my/tell", board=str(place.board_id), agency=other)[0] == 404
    assert told(place) == []


def test_a_board_member_tells_it_and_keeps_it(place: Scene) -> None:
    visitor = signed_in(place, make.address("Bose A", make.domain_of("Agency A")))
    assert visitor.client.get(tell(place, visitor)).status_code == 200
