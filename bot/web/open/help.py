"""Help: the numbers that every page shows to whoever needs somebody now, in the language of the page."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from store.database import Session
from store.surveying import helpline
from store.surveying.helpline import Audience
from surveys.helplines import shipped
from surveys.phrases import ENGLISH
from surveys.phrases.learned import recall

#: Five digits take texts; everything else is rung (Ofcom's National Telephone Numbering Plan).
_SHORT_CODE = re.compile(r"\d{5}")
_DIALLED = re.compile(r"\+?[\d ]+")


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One number as it is shown; `link` rings it or writes to it, and is empty where it does neither."""

    name: str
    number: str
    note: str
    hours: str
    link: str


def find_help(session: Session, board_id: UUID | None, audience: Audience, language: str) -> list[HelpLine]:
    """The numbers for an audience: those that come with Cascade, and the board's own in place of theirs."""
    rows = helpline.glance(session, board_id) if board_id is not None else []
    kept = {row.key for row in rows}
    own = [
        _line(row.name, row.number, row.note, row.hours or {}, language)
        for row in rows
        if row.number and row.audience in (audience, Audience.ALL)
    ]
    return own + _shipped_but(kept, audience, language)


def list_shipped(audience: Audience, language: str) -> list[HelpLine]:
    """The numbers that come with Cascade, for pages that belong to no board."""
    return _shipped_but(set(), audience, language)


def _shipped_but(kept: Collection[str], audience: Audience, language: str) -> list[HelpLine]:
    meant = {audience.value, Audience.ALL.value}
    return [
        _line(one["name"], one["number"], one.get("note") or {}, one.get("hours") or {}, language)
        for one in shipped()
        if one["audience"] in meant and one["key"] not in kept
    ]


def _line(
    name: Mapping[str, Any], number: str, note: Mapping[str, Any], hours: Mapping[str, Any], language: str
) -> HelpLine:
    def told(texts: Mapping[str, Any]) -> str:
        learned = (recall(language) or {}).get(str(texts.get(ENGLISH, "")))
        near = (language, language.partition("-")[0], ENGLISH)
        return learned or next((str(texts[tag]) for tag in near if texts.get(tag)), "")

    return HelpLine(told(name), number, told(note), told(hours), _link(number))


def _link(number: str) -> str:
    dialled = _DIALLED.match(number.strip())
    digits = dialled[0].replace(" ", "") if dialled else ""
    if not digits:
        return ""
    return f"sms:{digits}" if _SHORT_CODE.fullmatch(digits) else f"tel:{digits}"
