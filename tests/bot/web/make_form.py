"""Builders: a house in which any form is asked of two agencies, and a visitor who fills its pages in."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from lxml import html

from bot.asking.choice import choose
from bot.asking.drafting import draft
from messages.playbooks import playbook
from store.asking import form
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.database import Session
from store.people import board
from tests import make
from tests.bot.web.make_house import Scene

BY = "morgan.ellery@west.example.org"


def ask_form(place: Scene, key: str, slug: str = "returns", small: str = "", **values: str) -> str:
    """Ask both agencies a form that comes with Cascade, or the board's own; gives Agency A's path.

    The asks are put among the scene's under the campaign's short name. `small` is for those with few staff.
    """

    def write(session: Session) -> dict[str, UUID]:
        of = board.every(session)[0]
        book = playbook.load("return")
        assert book is not None
        chosen = choose(session, of.id, book, [key], values, small)
        assert not isinstance(chosen, str), chosen
        made = draft(
            session, of.id, chosen.book, slug, place.clock.moment, BY, forms=chosen.versions, values=values
        )
        return _launch(place, session, made)

    place.asks |= place.write(write)
    return place.link(slug)


def keep_form(place: Scene, body: Mapping[str, Any]) -> str:
    """Keep a form as the board's own; gives its key."""

    def write(session: Session) -> str:
        kept = form.keep(session, body["key"], body["version"], dict(body), board.every(session)[0].id)
        return kept.key

    return place.write(write)


def ask_without_names(place: Scene, body: Mapping[str, Any], slug: str = "quiet") -> str:
    """Ask both agencies' representatives an anonymous form of the test's own; gives Agency A's path."""

    def write(session: Session) -> dict[str, UUID]:
        of = board.every(session)[0]
        version = form.keep(session, body["key"], body["version"], dict(body))
        book = playbook.load("bulletin")
        assert book is not None
        made = draft(session, of.id, book, slug, place.clock.moment, BY, forms={"bulletin": version.id})
        return _launch(place, session, made)

    place.asks |= place.write(write)
    return place.link(slug)


def _launch(place: Scene, session: Session, made: Campaign) -> dict[str, UUID]:
    make.launched(session, made, place.clock.moment)
    asked = session.query(Ask).filter_by(campaign_id=made.id).order_by(Ask.number)
    return {f"{made.slug} {'AB'[number]}": one.id for number, one in enumerate(asked)}


def a_year_on(place: Scene) -> None:
    """Let a year go by."""
    place.clock.moment += timedelta(days=364)


def typed_on(text: str) -> dict[str, list[str]]:
    """The fields of a page as a person without scripts would send them untouched."""
    fields: dict[str, list[str]] = {}
    for name, value in html.fromstring(text).forms[0].form_values():
        fields.setdefault(name, []).append(value)
    return fields


def send(place: Scene, path: str, page: str, changes: Mapping[str, str | Sequence[str]] | None = None) -> Any:
    """Send a page that was drawn, with some fields filled in."""
    fields = typed_on(page) | {
        name: [value] if isinstance(value, str) else list(value) for name, value in (changes or {}).items()
    }
    return place.client.post(path, data={name: list(texts) for name, texts in fields.items()})


def names_of(text: str) -> set[str]:
    """The names of every field and button of a page."""
    return set(re.findall(r'name="([^"]+)"', text))
