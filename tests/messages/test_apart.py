"""What concerns one seat, one ladder or one day's launch leaves all others alone."""

from datetime import date, timedelta

from messages.changes import seating
from messages.chasing.addressees import names_of
from messages.launching import launch
from store.asking import campaign
from store.asking.ask import Ask
from store.asking.campaign import Step
from store.asking.lesson import Lesson
from store.database import Database, Session
from store.people import person, seat
from store.people.agency import Agency
from store.people.board import Board
from store.people.seat import SeatRole
from tests import make
from tests.make import START, ZONE
from tests.story import WHO, Story, campaign_of, find


def reseat(session: Session, of: Board, role: SeatRole) -> None:
    """Somebody new takes a seat of the first agency."""
    where = session.query(Agency).filter_by(folded="agency a").one()
    place = seat.ensure(session, of.id, where.id, role)
    nia = person.keep(session, "Nia N", "nia@agencya.example")
    assert seating.fill(session, place, where, nia, START, WHO)


async def test_a_seat_with_another_board_changes_hands_and_this_boards_letter_goes(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")

    reading = story.write(lambda session: make.second_board(session, "Rowan A"))
    story.climb()
    story.write(lambda session: reseat(session, session.get_one(Board, reading.id), SeatRole.REPRESENTATIVE))
    await story.until(START + timedelta(hours=1))
    assert [who for _, who in story.letters()] == ["rowan.a@agencya.example"]


async def test_a_person_who_gives_up_one_of_two_seats_keeps_the_letters_of_the_other(
    database: Database,
) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        board, [where] = make.world(session, "A")
        make.holder(session, board, where, "Rowan A", SeatRole.BOARD_MEMBER)
        make.launched(session, make.campaign(session, board))

    story.write(build)
    story.climb()
    story.write(lambda session: reseat(session, session.query(Board).one(), SeatRole.BOARD_MEMBER))
    await story.until(START + timedelta(hours=1))
    assert [who for _, who in story.letters()] == ["rowan.a@agencya.example"]


def test_a_seat_goes_by_the_names_that_rungs_call_it() -> None:
    assert names_of("board_member", is_school=False) == {"board_member", "subgroup_chair"}
    assert names_of("chair_of_governors", is_school=True) == {"chair_of_governors", "board_member"}
    assert names_of("board_member", is_school=True) == set()
    assert names_of("deputy", is_school=True) == {"deputy"}


async def test_one_unreadable_ladder_keeps_no_other_from_being_climbed(database: Database) -> None:
    story = Story(database)
    story.begin("AB")

    def spoil(session: Session) -> None:
        board, about = session.query(Board).one(), session.query(Lesson).one()
        heron = make.campaign(session, board, "heron", about=about)
        make.launched(session, heron)
        first = session.query(Step).filter_by(campaign_id=heron.id).order_by(Step.position).first()
        assert first is not None
        campaign.ladder(session, first.id).rungs = [{"nonsense": 1}]

    story.write(spoil)
    await story.until(START + timedelta(minutes=30))
    assert len(story.letters()) == 2
    asked = story.ask("heron-1")
    assert asked.next_touch_at is not None
    assert asked.next_touch_at > START
    assert "lapse_days" in story.decisions("postponed")[0].reason


async def test_a_launch_taken_up_days_later_counts_every_due_date_from_then(database: Database) -> None:
    story = Story(database)

    def cut_off(session: Session) -> None:
        board, _ = make.world(session, "AB")
        wren = make.campaign(session, board)
        launch.begin(session, wren, START)
        launch.make_asks(session, wren.id, None, START, ZONE, limit=1)

    story.write(cut_off)
    story.now = START + timedelta(days=14)
    story.write(lambda session: make.launched(session, campaign_of(session), story.now))
    asks = story.read(lambda session: session.query(Ask).order_by(Ask.number).all())
    days = {(one.step_id, one.due_on, one.original_due_on) for one in asks}
    assert len(asks) == 4
    assert sorted(due for _, due, _ in days) == [date(2026, 11, 2), date(2026, 11, 23)]
    assert all(due == original for _, due, original in days)


async def test_a_top_up_leaves_the_due_dates_of_those_asked_before(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    second = story.ask("wren-2").due_on

    def join(session: Session) -> None:
        board, later = session.query(Board).one(), START + timedelta(days=14)
        make.line(session, board, make.agency(session, board, "Agency B"), "B")
        wren = campaign_of(session)
        launch.begin(session, wren, later)
        launch.make_asks(session, wren.id, None, later, ZONE)
        launch.top_up(session, wren, later, WHO)
        assert find(session, "wren-3").due_on > find(session, "wren-1").due_on

    story.write(join)
    assert story.ask("wren-2").due_on == second
