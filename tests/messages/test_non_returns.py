"""The list for the board: what is missing, of how many, and what is said for it; then it stands still."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from messages.changes import resting
from messages.chasing.climb import climb_due
from messages.days.almanac import Almanac
from messages.launching import approval
from messages.playbooks.playbook import load
from messages.standing.non_returns import Listing, climbs_to_board, find_non_returns, publish
from store.answers import non_return
from store.answers.non_return import Standing
from store.asking import ask, campaign
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign
from store.asking.lesson import Priority
from store.chore import ChoreKind, waiting
from store.database import Database, Session
from store.letters import touch
from store.letters.alert import Alert, AlertKind
from store.letters.touch import TouchState
from store.people import seat
from store.people.board import Board, OfficeRole
from store.people.seat import SeatRole
from tests import make
from tests.make import START, ZONE

pytestmark = pytest.mark.sqlite_first

WHO = "morgan.ellery@west.example.org"
#: A Monday, eight weeks after the launch.
LATE = START + timedelta(days=56)


def town(session: Session) -> None:
    """Four agencies that owe the second step since a month: D has answered, C rests, B's seat is vacant."""
    board, agencies = make.world(session, "ABCD")
    make.officer(session, board, "Morgan Ellery", OfficeRole.COORDINATOR)
    wren = make.campaign(session, board)
    make.launched(session, wren)
    for one in session.query(Ask).filter_by(state=AskState.ASKED).all():
        ask.close(session, one.id, AskState.LAPSED, START)
        ask.open_next(session, one, START)
    session.flush()
    session.expire_all()
    owed = {one.agency_id: one for one in session.query(Ask).filter_by(state=AskState.ASKED)}
    resting.hold(
        session, board.id, LATE.date() + timedelta(days=9), "inspection", START, WHO, ask=owed[agencies[2].id]
    )
    ask.close(session, owed[agencies[3].id].id, AskState.ANSWERED, START)
    place = seat.ensure(session, board.id, agencies[1].id, SeatRole.REPRESENTATIVE)
    seat.seat_person(session, place.id, None, START)
    session.flush()


def listing(session: Session, now: datetime = LATE) -> Listing:
    return find_non_returns(session, session.query(Board).one().id, now, ZONE)


def told(found: Listing) -> dict[str, Standing]:
    return {line.agency: line.standing for line in found.lines}


async def test_what_is_long_past_its_day_is_listed_of_all_that_was_due(database: Database) -> None:
    await database.write(town)
    found = await database.read(listing)
    assert told(found) == {"Agency A": Standing.RED, "Agency B": Standing.RED, "Agency C": Standing.AT_REST}
    # The lapsed acknowledgements, which never climb above the deputy, are no matter for the board.
    assert (found.due, len(found.lines), found.at_rest) == (4, 3, 1)
    lines = {line.agency: line for line in found.lines}
    assert "vacant" in lines["Agency B"].vacancy
    assert "inspection" in lines["Agency C"].hold
    assert (lines["Agency A"].vacancy, lines["Agency A"].hold) == ("", "")
    assert lines["Agency A"].days == 20
    assert "20 working days past" in lines["Agency A"].reason


async def test_what_was_chased_to_the_end_is_no_assurance(database: Database) -> None:
    await database.write(town)

    def lapse(session: Session) -> dict[str, Standing]:
        for line in listing(session).lines:
            one = ask.by_reference(session, line.reference)
            assert one is not None
            if line.agency == "Agency A":
                ask.close(session, one.id, AskState.LAPSED, LATE)
        session.expire_all()
        return told(listing(session))

    assert (await database.write(lapse))["Agency A"] is Standing.NO_ASSURANCE


async def test_five_working_days_are_nobodys_business(database: Database) -> None:
    await database.write(town)
    due = (await database.read(listing)).lines[0].due_on
    calm = datetime(due.year, due.month, due.day, 9, tzinfo=START.tzinfo) + timedelta(days=7)
    assert (await database.read(lambda session: listing(session, calm))).lines == []


async def test_a_published_list_stays_as_it_was_told(database: Database) -> None:
    await database.write(town)

    def keep(session: Session) -> UUID:
        board = session.query(Board).one()
        return publish(session, board, listing(session), LATE, WHO, tell=True).id

    kept = await database.write(keep)

    def change(session: Session) -> None:
        for one in session.query(Ask).filter_by(state=AskState.ASKED):
            ask.close(session, one.id, AskState.ANSWERED, LATE)

    await database.write(change)

    def look(session: Session) -> tuple[list[str], list[ChoreKind], list[AlertKind]]:
        lines = [line.agency for line in non_return.lines(session, kept)]
        chores = [one.kind for one in waiting(session)]
        return lines, chores, [one.kind for one in session.query(Alert)]

    assert await database.read(look) == (
        ["Agency A", "Agency B", "Agency C"],
        [ChoreKind.NON_RETURNS],
        [AlertKind.NON_RETURNS],
    )


@pytest.mark.parametrize(
    ("book", "step", "priority", "climbs"),
    [
        ("lesson", "acknowledge", Priority.STANDARD, False),
        # Told at once of an urgent lesson, a board member is not chased for its acknowledgement.
        ("lesson", "acknowledge", Priority.URGENT, False),
        ("lesson", "cascade", Priority.STANDARD, True),
        ("return", "return", Priority.URGENT, True),
        ("return", "return", Priority.INFORMATION, False),
        ("survey", "share", Priority.STANDARD, False),
    ],
)
def test_only_what_climbs_to_the_board_is_put_before_it(
    book: str, step: str, priority: Priority, climbs: bool
) -> None:
    loaded = load(book)
    assert loaded is not None
    [found] = [one for one in loaded.steps if one.key == step]
    assert climbs_to_board(found.ladders[priority]) is climbs


async def test_saying_that_they_are_at_it_rests_three_days_and_not_again(database: Database) -> None:
    await database.write(town)

    def say(session: Session) -> list[date | None]:
        one = ask.by_reference(session, listing(session).lines[0].reference)
        assert one is not None
        office = Almanac(session).office()
        given = (session, one, "half is in", office, LATE.date(), LATE, WHO)
        rests = [resting.rest_while_working(*given) for _ in ("said", "said again")]
        return [rest.until if rest else None for rest in rests]

    assert await database.write(say) == [LATE.date() + timedelta(days=3), None]


async def test_a_drafted_letter_takes_newer_words_only_when_told_to(database: Database) -> None:
    await database.write(town)

    def draft(session: Session) -> tuple[int, int, int]:
        moment = START
        while not session.query(touch.Touch).filter_by(state=TouchState.DRAFTED).count():
            moment += timedelta(days=1)
            for one in session.query(Ask).filter_by(state=AskState.ASKED):
                one.next_touch_at = moment
            session.flush()
            climb_due(session, moment, ZONE)
        drafts = touch.drafted(session, session.query(Campaign).one().id)
        before = approval.take_newest_words(session, drafts)
        [letter, *_] = drafts
        step_id = session.get_one(Ask, letter.ask_id).step_id
        saved = campaign.words(session, [step_id])
        [old] = [one for one in saved if (one.rung, one.role) == (letter.rung, letter.role)]
        newer = campaign.WordsVersion(
            step_id=step_id,
            rung=old.rung,
            role=old.role,
            version=old.version + 1,
            subject=old.subject,
            body="Dear {{ first_name }}, we would like to help.",
            saved_at=moment,
            saved_by=WHO,
        )
        session.add(newer)
        session.flush()
        untouched = letter.words_id == old.id
        after = approval.take_newest_words(session, drafts)
        return before, int(untouched), after

    before, untouched, after = await database.write(draft)
    assert (before, untouched) == (0, 1)
    assert after >= 1
