"""Particulars: what a letter says of one ask and one reader alone, looked up where its words say it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from messages.inviting import put_codes
from messages.press import Press
from messages.writing.variables import LAST_TIME
from store import response
from store.ask import Ask, version_of
from store.campaign import Campaign
from store.database import Session
from store.form import FormVersion
from store.outbox import Claim, Claimed, Owed
from store.standing import CONTRIBUTOR
from store.stationery import Stationery
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
    return LAST_TIME in sheet.words.body or LAST_TIME in sheet.words.subject


def _complete(session: Session, press: Press, one: Claimed) -> Claimed:
    return one._replace(owed=tuple(_fill(session, press, part, one.person_id) for part in one.owed))


def _fill(session: Session, press: Press, part: Owed, reader_id: UUID) -> Owed:
    sheet = press.stationery[part.words_id]
    if not _says_last_time(sheet) and part.role != CONTRIBUTOR:
        return part
    asked = session.get_one(Ask, part.ask_id)
    return part._replace(
        part=_name_sections(session, asked, reader_id) if part.role == CONTRIBUTOR else "",
        last_time=find_last_time(session, asked, sheet),
    )


def _name_sections(session: Session, asked: Ask, reader_id: UUID) -> str:
    """The titles of the sections that somebody was invited to; empty where it is all of them."""
    body: dict[str, Any] = session.get_one(FormVersion, version_of(session, asked)).body
    titles = {section["name"]: section["title"] for section in body["sections"]}
    wanted = [one.section for one in contributor.of_ask(session, asked.id) if one.person_id == reader_id]
    return "" if None in wanted else "”, “".join(titles[name] for name in wanted if name in titles)
