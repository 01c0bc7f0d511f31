"""A night of the worker mixes wishes, forgets who stopped, and tells the office when surveys are shut."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy import text

from store import chore
from store.asking.campaign import Campaign
from store.asking.form import FormVersion
from store.chore import ChoreKind
from store.database import Database, Session
from store.people.board import Board
from store.surveying import contact_wish, night
from store.surveying.duty import Duty
from store.surveying.ended_page import EndedPage
from surveys.forms.form import Form
from surveys.open import ended
from surveys.open.wishes import Wish, keep_wish
from tests import make
from tests.bot.make_ready import TODAY, TOMORROW, check_helplines, staff_rota
from tests.bot.web.open.make_open import FAMILY, open_survey
from tests.make import ZONE
from tests.story import Story

#: Half past two in London on the day after, which is an hour earlier by UTC.
NIGHT = datetime(2026, 10, 13, 1, 30, tzinfo=UTC)
#: Where a row lies, and what wrote it: a row that is written anew has another one.
WRITTEN = {
    "sqlite": "SELECT id FROM contact_wishes ORDER BY rowid",
    "postgresql": "SELECT xmin FROM contact_wishes ORDER BY ctid",
}
#: Enough for a random order to be another one.
PEOPLE = 30


def fill(session: Session) -> None:
    """A day on which people wished to be contacted, and somebody stopped; nobody is on duty after it."""
    board = make.board(session)
    staff_rota(session, board, TODAY, 2)
    check_helplines(session, board)
    open_survey(session, board, "families", [Form.from_json(FAMILY)])
    asked = session.query(Campaign).one()
    for number in range(PEOPLE):
        said = Wish("en", f"K{number:02}", "a call", "", may_leave_message=False)
        keep_wish(session, board.id, asked.id, uuid4(), said, TODAY, ZONE)
        session.flush()
    ended.stop(session, "word-of-a-page", TODAY)


def names(session: Session) -> list[str]:
    return [one.first_name for one in session.query(contact_wish.ContactWish)]


async def test_a_night_leaves_no_order_and_no_page_that_was_given_up(database: Database) -> None:
    database.write_now(fill)
    story = Story(database)
    assert database.read_now(names) == sorted(database.read_now(names))
    await story.worker.empty_box(NIGHT)
    assert database.read_now(names) != sorted(database.read_now(names))
    assert len(database.read_now(names)) == PEOPLE
    assert database.read_now(lambda session: session.query(EndedPage).count()) == 0
    assert database.read_now(lambda session: night.is_over(session, TODAY))
    assert not database.read_now(night.is_unclear)


async def test_a_second_look_of_the_same_night_writes_nothing(database: Database) -> None:
    database.write_now(fill)
    story = Story(database)
    await story.worker.empty_box(NIGHT)
    mixed = database.read_now(names)
    await story.worker.empty_box(NIGHT + timedelta(minutes=5))
    assert database.read_now(names) == mixed


async def test_the_night_tells_the_office_that_nobody_will_read_the_next_day(database: Database) -> None:
    def shut(session: Session) -> list[str]:
        return [one.text for one in chore.waiting(session) if one.kind is ChoreKind.STAND_BY]

    database.write_now(fill)
    story = Story(database)
    # On the night to Tuesday nobody is on the rota of Wednesday.
    await story.worker.empty_box(NIGHT)
    [text] = database.read_now(shut)
    assert f"cascade duty EMAIL --name NAME --from {TOMORROW + timedelta(days=1)}" in text

    def staff(session: Session) -> None:
        [person_id] = {one.person_id for one in session.query(Duty).filter_by(day=TODAY).limit(1)}
        board_id = session.query(Board).one().id
        for ahead in range(2, 5):
            session.add(Duty(board_id=board_id, day=TODAY + timedelta(days=ahead), person_id=person_id))

    database.write_now(staff)
    await story.worker.empty_box(NIGHT + timedelta(days=1))
    assert database.read_now(shut) == []


async def test_a_form_that_cannot_be_read_leaves_no_trace_of_the_day(database: Database) -> None:
    database.write_now(fill)

    def spoil(session: Session) -> None:
        session.query(FormVersion).filter_by(key=FAMILY["key"]).one().body = {"key": "spoilt"}

    database.write_now(spoil)
    await Story(database).worker.empty_box(NIGHT)
    assert database.read_now(lambda session: session.query(EndedPage).count()) == 0
    assert database.read_now(lambda session: night.is_over(session, TODAY))


async def test_a_wish_is_mixed_in_the_night_after_its_day_and_then_left_alone(database: Database) -> None:
    def versions(session: Session) -> list[str]:
        return [str(row[0]) for row in session.execute(text(WRITTEN[session.get_bind().dialect.name]))]

    database.write_now(fill)
    story = Story(database)
    await story.worker.empty_box(NIGHT)
    mixed = database.read_now(versions)
    await story.worker.empty_box(NIGHT + timedelta(days=1))
    assert database.read_now(versions) == mixed
