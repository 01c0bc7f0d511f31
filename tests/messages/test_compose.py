"""A campaign is a copy of its playbook; new words and ladders are new versions, and bad words are refused."""

import pytest

from messages.chasing.addressees import ASKED
from messages.chasing.chase import BACK
from messages.chasing.ladder import Ladder
from messages.launching.compose import copy_playbook, save_ladder, save_words
from messages.letters.beside import general_words
from messages.playbooks import playbook
from messages.writing.words import Problem
from store.asking import campaign
from store.asking.campaign import Campaign, CampaignState, WordsVersion
from store.asking.lesson import Priority
from store.database import Database, Session
from tests import make
from tests.make import START
from tests.story import WHO

pytestmark = pytest.mark.sqlite_first


def built(session: Session, priority: Priority | None = None) -> Campaign:
    board, _ = make.world(session, "A")
    return make.campaign(session, board, priority=priority)


def test_a_campaign_carries_every_step_ladder_and_word_of_its_playbook(database_url: str) -> None:
    database = Database(database_url)

    def look(session: Session) -> None:
        made = built(session)
        shipped = playbook.load("lesson")
        assert shipped is not None
        assert made.state is CampaignState.DRAFT
        assert made.title == "Learning from “Wren”"
        steps = campaign.steps(session, made.id)
        assert [step.key for step in steps] == [told.key for told in shipped.steps]
        for step, told in zip(steps, shipped.steps, strict=True):
            assert step.due_days == told.due_days[Priority.STANDARD]
            ladder = Ladder.from_json(campaign.ladder(session, step.id).rungs)
            assert ladder == told.ladders[Priority.STANDARD]
            kept = {(one.rung, one.role, one.subject, one.body) for one in campaign.words(session, [step.id])}
            own = {(one.rung, one.role, one.subject, one.body) for one in told.words}
        assert kept == own | {(BACK.name, ASKED, *general_words(BACK.name))}

    database.write_now(look)
    database.close_now()


def test_an_urgent_campaign_takes_the_urgent_ladder(database_url: str) -> None:
    database = Database(database_url)

    def look(session: Session) -> None:
        made = built(session, Priority.URGENT)
        first = campaign.steps(session, made.id)[0]
        assert first.due_days == 1
        assert Ladder.from_json(campaign.ladder(session, first.id).rungs).rungs[0].to[1] == "deputy"
        assert made.urgent_reason

    database.write_now(look)
    database.close_now()


def test_saved_words_are_a_new_version_and_the_older_one_stays(database_url: str) -> None:
    database = Database(database_url)

    def save(session: Session) -> None:
        step = campaign.steps(session, built(session).id)[0]
        before = {(one.rung, one.role): one for one in campaign.words(session, [step.id])}
        kept = save_words(
            session, step.id, "issue", "asked", "For {{ agency }}", "Dear {{ first_name }}", START, WHO
        )
        assert isinstance(kept, WordsVersion)
        assert kept.version == before["issue", "asked"].version + 1
        newest = {(one.rung, one.role): one for one in campaign.words(session, [step.id])}
        assert newest["issue", "asked"].id == kept.id
        assert newest["reminder", "asked"].id == before["reminder", "asked"].id
        assert session.get_one(WordsVersion, before["issue", "asked"].id).body != kept.body

    database.write_now(save)
    database.close_now()


@pytest.mark.parametrize(
    ("subject", "body", "why"),
    [
        ("Wren", "Dear {{ frist_name }}", "frist_name"),
        ("Wren", "{% if agency %}unfinished", ""),
        ("Wren", "You have failed to answer.", "failed"),
        ("Non-compliant", "Please answer.", "non-compliant"),
        ("Wren", "{{ agency.__class__ }}", ""),
    ],
)
def test_words_that_cannot_be_used_are_refused_and_nothing_is_kept(
    database_url: str, subject: str, body: str, why: str
) -> None:
    database = Database(database_url)

    def save(session: Session) -> None:
        step = campaign.steps(session, built(session).id)[0]
        before = session.query(WordsVersion).count()
        problems = save_words(session, step.id, "issue", "asked", subject, body, START, WHO)
        assert isinstance(problems, list)
        assert all(isinstance(one, Problem) for one in problems)
        assert why in " ".join(str(one) for one in problems).lower()
        assert session.query(WordsVersion).count() == before

    database.write_now(save)
    database.close_now()


def test_a_saved_ladder_is_a_new_version(database_url: str) -> None:
    database = Database(database_url)

    def save(session: Session) -> None:
        step = campaign.steps(session, built(session).id)[0]
        ladder = Ladder.from_json(campaign.ladder(session, step.id).rungs)
        shorter = Ladder(ladder.rungs[:1], 3)
        assert save_ladder(session, step.id, shorter).version == 2
        assert Ladder.from_json(campaign.ladder(session, step.id).rungs) == shorter

    database.write_now(save)
    database.close_now()


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        ([{"name": "a", "anchor": "never", "days": 0, "to": []}, {"lapse_days": 1}], "rung 'a'"),
        ([{"anchor": "due", "days": 0, "to": []}, {"lapse_days": 1}], r"rung '\?'"),
        ([{"name": "a", "anchor": "due", "days": 0, "to": []}] * 2 + [{"lapse_days": 1}], "same name"),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused_by_name(kept: list[dict[str, object]], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Ladder.from_json(kept)


def test_a_short_name_is_given_once(database_url: str) -> None:
    database = Database(database_url)

    def twice(session: Session) -> None:
        made = built(session)
        shipped = playbook.load("lesson")
        assert shipped is not None
        forms = {
            told.form: step.form_version_id
            for told, step in zip(shipped.steps, campaign.steps(session, made.id), strict=True)
        }
        copy_playbook(session, made.board_id, shipped, "wren", START, WHO, forms=forms)

    with pytest.raises(Exception, match=r"(?i)unique"):
        database.write_now(twice)
    assert database.read_now(campaign.every) == []
    database.close_now()
