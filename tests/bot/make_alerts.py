"""Builders: an open survey of families with two reviewers on duty, and an office, told by letter."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from messages.sending.alerts import alert_those_on_duty
from store.asking.campaign import Campaign
from store.database import Database, Session
from store.letters.alert import AlertKind
from store.people.board import Board, OfficeRole
from surveys.forms.form import Form
from surveys.open.wishes import Wish, keep_wish
from tests import make
from tests.bot.make_ready import TODAY, check_helplines, staff_rota
from tests.bot.web.open.make_open import FAMILY, open_survey
from tests.make import START, ZONE
from tests.story import Story

MANAGER = "mo.manager@west.example.org"
RITA, SOL = "rita.reader@west.example.org", "sol.secondread@west.example.org"
#: Of the moments in a day this one stands out.
MOMENT = START + timedelta(hours=2, minutes=17, seconds=43)
#: Half past two in London on the day after.
NIGHT = datetime(2026, 10, 13, 1, 30, tzinfo=UTC)


def open_house(database: Database) -> Story:
    """An open survey of families, two reviewers on duty today and tomorrow, and an office."""

    def fill(session: Session) -> None:
        board = make.board(session)
        make.officer(session, board, "Mo Manager", OfficeRole.MANAGER)
        staff_rota(session, board, TODAY, 2)
        check_helplines(session, board)
        open_survey(session, board, "wren-families", [Form.from_json(FAMILY)])

    database.write_now(fill)
    return Story(database)


def ask_for_contact(story: Story, at: datetime = MOMENT) -> None:
    """Somebody wishes to be contacted, as the page keeps it."""
    today = at.astimezone(ZONE).date()

    def keep(session: Session) -> None:
        board, asked = session.query(Board).one(), session.query(Campaign).one()
        said = Wish("en", "Persephone", "the school office", "", may_leave_message=False)
        assert keep_wish(session, board.id, asked.id, uuid4(), said, today, ZONE)
        alert_those_on_duty(session, AlertKind.WISH, board.id, today, at)

    story.write(keep)


async def send(story: Story, at: datetime) -> list[str]:
    """Send what is due; gives whom new letters went to."""
    before = len(story.channel.sent)
    while await story.worker.send(at):
        pass
    return sorted(one.address for one in story.channel.sent[before:])
