"""Returns: the training needs analysis of two agencies, last year's on paper and this year's asked for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.scenery.founding import COORDINATOR, SceneError
from bot.demo.scenery.last_year import TOLD
from bot.demo.scenery.making import launch_now, make_campaign
from bot.demo.stage import Stage
from messages.letters.identity import Identity
from store.answers.inbound import Source
from store.asking import campaign
from store.asking.ask import Ask
from store.database import Session
from store.people.agency import Agency
from surveys.answering import intake
from surveys.answering.intake import Arrival, Receipt

FORM = "tna"
LAST_YEAR, THIS_YEAR = "tna-2025", "tna-2026"
ZONE = ZoneInfo("Europe/London")
#: When last year's was asked for, and when the two sheets of paper were typed in.
ASKED_THEN = datetime(2025, 10, 6, 10, 0, tzinfo=ZONE)
TYPED_IN = datetime(2025, 11, 7, 14, 30, tzinfo=ZONE)


async def take_last_year(stage: Stage) -> None:
    """Let last year's return be asked for and answered, by the clock of then.

    It came on paper, and the coordinator typed it in: the board had no bot to write letters yet.
    """
    identity = stage.house.identity
    await stage.house.database.write(lambda session: _ask(session, LAST_YEAR, ASKED_THEN, identity))
    await stage.house.database.write(_type_in)


async def ask_this_year(stage: Stage, now: datetime) -> None:
    """Ask for this year's return: the representatives are written to, and chased."""
    identity = stage.house.identity
    await stage.house.database.write(lambda session: _ask(session, THIS_YEAR, now, identity))


def _ask(session: Session, slug: str, now: datetime, identity: Identity) -> None:
    title = f"Training needs analysis {now.year}"
    made = make_campaign(session, "return", slug, now, forms=(FORM,), title=title, agencies=tuple(TOLD))
    asked = launch_now(session, made, now, identity)
    if asked != len(TOLD):
        raise SceneError(f"{slug} asks {asked} agencies and not {len(TOLD)}")


def _type_in(session: Session) -> None:
    for one in returns(session, LAST_YEAR):
        told = TOLD[session.get_one(Agency, one.agency_id).name]
        arrival = Arrival(Source.PAPER, f"{LAST_YEAR}-{one.number}", told, None, entered_by=COORDINATOR)
        receipt = intake.receive(session, one.id, arrival, TYPED_IN, TYPED_IN.date())
        if not isinstance(receipt, Receipt):
            raise SceneError(f"last year's return was not taken: {receipt}")


def returns(session: Session, slug: str) -> list[Ask]:
    """The returns that a campaign asks for, in the order of their numbers; none where it is not there."""
    made = campaign.by_slug(session, slug)
    found = session.query(Ask).filter_by(campaign_id=made.id) if made else ()
    return sorted(found, key=lambda one: one.number)
