from datetime import datetime, timedelta

from bot.web.site import LETTERS_FOR_AN_ADDRESS, LETTERS_FROM_A_PLACE
from messages.changes.new_link import write_again
from messages.chasing.climb import climb_due
from messages.gathering.gather import gather_due
from store.asking import campaign
from store.asking.ask import Ask
from store.asking.campaign import WordsVersion
from store.base import ordered_id
from store.database import Database
from store.letters import touch
from store.letters.delivery import Delivery
from store.letters.touch import Touch, TouchState
from store.people.person import Person
from tests import make
from tests.bot.web.make_house import Scene
from tests.story import Story

EMAIL = make.address("Rowan A", make.domain_of("Agency A"))


def touches(place: Scene) -> list[Touch]:
    return place.read(lambda session: touch.of_ask(session, place.asks["acknowledge A"]))


def again(place: Scene, email: str = EMAIL) -> int:
    return place.write(lambda session: write_again(session, email, place.clock.moment, make.ZONE))


def test_the_answer_is_the_same_whoever_asks(place: Scene) -> None:
    known = place.client.post("/new-link", data={"email": f"  {EMAIL.upper()} "})
    unknown = place.client.post("/new-link", data={"email": "nobody@elsewhere.example"})
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text
    assert "a new letter is on its way" in known.text


def test_whoever_owes_something_gets_one_letter_for_it(place_anywhere: Scene) -> None:
    place = place_anywhere
    place.client.post("/new-link", data={"email": EMAIL})
    [written] = touches(place)
    assert (written.rung, written.role, written.is_first) == ("new_link 2026-10-12", "asked", True)
    place.write(lambda session: gather_due(session, place.clock.moment, make.ZONE))
    assert place.read(lambda session: session.query(Delivery).count()) == 1


def test_it_is_written_once_a_day_however_often_it_is_asked_for(place: Scene) -> None:
    assert [again(place), again(place)] == [1, 0]
    place.clock.moment += timedelta(days=1)
    # Yesterday's letter is still waiting to go, so none is added to it.
    assert again(place) == 0
    place.write(lambda session: session.query(Touch).update({"state": TouchState.SENT}))
    assert again(place) == 1


def test_it_uses_the_words_the_board_saved_for_it(place: Scene) -> None:
    step_id = place.ask().step_id
    own = WordsVersion(
        id=ordered_id(),
        step_id=step_id,
        rung="new_link",
        role="asked",
        subject="Your new link [{{ reference }}]",
        body="Here it is.",
        saved_at=place.clock.moment,
        saved_by="morgan.ellery@west.example.org",
    )
    place.write(lambda session: session.add(own))
    again(place)
    assert touches(place)[0].words_id == own.id


def test_without_them_the_last_letter_goes_once_more(place: Scene) -> None:
    reminded = reminder(place)
    place.write(lambda session: session.add(reminded))
    again(place)
    last = touches(place)
    assert last[-1].words_id == last[0].words_id


def reminder(place: Scene) -> Touch:
    words = place.read(lambda session: campaign.words(session, [place.ask().step_id]))
    return Touch(
        board_id=place.board_id,
        ask_id=place.ask().id,
        rung="reminder",
        role="asked",
        person_id=place.person_id("Rowan A"),
        state=TouchState.SENT,
        words_id=next(one.id for one in words if (one.rung, one.role) == ("reminder", "asked")),
        climbed_at=make.START - timedelta(days=1),
        not_before=make.START,
    )


def test_the_ladder_goes_on_afterwards(place: Scene) -> None:
    place.write(lambda session: climb_due(session, place.clock.moment, make.ZONE))
    place.write(lambda session: session.query(Touch).update({"state": TouchState.SENT}))
    again(place)
    place.write(lambda session: session.query(Touch).update({"state": TouchState.SENT}))
    place.clock.moment += timedelta(days=3)
    place.write(lambda session: climb_due(session, place.clock.moment, make.ZONE))
    assert [one.rung for one in touches(place)] == ["issue", "new_link 2026-10-12", "reminder"]


def test_nothing_is_written_to_a_deputy_nor_after_the_answer_nor_to_who_has_left(place: Scene) -> None:
    assert again(place, make.address("Devi A", make.domain_of("Agency A"))) == 0
    place.client.post(place.link("acknowledge", "Rowan B", "B"), data={"page": "staff", "staff": "3"})
    before = place.dump()
    reader = place.person_id("Rowan A")
    place.write(lambda session: setattr(session.get_one(Person, reader), "left_at", place.clock.moment))
    assert again(place) == 0
    place.write(lambda session: setattr(session.get_one(Person, reader), "left_at", None))
    assert place.dump() == before


def test_a_colleague_who_took_it_over_gets_the_letter_and_the_holder_does_not(place: Scene) -> None:
    taker = place.person_id("Devi A")
    place.write(
        lambda session: setattr(session.get_one(Ask, place.asks["acknowledge A"]), "delegate_id", taker)
    )
    assert again(place) == 0
    assert again(place, make.address("Devi A", make.domain_of("Agency A"))) == 1


def test_no_address_is_written_to_for_a_machine_that_tries_many(place: Scene) -> None:
    for _ in range(LETTERS_FOR_AN_ADDRESS + 1):
        assert place.client.post("/new-link", data={"email": "nobody@elsewhere.example"}).status_code == 200
    for number in range(LETTERS_FROM_A_PLACE):
        place.client.post("/new-link", data={"email": f"n{number}@elsewhere.example"})
    told = place.client.post("/new-link", data={"email": EMAIL})
    assert touches(place) == []
    # It does not say that a letter is on its way.
    assert told.status_code == 429
    assert "no letter was written" in told.text


def test_a_whole_office_behind_one_address_is_served(place: Scene) -> None:
    for number in range(60):
        place.client.post("/new-link", data={"email": f"n{number}@elsewhere.example"})
    assert place.client.post("/new-link", data={"email": EMAIL}).status_code == 200
    assert len(touches(place)) == 1


def test_whoever_stands_in_gets_a_new_link_once_they_were_written_to(place_anywhere: Scene) -> None:
    place = place_anywhere
    devi = make.address("Devi A", make.domain_of("Agency A"))
    words = place.read(lambda session: campaign.words(session, [place.ask().step_id]))
    letter = reminder(place)
    letter.rung, letter.role, letter.person_id = "deputy", "deputy", place.person_id("Devi A")
    letter.words_id = next(one.id for one in words if (one.rung, one.role) == ("deputy", "deputy"))
    place.write(lambda session: session.add(letter))
    assert [again(place, devi), again(place, devi)] == [1, 0]
    assert again(place) == 1  # the representative's own wish on the same day is another letter
    written = [one for one in touches(place) if one.rung.startswith("new_link")]
    assert sorted(one.role for one in written) == ["asked", "deputy"]
    assert letter.words_id in {one.words_id for one in written}


def test_whoever_was_written_to_and_stands_in_no_more_gets_none(place: Scene) -> None:
    letter = reminder(place)
    letter.role, letter.person_id = "board_member", place.person_id("Bose A")
    place.write(lambda session: session.add(letter))
    assert again(place, make.address("Bose A", make.domain_of("Agency A"))) == 0


def test_an_address_that_is_none_is_asked_for_again(place: Scene) -> None:
    refused = place.client.post("/new-link", data={"email": "rowan"})
    assert refused.status_code == 422
    assert "<title>Error: " in refused.text


async def test_a_link_asked_for_at_night_comes_at_once(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(datetime(2026, 10, 12, 21, tzinfo=make.ZONE))
    story.write(lambda session: write_again(session, EMAIL, story.now, make.ZONE))
    await story.until(story.now + timedelta(minutes=5))
    assert [at for at, _ in story.letters()] == ["12 Oct 10:00", "12 Oct 21:00"]
