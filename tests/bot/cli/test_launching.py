"""Campaigns are launched, paused, resumed, topped up and called back by those who may."""

from datetime import timedelta

from messages.chasing.climb import climb_due
from messages.gathering.gather import gather_due
from messages.sending import heartbeat
from store.asking import campaign, form
from store.asking.ask import Ask, AskState
from store.asking.campaign import CampaignState, WordsVersion
from store.database import Session
from store.installation import row
from store.letters.touch import Touch, TouchState
from store.people import agency, directory, seat
from store.people.board import Board
from surveys import library
from surveys.answering.answers import Answers
from surveys.open import anonymous
from tests import make
from tests.bot.cli.terminal import Terminal, found, found_with_campaign, found_with_launch


def _state(terminal: Terminal) -> CampaignState:
    state: CampaignState = terminal.look(lambda session: campaign.by_slug(session, "wren").state)  # type: ignore[union-attr]
    return state


def _asked(session: Session) -> int:
    return session.query(Ask).filter_by(state=AskState.ASKED).count()


def test_a_launch_asks_every_agency_once(terminal: Terminal) -> None:
    terminal.keep(found_with_campaign)
    assert "say --yes" in terminal.refused("launch", "wren")
    assert terminal.look(_asked) == 0
    assert terminal.told("launch", "wren", "--yes") == {"campaign": "wren", "asked": 2, "members": 2}
    assert _state(terminal) is CampaignState.LIVE
    assert "already" in terminal.refused("launch", "wren", "--yes")
    assert terminal.look(_asked) == 2


def test_one_agency_is_spoken_of_as_one(terminal: Terminal) -> None:
    terminal.keep(lambda session: found_with_campaign(session, "A"))
    assert "1 first letter to 1 of 1 agency; gaps that stop nothing: " in terminal.refused("launch", "wren")
    assert "wren is live: 1 agency is asked." in terminal.done("launch", "wren", "--yes")
    terminal.keep(lambda session: make.agency(session, session.query(Board).one(), "Agency New"))
    assert "1 agency that joined since is asked now." in terminal.done("top-up", "wren")


def test_missing_words_stop_a_launch(terminal: Terminal) -> None:
    def spoil(session: Session) -> None:
        found_with_campaign(session)
        session.query(WordsVersion).filter_by(rung="issue", role="asked").delete()

    terminal.keep(spoil)
    assert "no words are saved" in terminal.refused("launch", "wren", "--yes")
    assert terminal.look(_asked) == 0


def test_somebody_without_an_office_launches_nothing(terminal: Terminal) -> None:
    terminal.keep(found_with_campaign)
    assert "Morgan Ellery" in terminal.refused("launch", "wren", "--yes", "--as", "stranger@else.example")
    assert _state(terminal) is CampaignState.DRAFT


def test_letters_held_back_by_a_pause_go_when_it_is_resumed(terminal: Terminal) -> None:
    terminal.keep(found_with_launch)
    terminal.done("pause", "wren")
    assert _state(terminal) is CampaignState.PAUSED

    def hold_back(session: Session) -> None:
        campaign.by_slug(session, "wren").state = CampaignState.LIVE  # type: ignore[union-attr]
        session.flush()
        climb_due(session, make.START, make.ZONE)
        gather_due(session, make.START, make.ZONE)
        campaign.by_slug(session, "wren").state = CampaignState.PAUSED  # type: ignore[union-attr]
        for touch in session.query(Touch):
            touch.state, touch.reason = TouchState.HELD, "the campaign is paused"

    terminal.keep(hold_back)
    terminal.done("resume", "wren")

    def wake(session: Session) -> None:
        """As the worker does on the alarms that the resuming rang."""
        rung = session.query(Ask).filter(Ask.next_touch_at.is_not(None)).first()
        assert rung is not None
        assert rung.next_touch_at is not None
        climb_due(session, rung.next_touch_at, make.ZONE)

    terminal.keep(wake)
    waiting = terminal.look(
        lambda session: session.query(Touch).filter_by(state=TouchState.TO_SEND, delivery_id=None).count()
    )
    assert (_state(terminal), waiting) == (CampaignState.LIVE, 2)


def test_a_newly_joined_agency_is_asked_by_a_top_up(terminal: Terminal) -> None:
    terminal.keep(found_with_launch)
    terminal.keep(lambda session: make.agency(session, session.query(Board).one(), "Agency New"))
    assert terminal.told("top-up", "wren")["asked"] == 1
    assert terminal.told("top-up", "wren")["asked"] == 0


def test_nobody_is_asked_after_all_answers_without_a_name_were_told(terminal: Terminal) -> None:
    def begin(session: Session) -> None:
        found(session, "ABCDEFGHIJKL")
        board = session.query(Board).one()
        shown = {**library.load("bulletin").to_json(), "key": "quiet", "privacy": "anonymous"}
        version = form.keep(session, "quiet", 1, shown)
        made = make.campaign(session, board, "quiet", book="bulletin")
        [step] = campaign.steps(session, made.id)
        step.form_version_id = version.id
        make.launched(session, made)
        for asked in session.query(Ask):
            _answer_without_a_name(session, asked)
        anonymous.rewrite(session, made.id, make.START.date(), make.ZONE)
        make.agency(session, board, "Agency New")

    terminal.keep(begin)
    refused = terminal.refused("top-up", "quiet")
    assert "told on 12/10/2026" in refused
    assert "cascade new" in refused
    assert terminal.look(lambda session: session.query(Ask).count()) == 12


def _answer_without_a_name(session: Session, asked: Ask) -> None:
    assert asked.seat_id is not None
    holder = seat.holder(session, asked.seat_id)
    assert holder is not None
    said, day = Answers("quiet", 1, {}), make.START.date()
    kept = anonymous.take_for_ask(session, asked.id, holder.id, str(asked.id), said, "en", {}, day, make.ZONE)
    assert isinstance(kept, anonymous.Kept)


def test_an_agency_that_left_the_board_is_asked_nothing(terminal: Terminal) -> None:
    def leave(session: Session) -> None:
        found_with_campaign(session)
        where = agency.by_name(session, "Agency A")
        assert where is not None
        directory.end_membership(session, session.query(Board).one().id, where.id)

    terminal.keep(leave)
    assert terminal.told("launch", "wren", "--yes")["asked"] == 1


def test_a_campaign_called_back_is_owed_by_nobody(terminal: Terminal) -> None:
    terminal.keep(found_with_launch)
    terminal.keep(lambda session: climb_due(session, make.START, make.ZONE))
    assert terminal.told("withdraw", "wren", "--because", "sent in error", "--yes")["called_back"] == 4
    left = terminal.look(lambda session: session.query(Touch).filter_by(state=TouchState.TO_SEND).count())
    assert (terminal.look(_asked), left) == (0, 0)
    assert "withdrawn" in terminal.refused("withdraw", "wren", "--because", "again", "--yes")


def test_after_a_long_stop_the_list_is_shown_and_a_yes_lets_it_go(terminal: Terminal) -> None:
    def stop(session: Session) -> None:
        found_with_launch(session)
        heartbeat.beat(session, make.START, make.ZONE)
        heartbeat.beat(session, make.START + timedelta(days=20), make.ZONE)
        row(session).virtual_now = make.START + timedelta(days=20)

    terminal.keep(stop)
    result = terminal.run("resume")
    assert result.exit_code == 1
    assert "“issue” to Rowan A" in result.stdout
    told = terminal.told("resume", "--yes")
    assert told["resumed"]
    assert {one["person"] for one in told["would_go"]} == {"Rowan A", "Rowan B"}
    assert terminal.told("resume")["resumed"] is False
