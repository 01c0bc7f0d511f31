"""Questions: the scene of the answering bench, asks and codes to answer, and letters to send meanwhile."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from uuid import UUID

from bot.asking.choice import choose
from bot.asking.drafting import draft
from bot.bench import scene
from bot.bench.respondents import Errand
from bot.bench.served import IDENTITY
from messages.chasing.climb import climb_due
from messages.gathering.gather import gather_due
from messages.playbooks import playbook
from store.answers.response import Response
from store.asking.ask import Ask
from store.asking.campaign import Step
from store.database import Database, Session
from store.letters.delivery import Delivery, DeliveryState
from store.people import board
from store.people.agency import Agency
from store.people.seat import Holding
from store.quick import bulk
from store.surveying import code
from store.surveying.box import WaitingAnswer
from surveys import library
from surveys.paging.pages import lay_out

#: Answers by one code: settings are many, and no single one of them floods the pages.
BY_A_CODE = 500
FAR = timedelta(days=365)
#: What is typed into the first question of a lesson.
TOLD = (("staff", "40"), ("planned-day", "3"), ("planned-month", "11"), ("planned-year", "2026"))
#: What staff who supervise nobody answer to the survey whether a lesson reached them, up to its last page.
SURVEY = "s1"
GIVEN = {
    "works_for": ["this"],
    "work": ["g3"],
    "supervises": ["no"],
    "heard": ["well"],
    "heard_how": ["team_meeting", "email"],
    "main_message": ["One missed appointment is a reason for a call."],
    "message": ["right"],
    "confident": ["4"],
    "used": ["yes"],
    "did": ["asked_more", "checked"],
    "in_the_way": ["time"],
    "procedures": ["both"],
    "prefer": ["email", "training"],
}
LAST = "more"
VALUES = {
    "lesson": "Wren",
    "message_right": "One call comes before a case is closed",
    "message_wrong_1": "Every missed appointment is passed on the same day",
    "message_wrong_2": "Three letters by recorded post are enough",
    "message_wrong_3": "It is for schools to ask, and not for clinics",
}


def ask_many(url: str, count: int) -> list[Errand]:
    """Ask so many agencies the first question of a lesson in an empty database; gives how each answers.

    Their alarms are far off, so that no letter goes to those who answer. Raises BenchError where the
    database is in use.
    """
    campaign_id = scene.build(url, count)
    database = Database(url)
    try:
        database.write_now(partial(bulk.quieten, campaign_id=campaign_id, until=scene.NOON + FAR))
        paths = database.read_now(partial(_links, campaign_id=campaign_id))
    finally:
        database.close_now()
    return [Errand(path, (*TOLD, ("teams", f"Team {number}"))) for number, path in enumerate(paths[:count])]


def open_codes(url: str, count: int) -> list[Errand]:
    """Open a survey of staff to as many settings as `count` answers need; gives how each answer is given."""
    database = Database(url)
    try:
        campaign_id = database.write_now(_draft_survey)
        scene.launch_whole(database, campaign_id)
        make = partial(_make_codes, campaign_id=campaign_id, settings=count // BY_A_CODE + 1)
        codes = database.write_now(make)
    finally:
        database.close_now()
    form = library.load(SURVEY)
    last = lay_out(form, GIVEN).sheets[-1].name
    told = tuple((name, text) for name, texts in GIVEN.items() for text in texts)
    return [
        Errand(
            f"/s/{codes[number % len(codes)]}/en/{SURVEY}",
            (*told, (LAST, word_of(number)), ("page", last), ("submission", f"bench-{number:012}")),
        )
        for number in range(count)
    ]


def write_letters(url: str, first: int, count: int) -> None:
    """Bring a lesson to so many further agencies, numbered from `first`, as far as waiting to be sent."""
    database = Database(url)
    try:
        board_id = database.read_now(board.every)[0].id
        for start in range(first, first + count, scene.CHUNK):
            some = min(scene.CHUNK, first + count - start)
            crowd = partial(bulk.add_agencies, board_id=board_id, first=start, count=some, now=scene.NOON)
            database.write_now(crowd)
        lesson = partial(scene.add_lesson, board_id=board_id, slug="letters")
        scene.launch_whole(database, database.write_now(lesson))
        while database.write_now(lambda session: climb_due(session, scene.NOON, scene.ZONE)):
            pass
        while database.write_now(lambda session: gather_due(session, scene.NOON, scene.ZONE)):
            pass
    finally:
        database.close_now()


def word_of(number: int) -> str:
    """What only one answer holds."""
    return f"word {number:07}"


def count_letters(session: Session, state: DeliveryState) -> int:
    """How many letters are in a state."""
    return session.query(Delivery).filter_by(state=state).count()


def count_answers(session: Session, errands: Iterable[Errand]) -> Counter[int]:
    """How many answers there are to each errand that was run, by its place in the list."""
    found = Counter(str(one.answers.get("teams", "")) for one in session.query(Response))
    found += Counter(str(one.answers.get(LAST, "")) for one in session.query(WaitingAnswer))
    typed = (dict(errand.typed) for errand in errands)
    words = {number: fields.get(LAST) or fields.get("teams", "") for number, fields in enumerate(typed)}
    return Counter({number: found[word] for number, word in words.items()})


def _links(session: Session, campaign_id: UUID) -> list[str]:
    rows = (
        session.query(Ask.id, Holding.person_id, Ask.generation)
        .join(Step, Step.id == Ask.step_id)
        .join(Holding, Holding.seat_id == Ask.seat_id)
        .filter(Ask.campaign_id == campaign_id, Step.position == 1)
        .order_by(Ask.number)
    )
    return [IDENTITY.answer_link(*row).removeprefix(IDENTITY.base_url) for row in rows]


def _draft_survey(session: Session) -> UUID:
    board_id, book = board.every(session)[0].id, playbook.load("open_survey")
    if book is None:
        raise LookupError("the playbook “open_survey” is not in the package")
    chosen = choose(session, board_id, book, [SURVEY], VALUES)
    if isinstance(chosen, str):
        raise LookupError(chosen)
    forms = chosen.versions
    made = draft(session, board_id, chosen.book, "heard", scene.NOON, scene.BY, values=VALUES, forms=forms)
    return made.id


def _make_codes(session: Session, campaign_id: UUID, settings: int) -> list[str]:
    board_id, agencies = board.every(session)[0].id, session.query(Agency).limit(settings).all()
    places = [agencies[number % len(agencies)] for number in range(settings)]
    return [
        code.make(
            session,
            board_id,
            campaign_id,
            f"Setting {number}",
            2 * BY_A_CODE,
            scene.NOON,
            agency_id=place.id,
        ).code
        for number, place in enumerate(places)
    ]
