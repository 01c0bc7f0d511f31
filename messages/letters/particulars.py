"""Particulars: what a letter says of one ask and one reader alone, looked up where its words say it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from messages.launching.inviting import put_codes
from messages.letters.press import Press, date_in_words
from messages.letters.returning import say_points
from messages.writing.variables import LAST_TIME, MILESTONES, POINTS
from store.answers import judgement, response
from store.answers.judgement import Judgement
from store.asking import course
from store.asking.ask import Ask, version_of
from store.asking.campaign import Campaign
from store.asking.form import FormVersion
from store.database import Session
from store.letters.outbox import Claim, Claimed, Owed
from store.letters.stationery import Stationery
from store.people.standing import CONTRIBUTOR
from store.surveying import contributor


def put_particulars(session: Session, press: Press, claim: Claim) -> Claim:
    """The same claim, each part with all that its words say of its ask and its reader alone.

    Wants the stationery of the claim in the press.
    """
    coded = put_codes(session, press, claim)
    return Claim(tuple(_complete(session, press, one) for one in coded.taken), coded.dropped)


def find_last_time(session: Session, asked: Ask, sheet: Stationery) -> datetime | None:
    """When the answers were given that stand in the form of an ask already, where the words say so.

    None as well where there are none, or where the form starts empty each time. The ask need not be kept.
    """
    if not _says_last_time(sheet):
        return None
    body: dict[str, Any] = session.get_one(FormVersion, version_of(session, asked)).body
    if not body.get("carries"):
        return None
    about = None
    if by := body.get("carries_by"):
        said = session.get_one(Campaign, asked.campaign_id).values.get(by)
        about = by, said if isinstance(said, str) else ""
    last = response.last_time(session, asked, body["key"], about)
    return last.at if last is not None else None


def find_last_times(session: Session, press: Press, asks: Collection[Ask]) -> dict[UUID, datetime]:
    """The same for many asks at once, whichever words of their steps say it; those without are left out."""
    found: dict[UUID, datetime] = {}
    saying = {sheet.step.id: sheet for sheet in press.stationery.values() if _says_last_time(sheet)}
    for asked in asks:
        sheet = saying.get(asked.step_id)
        if sheet is not None and (at := find_last_time(session, asked, sheet)):
            found[asked.id] = at
    return found


def _says_last_time(sheet: Stationery) -> bool:
    return _says(sheet, LAST_TIME)


def _says(sheet: Stationery, name: str) -> bool:
    """Whether words may show a variable."""
    return name in sheet.words.body or name in sheet.words.subject


def _complete(session: Session, press: Press, one: Claimed) -> Claimed:
    filled = [_fill(session, press, part, one.person_id) for part in one.owed]
    if filled[1:]:  # among others a thing is named in the message's own words, which say its points
        judged = judgement.latest(session, [part.ask_id for part in filled])
        filled = [part._replace(points=part.points or _points_of(judged.get(part.ask_id))) for part in filled]
    return one._replace(owed=tuple(filled))


def _fill(session: Session, press: Press, part: Owed, reader_id: UUID) -> Owed:
    sheet = press.stationery[part.words_id]
    looked_up = (LAST_TIME, POINTS, MILESTONES)
    if not any(_says(sheet, name) for name in looked_up) and part.role != CONTRIBUTOR:
        return part
    asked = session.get_one(Ask, part.ask_id)
    return part._replace(
        part=_name_sections(session, asked, reader_id) if part.role == CONTRIBUTOR else "",
        last_time=find_last_time(session, asked, sheet),
        points=_find_points(session, asked) if _says(sheet, POINTS) else "",
        milestones=_find_milestones(session, asked) if _says(sheet, MILESTONES) else "",
    )


def _find_milestones(session: Session, asked: Ask) -> str:
    """The days of all that the same seat is asked in turn; empty where it is a single thing."""
    found = course.of(session, asked)
    told = [f"{step.key.replace('_', ' ')}, {date_in_words(each.due_on)}" for each, step in found]
    return "; ".join(told) if told[1:] else ""


def _find_points(session: Session, asked: Ask) -> str:
    """What the newest judgement asks to be looked at again; empty where it asks nothing."""
    return _points_of(judgement.latest(session, [asked.id]).get(asked.id))


def _points_of(judged: Judgement | None) -> str:
    return say_points(judged.points) if judged is not None and judged.outcome.reopens else ""


def _name_sections(session: Session, asked: Ask, reader_id: UUID) -> str:
    """The titles of the sections that somebody was invited to; empty where it is all of them."""
    body: dict[str, Any] = session.get_one(FormVersion, version_of(session, asked)).body
    titles = {section["name"]: section["title"] for section in body["sections"]}
    wanted = [one.section for one in contributor.of_ask(session, asked.id) if one.person_id == reader_id]
    return "" if None in wanted else "”, “".join(titles[name] for name in wanted if name in titles)
