"""Timetable: when the letters of a rehearsal would go, and which of them share a message."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from messages.gathering.budget import Reader, Waiting
from messages.gathering.sharing import DIGEST, is_news, sharing
from messages.gathering.weekly import Letter, spread
from messages.launching.rehearsal import Act, Rehearsal
from messages.letters.proofs import Item
from store.base import ordered_id
from store.database import Session
from store.letters import gathering


def list_messages(session: Session, rehearsal: Rehearsal) -> Iterator[tuple[datetime, list[Item]]]:
    """What each person gets at one moment, as the gathering puts it together, if they get nothing else."""
    apart: dict[tuple[datetime, UUID, str, bool], list[Item]] = {}
    weekly: dict[UUID, list[Letter[Item]]] = {}
    for act in (act for walk in rehearsal.walks for act in walk.acts):
        rung, one = act.turn.rung, act.one
        for addressee in act.turn.letters:
            reader = addressee.person_id
            assert reader is not None  # noqa: S101 - a letter has a reader
            role, first = addressee.role, rung.is_first
            kind = sharing(
                one.campaign, role, one.agency.id, one.step.id, ordered_id(), rung.name, is_first=first
            )
            item = Item(one, rung, addressee)
            if kind == DIGEST and not rung.approval:
                weekly.setdefault(reader, []).append(_letter(rehearsal, act, item))
            else:
                apart.setdefault((act.turn.at, reader, kind, rung.approval), []).append(item)
    for (at, *_), items in apart.items():
        yield at, items
    heard = gathering.last_heard(session, weekly)
    for person_id, letters in weekly.items():
        board = letters[0].item.one.ask.board_id
        person = rehearsal.batch.people[board].reachable[person_id].person
        heard_of = Reader(person.digest_day, heard.get(person_id))
        yield from spread(letters, heard_of, rehearsal.batch.zone)


def _letter(rehearsal: Rehearsal, act: Act, item: Item) -> Letter[Item]:
    one, rung = act.one, act.turn.rung
    calendar = rehearsal.batch.almanac.of(one.agency)
    waiting = Waiting(one.ask.due_on, calendar, is_news(rung.name, is_approved=False))
    return Letter(act.turn.at, one.ask.id, rung.is_first, waiting, item)
