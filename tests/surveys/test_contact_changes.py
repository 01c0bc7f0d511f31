"""What an agency says of its people becomes a task of the office, and changes nothing by itself."""

from datetime import date

import pytest

from messages.launching.compose import copy_playbook
from messages.playbooks import playbook
from messages.playbooks.chosen import ChosenForm, put_in
from messages.playbooks.playbook import Playbook
from store.asking import form as forms
from store.chore import ChoreKind
from store.database import Database, Session
from store.people.person import Person
from surveys import library
from surveys.answering.answers import Answers, check
from surveys.answering.contact_changes import find_changes
from surveys.answering.intake import Receipt
from tests import make
from tests.make import START
from tests.story import WHO, Story
from tests.surveys.library.typed import typed

CARD = library.load("contact_card")
LINES = ("representative", "deputy", "line_manager", "board_member", "holiday_contact")
SAME = " ".join(f"contact_people.{line}.still=same" for line in LINES) + " agency_same=no declared_by=Rowan"
NEW = (
    SAME.replace("deputy.still=same", "deputy.still=new")
    + " contact_people.deputy.still_name=Kim~B contact_people.deputy.still_email=kim@agencya.example"
)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (SAME, []),
        (NEW, ["Deputy: Still right: No, someone new; Name: Kim B; Work email: kim@agencya.example"]),
        (
            SAME.replace("board_member.still=same", "board_member.still=nobody"),
            ["Board member, or a school\u2019s chair of governors: Still right: Nobody at present"],
        ),
        (
            SAME.replace("agency_same=no", "agency_same=soon agency_changes=We~move~in~May"),
            ["What changed: We move in May"],
        ),
    ],
)
def test_only_what_has_changed_is_told(given: str, said: list[str]) -> None:
    answers = check(CARD, typed(given), date(2026, 11, 2))
    assert isinstance(answers, Answers), answers
    assert find_changes(CARD, answers) == said


@pytest.mark.sqlite_first
async def test_the_office_is_asked_to_see_to_it_and_nobody_is_made_or_moved(database: Database) -> None:
    story = Story(database)

    def build(session: Session) -> None:
        board, _ = make.world(session, "A")
        kept = forms.keep(session, CARD.key, CARD.version, dict(CARD.to_json()))
        shipped = playbook.load("return")
        assert shipped is not None
        book = put_in(shipped, [ChosenForm(CARD.key, CARD.title, CARD.minutes)])
        assert isinstance(book, Playbook)
        made = copy_playbook(session, board.id, book, "card", START, WHO, forms={CARD.key: kept.id})
        make.launched(session, made, START)

    story.write(build)
    people = story.read(lambda session: session.query(Person).count())
    assert isinstance(story.answer("card-1", typed(NEW), "Rowan A", once="first"), Receipt)
    [chore] = [one for one in story.chores() if one.kind is ChoreKind.DIRECTORY]
    assert "Agency A says of the people we write to: Deputy" in chore.text
    assert story.read(lambda session: session.query(Person).count()) == people
    assert isinstance(story.answer("card-1", typed(SAME), "Rowan A", once="second"), Receipt)
    assert [one for one in story.chores() if one.kind is ChoreKind.DIRECTORY] == []
