"""Pages of families ask nothing while nobody would read it, and the office is told so once."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.asking.standby import find_standby, watch
from store import chore, installation
from store.asking.campaign import Campaign, CampaignState
from store.chore import Chore, ChoreKind
from store.database import Database, Session
from store.people.board import Board
from store.people.person import Person
from store.people.term import Closure
from store.surveying.code import OpenCode
from store.surveying.duty import Duty
from store.surveying.helpline import Audience, Helpline
from surveys.forms.form import Form
from surveys.open.opening import FRONT_DOOR
from tests import make
from tests.bot.make_ready import TODAY, TOMORROW, check_helplines, staff_rota
from tests.bot.web.open.make_open import FAMILY, STAFF, open_survey
from tests.make import START, ZONE

FRIDAY, MONDAY = date(2026, 10, 16), date(2026, 10, 19)
Change = Callable[[Session], object]


@pytest.fixture
def opened(database_url: str) -> Iterator[Database]:
    """A board with an open survey of families, staffed today and tomorrow, every number rung today."""
    database = Database(database_url)

    def fill(session: Session) -> None:
        board = make.board(session)
        staff_rota(session, board, TODAY, 2)
        check_helplines(session, board)
        open_survey(session, board, "families", [Form.from_json(FAMILY)])

    database.write_now(fill)
    yield database
    database.close_now()


def holds(database: Database, day: date = TODAY, change: Change = lambda _: None) -> bool:
    """Whether pages ask anything on a day, once something has changed."""

    def look(session: Session) -> bool:
        change(session)
        session.flush()
        return find_standby(session, session.query(Board).one().id, day).holds

    return database.write_now(look)


def take_off(day: date) -> Change:
    return lambda session: session.query(Duty).filter_by(day=day).delete()


def rung_on(day: date | None, key: str) -> Change:
    return lambda session: session.query(Helpline).filter_by(key=key).update({"last_checked_on": day})


def test_with_somebody_today_and_tomorrow_and_every_number_rung_it_is_open(opened: Database) -> None:
    assert holds(opened)


@pytest.mark.parametrize("day", [TODAY, TOMORROW])
def test_with_nobody_today_or_on_the_next_working_day_it_is_shut(opened: Database, day: date) -> None:
    assert not holds(opened, change=take_off(day))


def test_one_reviewer_is_enough_to_keep_it_open(opened: Database) -> None:
    def halve(session: Session) -> None:
        session.query(Duty).filter_by(person_id=session.query(Person.id).limit(1).scalar()).delete()

    assert holds(opened, change=halve)


def test_whoever_has_left_reads_nothing(opened: Database) -> None:
    assert not holds(opened, change=lambda session: session.query(Person).update({"left_at": START}))


def test_on_a_weekend_only_the_next_working_day_counts(opened: Database) -> None:
    def move(session: Session) -> None:
        session.query(Duty).filter_by(day=TODAY).delete()
        session.query(Duty).update({"day": MONDAY})

    assert holds(opened, FRIDAY + timedelta(days=1), move)
    assert not holds(opened, FRIDAY)


def test_a_day_on_which_the_board_is_closed_is_passed_over(opened: Database) -> None:
    def shut(session: Session) -> None:
        session.add(Closure(day=TOMORROW, agency_id=None))
        session.query(Duty).filter_by(day=TOMORROW).update({"day": TOMORROW + timedelta(days=1)})

    assert holds(opened, change=shut)


@pytest.mark.parametrize("key", ["childline", FRONT_DOOR])
def test_a_check_that_ran_out_shuts_it(opened: Database, key: str) -> None:
    assert holds(opened, change=rung_on(TODAY - timedelta(days=90), key))
    assert not holds(opened, change=rung_on(TODAY - timedelta(days=91), key))


def test_a_number_for_staff_shuts_nothing(opened: Database) -> None:
    assert holds(opened, change=rung_on(None, "whistleblowing"))


def test_a_board_reads_its_own_rota_and_its_own_numbers(opened: Database) -> None:
    def look(session: Session) -> bool:
        other = make.board(session, "reading", "Reading Safeguarding Children Board")
        return find_standby(session, other.id, TODAY).holds

    assert not opened.write_now(look)


def told(database: Database, now: datetime = START, change: Change = lambda _: None) -> list[str]:
    """What the office is told after a night in which something has changed."""

    def look(session: Session) -> list[str]:
        change(session)
        session.flush()
        watch(session, now, ZONE)
        session.flush()
        return [one.text for one in chore.waiting(session) if one.kind is ChoreKind.STAND_BY]

    return database.write_now(look)


def test_the_office_is_told_once_and_no_longer_when_somebody_is_on_duty_again(opened: Database) -> None:
    assert told(opened) == []
    for now in (START, START + timedelta(days=1)):
        [text] = told(opened, now, take_off(TOMORROW))
    assert text.startswith("Shut to families for now: What families say.")
    assert f"cascade duty EMAIL --name NAME --from {TOMORROW + timedelta(days=1)}" in text
    kinds = opened.read_now(lambda session: [one.kind for one in session.query(Chore)])
    assert kinds.count(ChoreKind.STAND_BY) == 1

    def staff(session: Session) -> None:
        staff_rota(session, session.query(Board).one(), TODAY, 7)

    assert told(opened, change=staff) == []


def test_the_numbers_to_ring_are_named(opened: Database) -> None:
    [text] = told(opened, change=rung_on(None, "childline"))
    assert "cascade helplines check childline" in text


def close_codes(session: Session) -> None:
    session.query(OpenCode).update({"is_closed": True})


def end(session: Session) -> None:
    session.query(Campaign).update({"state": CampaignState.CLOSED})


def demonstrate(session: Session) -> None:
    installation.set_virtual(session, datetime(2026, 10, 12, tzinfo=UTC))


def ask_staff(session: Session) -> None:
    close_codes(session)
    open_survey(session, session.query(Board).one(), "staff", [Form.from_json(STAFF)])


@pytest.mark.parametrize("change", [close_codes, end, demonstrate, ask_staff])
def test_where_no_family_can_meet_it_nobody_is_told(opened: Database, change: Change) -> None:
    def both(session: Session) -> None:
        take_off(TOMORROW)(session)
        change(session)

    assert told(opened, change=both) == []


def test_a_number_that_families_do_not_see_is_not_the_one_of_their_area(opened: Database) -> None:
    def hide(session: Session) -> None:
        session.query(Helpline).filter_by(key=FRONT_DOOR).one().audience = Audience.STAFF

    assert holds(opened)
    assert not holds(opened, change=hide)


def test_the_nights_look_costs_the_same_however_many_surveys_there_are(opened: Database) -> None:
    def look(session: Session, name: str = "") -> int:
        if name:
            open_survey(session, session.query(Board).one(), name, [Form.from_json(FAMILY)])
        asked: list[str] = []
        engine = session.get_bind()

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            asked.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            watch(session, START, ZONE)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    opened.write_now(look)
    before = opened.write_now(look)
    for name in ("second", "third", "fourth"):
        opened.write_now(lambda session, name=name: look(session, name))  # type: ignore[misc]
    assert opened.write_now(look) == before
