"""Proofs: every word of a campaign compiled, and letters rendered for their readers before any is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from messages.chasing.addressees import ASKED, Addressee, words_of
from messages.chasing.batch import Batch
from messages.chasing.chase import BACK, COVER, HANDED_OVER, SENT_BACK
from messages.chasing.ladder import Ladder, Rung
from messages.launching.inviting import STAND_IN, known_in
from messages.letters.press import Press
from messages.letters.render import Rendered
from messages.writing.expressions import LetterError
from messages.writing.words import prepare, unknown_variables
from store.asking.campaign import Step
from store.base import ordered_id
from store.database import Session
from store.letters import stationery
from store.letters.alarm import DueAsk
from store.letters.outbox import Claimed, Owed
from store.letters.stationery import Stationery


@dataclass(frozen=True, slots=True)
class Item:
    """One ask's part of one letter: the rung, and the role in which the reader gets it."""

    one: DueAsk
    rung: Rung
    addressee: Addressee


def check_words(
    session: Session,
    steps: Iterable[Step],
    ladders: dict[UUID, Ladder],
    words: dict[tuple[UUID, str, str], UUID],
    press: Press,
    *,
    by_booking: bool = False,
) -> list[str]:
    """Compile the newest words of every rung and addressee; tells what is missing or cannot be sent.

    Leaves the press with the stationery of the campaign, so that letters can be rendered.
    """
    press.stationery.update(stationery.fetch(session, set(words.values())))
    problems = []
    for step in steps:
        known = known_in(session, step.campaign_id)
        # Nobody stands in for a person asked by name, and nothing is handed over.
        asides = [] if by_booking else [COVER, HANDED_OVER]
        returned = [SENT_BACK] if step.is_judged else []
        back = [BACK] if (step.id, BACK.name, ASKED) in words else []
        for rung in [*ladders[step.id].rungs, *asides, *returned, *back]:
            for role in rung.to:
                found = words.get((step.id, rung.name, role))
                where = f"step “{step.key}”, rung “{rung.name}” to the {words_of(role)}"
                if found is None:
                    problems.append(f"{where}: no words are saved; write them with `cascade words`")
                else:
                    problems += [
                        f"{where}: {said}" for said in _faults(press, press.stationery[found], known)
                    ]
    return problems


def _faults(press: Press, sheet: Stationery, known: frozenset[str]) -> list[str]:
    """What is wrong with one version of words; empty when it can be sent."""
    prepared = prepare(sheet.words.subject, sheet.words.body)
    if isinstance(prepared, list):
        return [str(problem) for problem in prepared]
    unknown = unknown_variables(prepared, known)
    if unknown:
        return [f"nobody will supply {', '.join(unknown)}"]
    try:
        press.letter(sheet)
    except LetterError as error:
        return [str(error)]
    return []


def render(
    batch: Batch,
    press: Press,
    items: list[Item],
    at: datetime,
    last_times: Mapping[UUID, datetime] = MappingProxyType({}),
) -> Rendered:
    """Render one letter exactly as the sender would for its reader. Raises LetterError where it cannot be.

    `last_times` says of which asks answers of last time stand in the form, and when those were given.
    """
    reader = items[0].addressee.person_id
    if reader is None:
        raise LetterError("a letter needs a reader")
    known = batch.people[items[0].one.ask.board_id].reachable[reader]
    parts = (_owed(batch, item)._replace(last_time=last_times.get(item.one.ask.id)) for item in items)
    owed = sorted(parts, key=lambda part: part.due_on)
    claimed = Claimed(
        delivery_id=ordered_id(),
        person_id=reader,
        address=known.address.value if known.address else "",
        channel=known.address.channel if known.address else "",
        name=known.person.name,
        language=known.person.language,
        is_first=items[0].rung.is_first,
        any_hour=False,
        attempts=1,
        made_at=at,
        doubts=0,
        owed=tuple(owed),
    )
    return press.render(claimed, at.astimezone(batch.zone).date())


def _owed(batch: Batch, item: Item) -> Owed:
    one, ask, role = item.one, item.one.ask, item.addressee.role
    words_id = batch.words_of(one.step.id, item.rung.name, role)
    if words_id is None:
        raise LetterError(f"no words are saved for rung “{item.rung.name}” to the {words_of(role)}")
    people = batch.people[ask.board_id]
    asked = people.asked(ask, one.step)
    return Owed(
        touch_id=ordered_id(),
        ask_id=ask.id,
        number=ask.number,
        generation=ask.generation,
        words_id=words_id,
        rung=item.rung.name,
        role=role,
        agency=one.agency.name,
        due_on=ask.due_on,
        original_due_on=ask.original_due_on,
        minutes=ask.minutes,
        is_first=item.rung.is_first,
        representative=people.reachable[asked].person.name if asked and role != ASKED else "",
        code=STAND_IN,
    )
