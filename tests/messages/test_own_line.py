"""Whatever climbs, it stays within the agency's own line: nobody outside it reads the agency's name."""

from datetime import timedelta

import pytest

from messages.chasing.climb import climb_due
from messages.ladders.fitness import UPPER
from messages.playbooks.playbook import keys, load
from messages.writing.words import PreparedWords, prepare
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign
from store.database import Database, Session
from store.letters.touch import Touch
from store.people.agency import Agency
from store.people.board import Office, OfficeRole
from store.people.seat import Holding, Seat
from tests import make
from tests.make import START, ZONE

pytestmark = pytest.mark.sqlite_first


def climbed(session: Session) -> None:
    """Two offices and two schools, chased to the end by everything that a lesson has."""
    board, agencies = make.world(session, "AB")
    terms = make.terms(session)
    for name in ("Kennet School", "Enborne School"):
        agencies.append(make.agency(session, board, name, "education", terms))
    for letter, where in zip("ST", agencies[2:], strict=True):
        make.line(session, board, where, letter)
    make.officer(session, board, "Ines Ward", OfficeRole.EDUCATION_LEAD)
    make.officer(session, board, "Chris Vale", OfficeRole.SUBGROUP_CHAIR)
    make.launched(session, make.campaign(session, board))
    for day in range(150):
        for one in session.query(Ask).filter_by(state=AskState.ASKED):
            one.next_touch_at = START + timedelta(days=day)
        session.flush()
        while climb_due(session, START + timedelta(days=day), ZONE):
            pass
        session.expire_all()


async def test_every_letter_goes_to_the_agencys_own_line(database: Database) -> None:
    await database.write(climbed)

    def look(session: Session) -> tuple[set[str], set[str]]:
        own = {
            (seat.agency_id, holding.person_id)
            for holding, seat in session.query(Holding, Seat).join(Seat, Seat.id == Holding.seat_id)
        }
        leads = {one.person_id for one in session.query(Office).filter_by(role=OfficeRole.EDUCATION_LEAD)}
        rungs, strangers = set[str](), set[str]()
        query = session.query(Touch, Ask, Agency).join(Ask, Ask.id == Touch.ask_id)
        for touch, asked, agency in query.join(Agency, Agency.id == Ask.agency_id):
            if touch.person_id is None:
                continue
            rungs.add(touch.rung)
            is_own = (asked.agency_id, touch.person_id) in own
            if not is_own and not (agency.is_school and touch.person_id in leads):
                strangers.add(f"{touch.rung} of {agency.name}")
        assert session.query(Campaign).count() == 1
        return rungs, strangers

    rungs, strangers = await database.read(look)
    assert {"issue", "deputy", "line_manager", "board_member", "subgroup_chair"} <= rungs
    assert strangers == set()


def test_the_words_of_the_upper_rungs_can_name_no_other_agency() -> None:
    """What varies in them is about the one ask; there is no variable that lists others."""
    of_one_ask = {
        "agency",
        "ask_title",
        "board",
        "campaign_title",
        "contact_email",
        "contact_name",
        "contact_phone",
        "due",
        "first_name",
        "greeting",
        "lesson_title",
        "message",
        "minutes",
        "original_due",
        "period",
        "reference",
        "representative",
        "review",
        "sections",
        "step_title",
        "working_days",
    }
    looked_at = 0
    for book in filter(None, map(load, keys())):
        for words in (words for step in book.steps for words in step.words if words.role in UPPER):
            prepared = prepare(words.subject, words.body)
            assert isinstance(prepared, PreparedWords)
            assert prepared.names <= of_one_ask, (book.key, words.rung, prepared.names - of_one_ask)
            looked_at += 1
    assert looked_at > 5
