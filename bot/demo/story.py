"""The story: eight weeks played to the end, and its figures told twice, by the rows and by what was seen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.people.cast import Players
from bot.demo.people.turn import Deed
from bot.demo.scenery.courses import COMING, HELD
from bot.demo.scenery.lesson import wren
from bot.demo.scenery.returns import THIS_YEAR
from bot.demo.stage import START, Stage
from bot.hearing.progress import Progress, read_progress
from store import chore
from store.asking import ask
from store.asking.ask import Ask, AskState
from store.asking.campaign import Campaign
from store.database import Session
from store.letters.delivery import Delivery, DeliveryState
from store.people import person, seat

WEEKS = 8
#: The one representative whom the script gives nothing to do about the lesson.
SILENT = "ian.brackenbury@kennetpolice.example"
#: Who does all about the lesson, and leaves the return to a visitor.
UNSIGNED = "stefan.rudge@valedowns.example"


@dataclass(frozen=True, slots=True)
class Told:
    """The same figures, told from one side."""

    letters: int
    acknowledged: int
    confirmed: int
    declined: int
    reached: int
    in_scope: int
    agencies_with_numbers: int
    #: Returns that were signed and sent, and answers that people gave about a course.
    returned: int
    about_courses: int
    still_owed: list[str]


@dataclass(frozen=True, slots=True)
class Ending:
    """How the story ends."""

    began: datetime
    ended: datetime
    asked: int
    sent: list[dict[str, str]]
    #: Told from the database.
    rows: Told
    #: Told from the mailboxes, and from what the players did.
    seen: Told
    faults: list[str]
    progress: dict[str, Any]
    chores: list[str]

    @property
    def agrees(self) -> bool:
        """Whether what was seen and what the rows say are the same, and no promise was broken."""
        return self.rows == self.seen and not self.faults

    def to_json(self) -> dict[str, Any]:
        """The whole as one document."""
        return {**asdict(self), "agrees": self.agrees}


async def play(stage: Stage, players: Players, asked: int, days: int = WEEKS * 7) -> Ending:
    """Play every day of the story, then look back on it."""
    stage.cast = players
    await stage.begin()
    for day in range(1, days + 1):
        await stage.advance(START + timedelta(days=day))
    ended = await stage.clock.now()
    zone = stage.house.identity.zone
    rows, progress, chores = await stage.house.database.read(lambda session: _tell_rows(session, ended, zone))
    faults = await stage.house.database.read(lambda session: _find_faults(session, stage))
    sent = [_tell_letter(stage, letter.number - 1) for letter in stage.postbox.letters]
    seen = _tell_seen(stage, players)
    return Ending(START, ended, asked, sent, rows, seen, faults, progress.to_json(), chores)


def _tell_letter(stage: Stage, place: int) -> dict[str, str]:
    letter = stage.postbox.letters[place]
    local = letter.at.astimezone(stage.house.identity.zone)
    return {
        "at": f"{local:%Y-%m-%d %H:%M}",
        "to": letter.address,
        "name": letter.name,
        "subject": letter.subject,
    }


def _tell_rows(session: Session, ended: datetime, zone: ZoneInfo) -> tuple[Told, Progress, list[str]]:
    """The figures by the database alone."""
    wanted = wren(session)
    progress = read_progress(session, wanted, ended.date(), zone)
    states = {tally.step.key: tally for tally in progress.steps}
    reach = progress.reach
    owed = [_debtor(session, one) for one, _, _, _ in ask.owed(session)]
    told = Told(
        letters=session.query(Delivery).filter(Delivery.state == DeliveryState.SENT).count(),
        acknowledged=states["acknowledge"].of(AskState.ANSWERED),
        confirmed=states["cascade"].of(AskState.ANSWERED),
        declined=states["acknowledge"].of(AskState.DECLINED),
        reached=reach.all.n if reach else 0,
        in_scope=reach.all.of if reach else 0,
        agencies_with_numbers=reach.agencies.n if reach else 0,
        returned=_count_answered(session, (THIS_YEAR,)),
        about_courses=_count_answered(session, (HELD.slug, COMING.slug)),
        still_owed=sorted(owed),
    )
    return told, progress, [one.text for one in chore.waiting(session)]


def _count_answered(session: Session, slugs: Sequence[str]) -> int:
    asks = session.query(Ask).join(Campaign, Campaign.id == Ask.campaign_id)
    return asks.filter(Campaign.slug.in_(slugs), Ask.state == AskState.ANSWERED).count()


def _debtor(session: Session, asked: Ask) -> str:
    holder = seat.holder(session, asked.seat_id) if asked.seat_id else None
    person_id = holder.id if holder else asked.person_id
    address = person.email_of(session, person_id) if person_id else None
    return address.value if address else "nobody"


def _tell_seen(stage: Stage, players: Players) -> Told:
    """The figures by what the mail server took and by what the players did; no row is looked at."""
    deeds = Counter(turn.deed for turn in players.done)
    numbers = {turn.who: int(turn.values["staff"]) for turn in players.done if turn.deed is Deed.ACKNOWLEDGE}
    confirmations = [turn for turn in players.done if turn.deed in (Deed.CONFIRM, Deed.TOLD)]
    # Edith Pomfrey confirms what Claire Underhay acknowledged: the same domain is the same agency here.
    scopes = {who.rpartition("@")[2]: staff for who, staff in numbers.items()}
    return Told(
        letters=len({letter.parsed["Message-ID"] for letter in stage.postbox.letters}),
        acknowledged=deeds[Deed.ACKNOWLEDGE],
        confirmed=len(confirmations),
        declined=deeds[Deed.DECLINE],
        reached=sum(int(turn.values["reached"]) for turn in confirmations),
        in_scope=sum(scopes[turn.who.rpartition("@")[2]] for turn in confirmations),
        agencies_with_numbers=len(confirmations),
        returned=deeds[Deed.SIGN],
        about_courses=deeds[Deed.TELL],
        still_owed=sorted([SILENT, UNSIGNED]),
    )


def _find_faults(session: Session, stage: Stage) -> list[str]:
    """Promises that the story must not have broken, read from what arrived."""
    faults = []
    letters = stage.postbox.letters
    ids = Counter(str(letter.parsed["Message-ID"]) for letter in letters)
    faults += [f"{message_id} arrived {times} times" for message_id, times in ids.items() if times > 1]
    zone = stage.house.identity.zone
    closings = _closings(session)
    for letter in letters:
        local, subject = letter.at.astimezone(zone), letter.subject
        if local.weekday() >= 5 or not 9 <= local.hour < 17:
            faults.append(f"{letter.address} was written to on {local:%A at %H:%M}")
        for reference, closed_at in closings.items():
            if f"[{reference}]" in subject and letter.at > closed_at:
                faults.append(f"{letter.address} was written to about {reference} after it was closed")
    return faults


def _closings(session: Session) -> dict[str, datetime]:
    """When each question of any campaign was closed, by the reference that letters about it bear."""
    closed = (
        session.query(Ask, Campaign.slug)
        .join(Campaign, Campaign.id == Ask.campaign_id)
        .filter(Ask.closed_at.is_not(None))
    )
    return {f"{slug}-{one.number}": one.closed_at for one, slug in closed if one.closed_at is not None}
