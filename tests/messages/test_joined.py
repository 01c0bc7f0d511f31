"""A chair's letters about one agency are one message, in the words that were approved, and name no other."""

from datetime import UTC, datetime

import pytest

from messages.launching import approval
from store.database import Database, Session
from store.letters import touch
from store.letters.touch import TouchState
from store.people import seat
from store.people.seat import SeatRole
from tests import chosen, make
from tests.make import START
from tests.story import WHO, Story, local

pytestmark = pytest.mark.sqlite_first

#: Ten working days after both returns were due.
DRAFTED = datetime(2026, 12, 8, 10, tzinfo=UTC)


def two_returns(session: Session) -> None:
    """Two agencies whose boards are led by one person, each asked for the same two returns."""
    board, agencies = make.world(session, "AB")
    both = make.holder(session, board, agencies[0], "Bose Both", SeatRole.BOARD_MEMBER)
    place = seat.ensure(session, board.id, agencies[1].id, SeatRole.BOARD_MEMBER)
    seat.seat_person(session, place.id, both.id, START)
    for slug, form in (("assured", "assurance"), ("tna", "tna_short")):
        make.launched(session, chosen.campaign(session, board, "return", slug, forms=(form,)))


async def test_two_letters_about_one_agency_go_in_one_and_two_agencies_on_two_days(
    database: Database,
) -> None:
    story = Story(database)
    story.write(two_returns)
    await story.until(DRAFTED)
    drafted = story.read(touch.drafted)
    assert len(drafted) == 4
    assert story.write(lambda session: approval.approve(session, touch.drafted(session), story.now, WHO)) == 4
    await story.until(datetime(2026, 12, 11, 17, tzinfo=UTC))
    letters = story.channel.to("bose")
    assert len(letters) == 2
    assert len({local(letter.at)[:6] for letter in letters}) == 2
    for letter, about, other in zip(sorted(letters, key=lambda one: one.subject), "AB", "BA", strict=True):
        flowing = " ".join(letter.text.split())
        assert letter.subject == f"Agency {about}: 2 things still needed, and what would help"
        assert flowing.count("because you help to lead") == 2
        assert flowing.count("What would help.") == 2
        for text in (flowing, letter.html, letter.subject):
            assert f"Agency {other}" not in text
        assert "/a/" not in letter.text
    states = {
        one.state for slug in ("assured", "tna") for one in story.touches(f"{slug}-1") if one.approved_at
    }
    assert states == {TouchState.SENT}
