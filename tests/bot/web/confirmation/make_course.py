"""Builders: somebody who has answered three months after a course, and the link for their manager."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from store.answers.confirmation import Confirmation
from store.asking.ask import Ask
from tests.bot.test_training import LATER, answer, at, link
from tests.bot.web.make_house import HOST, Scene
from tests.bot.web.make_page import read_page
from tests.story import find

YES = {"knowledge": "8", "changed": "a_lot", "manager_link": "yes"}


def answered(place: Scene, reference: str = "course-5", name: str = "Jo Ash", wish: str = "yes") -> str:
    """Answer three months on; gives the page of thanks."""
    at(place, LATER)
    answer(place, reference, YES | {"manager_link": wish}, name)
    return place.client.get(f"{link(place, reference, name)}/done").text


def passed_on(page: str) -> str:
    """The path of the link to be passed on, as it stands to be copied; empty where there is none."""
    found = re.search(r'name="passed-on"[^>]*>([^<]*)<', page)
    return unescape(found[1]).strip().removeprefix(HOST) if found else ""


def letter_of(page: str) -> dict[str, list[str]]:
    """What the link to write to the manager puts into a letter, with whom it goes to."""
    [href] = [unescape(one) for one in re.findall(r'href="(mailto:\?[^"]*)"', page)]
    parts = urlsplit(href)
    return {"to": [parts.path], **parse_qs(parts.query)}


def say(place: Scene, path: str, seen: str = "clear", shown: tuple[str, ...] = ("audit",)) -> int:
    """Answer as a manager, page by page; gives the status of the last page."""
    page = place.client.get(path)
    for _ in range(3):
        fields: dict[str, object] = {**read_page(page.text).fields, "change_seen": seen}
        fields |= {"change_shown": list(shown)} if "change_shown" in page.text else {}
        page = place.client.post(path, data=fields)
        if page.status_code != 200:
            break
    return page.status_code


def confirmations(place: Scene) -> list[Confirmation]:
    """Everything that managers have said."""
    return place.read(lambda session: session.query(Confirmation).all())


def asked_of(place: Scene, reference: str = "course-5") -> Ask:
    """The ask of three months on."""
    return place.read(lambda session: find(session, reference))
