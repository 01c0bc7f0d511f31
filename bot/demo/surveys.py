"""The surveys: what can be answered in the demonstration besides the lesson's own questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.choice import choose
from bot.demo.scene import BOARD, COORDINATOR, SceneError, wren
from bot.demo.stage import Stage
from bot.drafting import draft
from bot.gate import find_faults
from messages import launch, running
from messages.audience import Audience
from messages.identity import Identity
from messages.playbooks import playbook
from store import agency, ask, board, campaign, seat
from store.campaign import Campaign
from store.database import Session
from store.lesson import Lesson
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
RETURN, RETURN_FORM = "tna-2026", "tna"
#: Nobody of this agency has a part to play that the return could come between.
RETURN_AGENCY = "Kennet Royal Hospital NHS Trust"


@dataclass(frozen=True, slots=True)
class Door:
    """A link to something that can be answered, and one line about it."""

    title: str
    line: str
    address: str


async def open_surveys(stage: Stage, now: datetime) -> None:
    """Open the surveys, and lay out the return. No letter goes because of them."""
    await stage.house.database.write(partial(_open_all, now=now, identity=stage.house.identity))


def find_doors(session: Session, identity: Identity) -> list[Door]:
    """The ways into the surveys and the return; none where they were not opened."""
    doors = []
    for offer in OFFERS:
        made = campaign.by_slug(session, offer.slug)
        codes = code.of_campaign(session, made.id) if made else []
        doors += [Door(made.title, offer.whom, f"/s/{one.code}") for one in codes[:1] if made]
    made = campaign.by_slug(session, RETURN)
    return doors + (_find_return(session, made, identity) if made else [])


def _find_return(session: Session, made: Campaign, identity: Identity) -> list[Door]:
    doors = []
    for one in session.query(ask.Ask).filter_by(campaign_id=made.id):
        holder = seat.holder(session, one.seat_id) if one.seat_id else None
        if holder is not None:
            link = identity.answer_link(one.id, holder.id, one.generation)
            line = f"{holder.name} fills in the return of {RETURN_AGENCY}; paused, so that no letter goes"
            doors.append(Door(made.title, line, link.removeprefix(identity.base_url)))
    return doors


def _open_all(session: Session, *, now: datetime, identity: Identity) -> None:
    about = session.get(Lesson, wren(session).lesson_id)
    if about is None:
        raise SceneError("the lesson “Wren” is not there")
    told = {f"message_wrong_{number}": words for number, words in enumerate(WRONG, start=1)}
    told["message_right"] = about.message
    for offer in OFFERS:
        given, carried = (told, about) if offer.agency else ({}, None)
        made = _make(session, "open_survey", offer.slug, offer.forms, now, given, carried)
        _launch(session, made, now, identity)
        whose = agency.by_name(session, offer.agency) if offer.agency else None
        where = whose.id if whose else None
        code.make(session, made.board_id, made.id, offer.setting, CEILING, now, agency_id=where)
    audience = Audience(agencies=frozenset({agency.fold(RETURN_AGENCY)}))
    made = _make(session, "return", RETURN, (RETURN_FORM,), now, {}, None, audience)
    _launch(session, made, now, identity)
    running.halt(session, made, now, COORDINATOR)


def _make(
    session: Session,
    key: str,
    slug: str,
    forms: tuple[str, ...],
    now: datetime,
    values: Mapping[str, str],
    about: Lesson | None,
    audience: Audience | None = None,
) -> Campaign:
    [owner] = [one for one in board.every(session) if one.name == BOARD]
    book = playbook.load(key)
    if book is None:
        raise SceneError(f"the playbook {key} is not there")
    chosen = choose(session, owner.id, book, forms, values)
    if isinstance(chosen, str):
        raise SceneError(chosen)
    return draft(
        session,
        owner.id,
        chosen.book,
        slug,
        now,
        COORDINATOR,
        about=about,
        audience=audience,
        values=values,
        forms=chosen.versions,
    )


def _launch(session: Session, made: Campaign, now: datetime, identity: Identity) -> None:
    faults = find_faults(session, made, now, identity.zone)
    if faults:
        raise SceneError(faults[0])
    launch.begin(session, made, now)
    after = None
    while (after := launch.make_asks(session, made.id, after, now, identity.zone)) is not None:
        pass
    launch.go_live(session, made, now, COORDINATOR)
