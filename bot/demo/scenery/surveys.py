"""The surveys: what anybody with a code can answer in the demonstration, without a name."""

from dataclasses import dataclass
from datetime import datetime

from bot.demo.scenery.founding import SceneError
from bot.demo.scenery.lesson import wren
from bot.demo.scenery.making import launch_now, make_campaign
from bot.demo.stage import Stage
from messages.letters.identity import Identity
from store.asking.lesson import Lesson
from store.database import Session
from store.people import agency
from store.surveying import code

#: What is plausible from one setting of the demonstration.
CEILING = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """One survey: its campaign's short name, its forms, where its code stands, and whom it asks."""

    slug: str
    forms: tuple[str, ...]
    setting: str
    whom: str
    #: The agency whose staff it asks; empty for children and families.
    agency: str = ""


OFFERS = (
    Offer(
        "voices",
        ("s5_younger", "s5_middle", "s5_older"),
        "Willow Children's Centre",
        "Children and young people say what they think: choose a language, then an age",
    ),
    Offer("families", ("s6",), "Kennet Family Hub", "Parents and carers say how the help was"),
    Offer(
        "wren-heard",
        ("s1",),
        "Downland GP Federation",
        "Staff of Downland GP Federation say whether the lesson reached them",
        "Downland GP Federation",
    ),
)
#: What the survey of staff tells apart from the lesson's own message.
WRONG = (
    "Every missed appointment is passed to children's social care on the same day",
    "Three letters by recorded post are enough before a service closes",
    "It is for schools, and not for clinics, to ask why a child was not brought",
)


async def open_surveys(stage: Stage, now: datetime) -> None:
    """Open the surveys. No letter goes because of them."""
    identity = stage.house.identity
    await stage.house.database.write(lambda session: _open_all(session, now, identity))


def _open_all(session: Session, now: datetime, identity: Identity) -> None:
    about = session.get(Lesson, wren(session).lesson_id)
    if about is None:
        raise SceneError("the lesson “Wren” is not there")
    told = {f"message_wrong_{number}": words for number, words in enumerate(WRONG, start=1)}
    told["message_right"] = about.message
    for offer in OFFERS:
        given, carried = (told, about) if offer.agency else ({}, None)
        made = make_campaign(
            session, "open_survey", offer.slug, now, forms=offer.forms, values=given, about=carried
        )
        launch_now(session, made, now, identity)
        whose = agency.by_name(session, offer.agency) if offer.agency else None
        where = whose.id if whose else None
        code.make(session, made.board_id, made.id, offer.setting, CEILING, now, agency_id=where)
