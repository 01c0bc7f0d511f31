"""Doors: the ways into all that can be answered in the demonstration besides the lesson's own questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.demo.postbox import Postbox
from bot.demo.scenery.courses import COMING, HELD, Course
from bot.demo.scenery.last_year import LEFT
from bot.demo.scenery.returns import THIS_YEAR, returns
from bot.demo.scenery.surveys import OFFERS
from bot.web.confirmation.door import find_asked
from messages.letters.identity import Identity
from store.asking import campaign
from store.asking.ask import Ask, AskState
from store.asking.campaign import Step
from store.database import Session
from store.people import booking, person, seat
from store.people.agency import Agency
from store.people.person import Person
from store.surveying import code

#: What each step of a course is, in one line about who is asked.
STEPS = {
    "before": "{name} is booked, and is asked before the day how much is known already",
    "day": "{name} was booked, and says how it was and what will be different now",
    "later": "{name} is asked three months on what came of it, and of a promise made on the day",
}
#: What the return is, as it stands; no way in is shown once it was declined or called back.
LINES = {
    AskState.ASKED: "{name} owes it for {agency}: last year's answers stand there to be confirmed or changed",
    AskState.ANSWERED: "{name} has sent it for {agency}; it can be read, and sent again",
    AskState.LAPSED: "It has lapsed for {agency}, and an answer from {name} is still taken",
}


@dataclass(frozen=True, slots=True)
class Door:
    """A link to something that can be answered, and one line about it."""

    title: str
    line: str
    address: str
    #: The page of the letter in which the same link stands, with its two digits; empty where none is.
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page looks at."""

    session: Session
    identity: Identity
    postbox: Postbox
    now: datetime

    def path(self, link: str) -> str:
        """Where a link leads, on this machine."""
        return link.removeprefix(self.identity.base_url)

    def answer(self, asked: Ask, who: Person) -> tuple[str, str]:
        """The page on which somebody answers an ask, and that of the newest letter that leads there."""
        link = self.identity.answer_link(asked.id, who.id, asked.generation)
        letters = reversed(self.postbox.to(self.address(who)))
        newest = next((one.number for one in letters if link in one.body("plain")), None)
        return self.path(link), f"/inbox/{newest}" if newest else ""

    def address(self, who: Person) -> str:
        """Where somebody reads their letters; empty where that is not known."""
        found = person.email_of(self.session, who.id)
        return found.value if found else ""


def find_doors(front: Front) -> list[Door]:
    """The ways into the surveys, the return and the courses; none where they were not opened."""
    return [
        *_find_return(front),
        *_find_course(front, COMING),
        *_find_course(front, HELD),
        *_find_open(front),
    ]


def _find_open(front: Front) -> Iterator[Door]:
    for offer in OFFERS:
        made = campaign.by_slug(front.session, offer.slug)
        codes = code.of_campaign(front.session, made.id) if made else []
        if made and codes:
            yield Door(made.title, offer.whom, f"/s/{codes[0].code}")


def _find_return(front: Front) -> Iterator[Door]:
    """The return that nobody in the script signs, before whoever it rests with."""
    for one in returns(front.session, THIS_YEAR):
        where = front.session.get_one(Agency, one.agency_id)
        who = _resting_with(front, one)
        if where.name == LEFT and who is not None and one.state in LINES:
            title = front.session.get_one(Step, one.step_id).title
            line = LINES[one.state].format(name=who.name, agency=LEFT)
            yield Door(title, line, *front.answer(one, who))


def _resting_with(front: Front, asked: Ask) -> Person | None:
    if asked.delegate_id is not None:
        return front.session.get(Person, asked.delegate_id)
    return seat.holder(front.session, asked.seat_id) if asked.seat_id else None


def _find_course(front: Front, course: Course) -> Iterator[Door]:
    """What one person who was booked is asked now, and what the manager of another one is."""
    made = campaign.by_slug(front.session, course.slug)
    for step in campaign.steps(front.session, made.id) if made else ():
        for one in front.session.query(Ask).filter_by(step_id=step.id):
            who = front.session.get_one(Person, one.person_id)
            if front.address(who) == course.visitor and one.state is AskState.ASKED:
                line = STEPS[step.key].format(name=who.name)
                yield Door(f"{course.title}: {step.title}", line, *front.answer(one, who))
            elif step.confirmed_if and one.state is AskState.ANSWERED:
                yield from _find_manager(front, course, one, who)


def _find_manager(front: Front, course: Course, one: Ask, who: Person) -> Iterator[Door]:
    place = booking.of_person(front.session, one.campaign_id, who.id)
    if place is None:
        return
    link = front.identity.confirmation_link(one.id, place.id, one.generation)
    asked = find_asked(front.session, front.identity, link.rpartition("/")[2], front.now)
    if asked is not None and not asked.is_given:
        line = f"{who.name} passes this link on to a manager, who answers once and without a name"
        yield Door(f"{course.title}: {asked.form.title}", line, front.path(link))
