"""Twelve agencies before an anonymous question, and what they send."""

from datetime import UTC, date, datetime

from store.asking.ask import Ask
from store.database import Database, Session
from store.surveying import anonymous as kept_for_good
from store.surveying.anonymous import AnonymousAnswer
from store.surveying.box import WaitingAnswer
from surveys.answering.answers import Answers
from surveys.answering.intake import Refusal
from surveys.open import anonymous
from surveys.open.anonymous import Kept
from tests.make import START, ZONE
from tests.story import Story, by_name, campaign_of, find, number_of

TODAY = START.date()
#: 12 October begins in London an hour before it does in UTC.
MIDNIGHT = datetime(2026, 10, 11, 23, 0, tzinfo=UTC)
LETTERS = "ABCDEFGHIJKL"


def answers(staff: int = 30) -> Answers:
    return Answers("acknowledge", 1, {"staff": staff})


def send(
    story: Story,
    letter: str = "A",
    token: str = "",
    staff: int = 30,
    who: str = "Rowan",
    language: str = "en",
) -> Kept | Refusal:
    """Somebody of an agency sends its first answer by a link of their own."""

    def take(session: Session) -> Kept | Refusal:
        person = by_name(session, f"{who} {letter}")
        asked = find(session, number_of(session, f"Agency {letter}"))
        link = token or f"token-of-{letter}"
        return anonymous.take_for_ask(
            session, asked.id, person.id, link, answers(staff), language, {}, TODAY, ZONE
        )

    return story.write(take)


def ask_of(story: Story, letter: str = "A", step: int = 1) -> Ask:
    """The ask of an agency in a step."""
    return story.read(lambda session: find(session, number_of(session, f"Agency {letter}", step)))


def rewrite(story: Story, day: date = TODAY) -> int:
    return story.write(lambda session: anonymous.rewrite(session, campaign_of(session).id, day, ZONE))


def waiting(story: Story) -> list[WaitingAnswer]:
    return story.read(lambda session: session.query(WaitingAnswer).all())


def rewritten(story: Story) -> list[AnonymousAnswer]:
    return story.read(lambda session: kept_for_good.of_campaign(session, campaign_of(session).id))


def begin(database: Database) -> Story:
    """Twelve agencies before a question, at ten in the morning."""
    made = Story(database)
    made.begin(LETTERS)
    return made
