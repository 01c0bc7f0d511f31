"""The year runs by itself: on its day each entry asks its agencies, once, or says what stands in the way."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from bot.asking import launching
from bot.asking.year import move, plan
from bot.asking.yearly import Year
from bot.rehearsing.simulation import simulate
from messages.launching import launch
from store import chore
from store.asking import campaign
from store.asking.ask import Ask
from store.asking.campaign import CampaignState
from store.asking.year import EntryState, YearEntry
from store.chore import ChoreKind
from store.database import Database, Session
from store.people import term
from store.people.agency import Agency
from store.people.board import Board
from tests import make
from tests.bot.make_year import DAY, SUMMER, asked, entry_of, look, said, town, worker_of
from tests.make import IDENTITY, ZONE


async def test_on_its_day_an_entry_asks_its_agencies_and_no_other(database: Database) -> None:
    await database.write(lambda session: town(session, "tna"))
    worker = worker_of(database)
    assert await worker.next_wake(DAY - timedelta(hours=20)) == DAY
    await worker.step(DAY - timedelta(minutes=1))
    assert await database.read(asked) == {}
    await worker.step(DAY)
    assert await database.read(asked) == {"tna-2026-schools": 1}
    kept = await look(database, "tna-2026-schools")
    assert (kept.state, kept.wakes_on) == (EntryState.LAUNCHED, None)
    [one] = await database.read(lambda session: session.query(Ask).all())
    assert one.due_on == date(2026, 10, 23)
    assert await database.read(partial(said, what="asked for")) == 1


async def test_nothing_opens_outside_the_offices_hours_and_a_day_missed_is_made_up(
    database: Database,
) -> None:
    await database.write(lambda session: town(session, "tna"))
    runs = Year(database, IDENTITY)
    evening = DAY + timedelta(hours=10)
    assert await runs.pass_by(evening) == 0
    assert await runs.pass_by(DAY + timedelta(days=5)) == 0  # a Saturday
    assert await runs.pass_by(DAY + timedelta(days=7)) == 1
    kept = await look(database, "tna-2026-schools")
    # A week late: whoever is asked has the whole time still.
    assert (kept.opens_on, kept.due_on) == (date(2026, 9, 21), date(2026, 10, 30))


async def test_laying_the_year_down_again_adds_nothing_and_changes_nothing(database: Database) -> None:
    board_id = await database.write(lambda session: town(session, "tna", "dashboard", "contacts"))

    def again(session: Session) -> tuple[int, int]:
        moved = entry_of(session, "tna-2026-others")
        assert not move(session, moved, date(2027, 1, 18), None, SUMMER, ZONE, "morgan")
        return plan(session, board_id, 2026, SUMMER.date(), ZONE), session.query(YearEntry).count()

    count = await database.read(lambda session: session.query(YearEntry).count())
    assert await database.write(again) == (0, count)
    assert (await look(database, "tna-2026-others")).opens_on == date(2027, 1, 18)


async def test_what_stands_in_the_way_is_a_chore_and_is_tried_again_the_next_working_day(
    database: Database,
) -> None:
    await database.write(lambda session: town(session, "tna", terms=False))
    runs = Year(database, IDENTITY)
    friday = DAY + timedelta(days=4)
    for day in (DAY, friday):
        assert await runs.pass_by(day) == 0
    kept = await look(database, "tna-2026-schools")
    assert (kept.state, kept.wakes_on) == (EntryState.FAILED, date(2026, 9, 21))
    [told] = await database.read(
        lambda session: [one.text for one in chore.waiting(session) if one.kind is ChoreKind.LAUNCH]
    )
    assert "term dates" in told
    assert "cascade import" in told
    assert "tried again on 21/09/2026" in told

    def import_terms(session: Session) -> None:
        for name, first, last in make.TERMS:
            session.add(term.Term(term_set="unknown", name=name, first_day=first, last_day=last))

    await database.write(import_terms)
    assert await runs.pass_by(DAY + timedelta(days=7)) == 1
    assert await database.read(lambda session: chore.waiting(session)) == []


async def test_a_plan_with_an_error_keeps_its_draft_and_asks_nobody(database: Database) -> None:
    def spoil(session: Session) -> None:
        town(session, "section11")
        for one in session.query(Agency):
            one.sector = "primary school"

    await database.write(spoil)
    day = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
    assert await Year(database, IDENTITY).pass_by(day) == 0
    kept = await look(database, "section11-2026")
    assert (kept.state, kept.campaign_id is None) == (EntryState.FAILED, False)
    assert "asks nobody" in kept.why

    def mend(session: Session) -> None:
        session.query(Agency).filter_by(folded="agency a").one().sector = "health"

    await database.write(mend)
    assert await Year(database, IDENTITY).pass_by(day + timedelta(days=1)) == 1
    assert await database.read(asked) == {"section11-2026": 1}


async def test_the_offices_own_is_a_chore_and_no_letter(database: Database) -> None:
    await database.write(lambda session: town(session, "website"))
    await Year(database, IDENTITY).pass_by(datetime(2026, 10, 7, 9, 0, tzinfo=UTC))
    [told] = await database.read(chore.waiting)
    assert (told.kind, "21/10/2026" in told.text) == (ChoreKind.OFFICE_DAY, True)
    assert await database.read(campaign.every) == []


async def test_a_lesson_that_goes_out_brings_its_own_entries_by_the_next_day(database: Database) -> None:
    def send(session: Session) -> None:
        town(session, "assurance", "surveys")
        board = session.query(Board).one()
        made = make.campaign(session, board)
        launching.launch_whole(session, made, make.START, ZONE, "morgan")

    await database.write(send)
    runs = Year(database, IDENTITY)
    await runs.pass_by(make.START + timedelta(days=1))
    found = await database.read(
        lambda session: [one.occasion for one in session.query(YearEntry) if one.lesson_id]
    )
    assert sorted(set(found)) == ["LSN-001", "LSN-001 managers", "LSN-001 practitioners"]


async def test_a_lesson_that_was_called_back_is_asked_about_no_more(database: Database) -> None:
    def send(session: Session) -> None:
        town(session, "assurance")
        board = session.query(Board).one()
        make.launched(session, make.campaign(session, board))
        plan(session, board.id, 2026, make.START.date(), ZONE)
        campaign.every(session)[0].state = CampaignState.WITHDRAWN

    await database.write(send)
    assert await Year(database, IDENTITY).pass_by(datetime(2026, 11, 16, 10, 0, tzinfo=UTC)) == 0
    kept = await look(database, "assurance-lsn-001-others")
    assert (kept.state, kept.why) == (EntryState.OFF, "the lesson was called back")


async def test_a_simulation_plays_the_year_and_the_seat_that_is_asked_gets_the_letter(
    database: Database,
) -> None:
    await database.write(lambda session: town(session, "contacts", now=DAY))
    until = datetime(2026, 9, 29, 20, 0, tzinfo=UTC)
    made = await simulate(database.url, IDENTITY, DAY, until)
    first = {(part.slug, letter.person) for letter in made.letters for part in letter.carried}
    assert first == {
        ("contacts-2026-others-autumn", "Bose A"),
        ("contacts-2026-others-autumn", "Bose B"),
        ("contacts-2026-schools-autumn", "Gale K"),
    }
    assert await database.read(campaign.every) == []


async def test_what_a_person_launched_by_hand_is_left_to_them(database: Database) -> None:
    def by_hand(session: Session) -> None:
        board_id = town(session, "section11")
        made = make.campaign(session, session.get_one(Board, board_id), "section11-2026")
        entry_of(session, "section11-2026").campaign_id = made.id
        launch.begin(session, made, make.START)
        launch.go_live(session, made, make.START, "morgan")

    await database.write(by_hand)
    assert await Year(database, IDENTITY).pass_by(datetime(2026, 10, 12, 9, 0, tzinfo=UTC)) == 0
    assert (await look(database, "section11-2026")).state is EntryState.LAUNCHED
