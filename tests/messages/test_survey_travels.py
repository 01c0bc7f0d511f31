"""A survey of staff travels by each agency's own code, which answers for nobody and is made once."""

import re
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from messages.launching import launch
from messages.launching.compose import save_words
from messages.launching.inviting import STAND_IN
from messages.launching.plan import Plan, plan
from messages.letters.press import Press
from store.answers.response import Response
from store.asking import campaign, making
from store.asking.campaign import Campaign, WordsVersion
from store.database import Database, Session
from store.people import person, seat
from store.people.agency import Agency
from store.people.board import Board
from store.surveying import code
from store.surveying.code import OpenCode
from tests import chosen, make
from tests.make import IDENTITY, START, ZONE
from tests.story import ACKNOWLEDGED, WHO, Story

pytestmark = pytest.mark.sqlite_first

ANSWERING = f"{IDENTITY.base_url}/a/"
CARRIED = re.compile(re.escape(IDENTITY.base_url) + r"/s/([a-z]+)")


def town(session: Session, letters: str = "AB", slug: str = "asked") -> Campaign:
    board, _ = make.world(session, letters)
    return chosen.campaign(session, board, "survey", slug, about=make.lesson(session, board))


def survey(session: Session) -> Campaign:
    found = campaign.by_slug(session, "asked")
    assert found is not None
    return found


def codes(session: Session) -> dict[str, OpenCode]:
    found = code.of_campaign(session, survey(session).id)
    assert len({one.agency_id for one in found}) == len(found)
    return {one.setting: one for one in found}


async def launched(database: Database, letters: str = "AB") -> Story:
    story = Story(database)
    story.write(lambda session: make.launched(session, town(session, letters)))
    await story.until(START)
    return story


async def test_each_agency_gets_its_own_code_and_its_letter_carries_it(database: Database) -> None:
    story = await launched(database)
    made = story.read(codes)
    assert list(made) == ["Agency A", "Agency B"]
    assert {one.ceiling for one in made.values()} == {launch.CEILING}
    carried = {letter.address: set(CARRIED.findall(letter.text)) for letter in story.channel.sent}
    assert carried == {
        "rowan.a@agencya.example": {made["Agency A"].code},
        "rowan.b@agencyb.example": {made["Agency B"].code},
    }


async def test_what_is_made_to_be_forwarded_answers_for_nobody(database: Database) -> None:
    story = await launched(database, "A")
    [letter] = story.channel.sent
    quoted = [line for line in letter.text.splitlines() if line.startswith(">")]
    assert any(CARRIED.search(line) for line in quoted)
    assert not any(ANSWERING in line for line in quoted)
    assert ANSWERING in letter.text  # the button, which is the reader's own


async def test_no_lesson_travels_beside_a_survey_about_it(database: Database) -> None:
    story = await launched(database, "A")
    assert "FORWARD FROM HERE" not in story.channel.sent[0].text
    assert "missed appointments" not in story.channel.sent[0].text


async def test_a_launch_that_is_repeated_makes_no_second_code(database: Database) -> None:
    story = Story(database)
    story.write(town)
    story.write(lambda session: launch.begin(session, survey(session), START))

    def chunk(session: Session, after: UUID | None) -> UUID | None:
        return launch.make_asks(session, survey(session).id, after, START, ZONE, limit=1)

    story.write(partial(chunk, after=None))
    [first] = story.read(codes).values()
    story.write(lambda session: make.launched(session, survey(session)))
    story.write(partial(chunk, after=None))
    assert first.code in {one.code for one in story.read(codes).values()}
    assert len(story.read(codes)) == 2


async def test_nobody_whom_the_audience_leaves_out_gets_a_code(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        made = town(session)
        made.audience = {"sectors": [], "agencies": ["agency b"]}
        session.flush()
        make.launched(session, made)

    story.write(build)
    assert list(story.read(codes)) == ["Agency B"]


async def test_an_agency_that_joins_later_gets_its_code_with_the_top_up(database: Database) -> None:
    story = await launched(database, "A")
    before = story.read(codes)["Agency A"].code

    def join(session: Session) -> None:
        board = session.query(Board).one()
        make.line(session, board, make.agency(session, board, "Agency Z"), "Z")
        making.ensure_seats(session, board.id, {seat.SeatRole.REPRESENTATIVE})
        after = None
        while after := launch.make_asks(session, survey(session).id, after, story.now, ZONE):
            pass
        launch.top_up(session, survey(session), story.now, WHO)

    story.write(join)
    await story.until(START + timedelta(days=1))
    made = story.read(codes)
    assert made["Agency A"].code == before
    assert made["Agency Z"].code in story.channel.sent[-1].text


async def test_the_ceiling_follows_the_number_of_staff_that_an_agency_told(database: Database) -> None:
    story = Story(database)
    story.begin("AB")
    story.answer("wren-1", ACKNOWLEDGED, "Rowan A")

    def follow(session: Session) -> None:
        board = session.query(Board).one()
        make.launched(session, chosen.campaign(session, board, "survey"))

    assert story.read(lambda session: session.query(Response).count()) == 1
    story.write(follow)
    assert {name: one.ceiling for name, one in story.read(codes).items()} == {
        "Agency A": 30,
        "Agency B": launch.CEILING,
    }


async def test_whoever_looks_after_two_agencies_gets_both_links_in_one_letter(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        made = town(session)
        [_, other] = session.query(Agency).order_by(Agency.name)
        shared = person.by_address(session, "rowan.a@agencya.example")
        assert shared is not None
        board = session.query(Board).one()
        seat.seat_person(session, make.seat_of(session, board, other).id, shared.id, START)
        make.launched(session, made)

    story.write(build)
    await story.until(START)
    [letter] = story.channel.sent
    assert set(CARRIED.findall(letter.text)) == {one.code for one in story.read(codes).values()}
    assert "/s/" not in letter.subject
    assert "The lesson" not in letter.text
    assert "FORWARD FROM HERE" not in letter.text


async def test_a_code_that_took_the_place_of_a_closed_one_is_what_later_letters_carry(
    database: Database,
) -> None:
    story = await launched(database, "A")

    def replace(session: Session) -> str:
        old = codes(session)["Agency A"]
        code.close(session, old)
        where = session.query(Agency).one()
        made = code.make(session, old.board_id, old.campaign_id, "Ward 3", 20, START, agency_id=where.id)
        return made.code

    new = story.write(replace)
    await story.until(START + timedelta(days=9))
    assert set(CARRIED.findall(story.channel.sent[-1].text)) == {new}


@pytest.mark.parametrize("book", ["survey", "lesson"])
def test_only_words_of_a_survey_may_carry_its_link(database_url: str, book: str) -> None:
    database = Database(database_url)

    def save(session: Session) -> object:
        board, _ = make.world(session, "A")
        made = (
            make.campaign(session, board) if book == "lesson" else chosen.campaign(session, board, "survey")
        )
        step = campaign.asked_steps(session, made.id)[0]
        return save_words(session, step.id, "issue", "asked", "Hello", "{{ survey_link }}", START, WHO)

    assert isinstance(database.write_now(save), WordsVersion) is (book == "survey")
    database.close_now()


async def test_a_link_in_words_that_carry_none_stops_the_launch(database: Database) -> None:
    """Kept by another way than `cascade words`, it is found before anything goes."""

    def spoil(session: Session) -> list[str]:
        board, _ = make.world(session, "A")
        made = make.campaign(session, board)
        step = campaign.asked_steps(session, made.id)[0]
        kept = session.query(WordsVersion).filter_by(step_id=step.id, rung="issue", role="asked").one()
        kept.body = "{{ survey_link }}"
        session.flush()
        return plan(session, made, START, ZONE, Press(IDENTITY)).errors

    errors = await database.write(spoil)
    assert any("nobody will supply survey_link" in error for error in errors)


async def test_before_the_launch_something_stands_in_for_the_code(database: Database) -> None:
    def look(session: Session) -> Plan:
        return plan(session, town(session), START, ZONE, Press(IDENTITY))

    made = await database.write(look)
    assert made.errors == []
    assert any("made at launch" in note for note in made.notes)
    assert {found for one in made.letters for found in CARRIED.findall(one.rendered.text)} == {STAND_IN}
    assert await database.read(lambda session: session.query(OpenCode).count()) == 0
