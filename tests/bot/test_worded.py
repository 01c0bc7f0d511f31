"""Totals are told in the words of their campaign, with no place of a form left open."""

from typing import Any

from bot.hearing.results import Detail, Totals, read_results
from store.answers.inbound import Source
from store.asking import campaign, form
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.database import Database, Session
from store.people.board import Board
from surveys.answering.intake import Arrival, Receipt, receive
from tests import make
from tests.make import START, ZONE

FORM: dict[str, Any] = {
    "key": "where",
    "version": 1,
    "title": "Where you work",
    "purpose": "Tests.",
    "notice": "Please name nobody.",
    "minutes": 1,
    "sections": [
        {
            "name": "work",
            "title": "Work",
            "questions": [
                {"kind": "text", "name": "team", "label": "Which team are you in?"},
                {
                    "kind": "single",
                    "name": "workplace",
                    "label": "Whose staff is {team}, in {place}?",
                    "required": True,
                    "choices": [
                        {"value": "this", "label": "{agency}"},
                        {"value": "other", "label": "Another one, known to {board}"},
                    ],
                },
            ],
        }
    ],
}


def asked(session: Session) -> Campaign:
    """A campaign that asks two agencies where they work, answered by one."""
    of, _ = make.world(session, "AB")
    version = form.keep(session, FORM["key"], 1, FORM)
    made = make.campaign(session, of, book="bulletin")
    made.values = {"place": "Willow House"}
    [step] = campaign.steps(session, made.id)
    step.form_version_id = version.id
    make.launched(session, made)
    first = session.query(Ask).order_by(Ask.number).first()
    assert first is not None
    arrival = Arrival(Source.WEB, "one", {"team": ["Team North"], "workplace": ["this"]}, None, "somebody")
    assert isinstance(receive(session, first.id, arrival, START, START.date()), Receipt)
    return made


def test_totals_leave_no_place_open(database_url: str) -> None:
    database = Database(database_url)

    def read(session: Session) -> tuple[str, Totals]:
        made = asked(session)
        [found] = read_results(session, made, ZONE, START.date(), Detail.TOTALS)
        assert isinstance(found, Totals)
        return session.get_one(Board, made.board_id).name, found

    try:
        board, found = database.write_now(read)
    finally:
        database.close_now()
    assert found.totals is not None
    [total] = found.totals
    assert total.title == "Whose staff is …, in Willow House?"
    assert total.counts == (("the agency of the link", 1), (f"Another one, known to {board}", 0))
