"""Builders: each shipped form asked of somebody, the way through it, and what came of that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from playwright.async_api import Browser, Page

from bot.web.door import find_visit
from store.base import Row
from store.database import Session
from store.response import Response
from store.surveying.box import WaitingAnswer
from surveys import library
from surveys.form import Form
from surveys.known import Earlier
from surveys.tongue import find_tongue
from tests.bot.web.forms.make_answers import Typed, answer_whole
from tests.bot.web.forms.walker import Walker
from tests.bot.web.make_form import ask_form, ask_without_names
from tests.bot.web.make_house import Scene
from tests.bot.web.open.make_open import OpenScene

#: The open surveys, by the code's name and the version chosen.
OPEN = {"s5_younger": ("s5", "younger"), "s5_middle": ("s5", "middle"), "s5_older": ("s5", "older"), "s6": ("s6", "s6")}
STAFF = [key for key in library.keys() if key not in OPEN]
LANGUAGES = ("en", "en-x-easy", "pl", "ur")


@dataclass(frozen=True)
class Window:
    """The window of a browser. A page enlarged four times has a quarter of the window's width and height."""

    height: int = 640
    scale: float = 1
    has_scripts: bool = False

    async def open(self, browser: Browser) -> Page:
        """An empty page in it; without scripts, those of the pages do not arrive."""
        context = await browser.new_context(
            viewport={"width": 320, "height": self.height}, device_scale_factor=self.scale
        )
        if not self.has_scripts:
            await context.route("**/*.js", lambda route: route.abort())
        return await context.new_page()


PHONE, ENLARGED = Window(), Window(height=256, scale=4)


@dataclass(frozen=True)
class Walk:
    """One way through a form: where it starts, what is typed, and what is to be kept at its end."""

    form: Form
    start: str
    raw: Typed
    kept: Mapping[str, object]
    language: str = "en-GB"
    digits: str = ""
    ways: tuple[str, ...] = ()

    def walker(self, page: Page, window: Window, place: Scene | OpenScene) -> Walker:
        """Whoever goes it in a window."""
        key_file = place.house.settings.key_file
        file = key_file.with_name("evidence.txt")
        file.write_text("The policy, as agreed in September.\n")
        return Walker(
            page,
            self.form,
            self.raw,
            file,
            language=self.language,
            direction=find_tongue(self.language).direction,
            digits=self.digits,
            ways=self.ways,
            has_scripts=window.has_scripts,
        )


def ask_staff(place: Scene, key: str) -> Walk:
    """Ask a named, coded or anonymous form of an agency's representative."""
    if library.load(key).privacy == "anonymous":
        path = ask_without_names(place, library.load(key).to_json(), f"walk-{key}")
    else:
        path = ask_form(place, key, f"walk-{key}", lesson="Wren", course="Neglect")
    form, earlier, wants_digits = place.read(lambda session: _visit(place, session, path))
    raw, answers = answer_whole(form, place.clock.moment.date(), earlier)
    digits = place.digits(f"walk-{key}") if wants_digits else ""
    return Walk(form, path, raw, answers.to_json(), digits=digits)


def _visit(place: Scene, session: Session, path: str) -> tuple[Form, Earlier, bool]:
    visit = find_visit(session, place.house.identity.keyring, path.rpartition("/")[2], place.clock.moment)
    assert visit is not None
    return visit.form, visit.earlier, visit.wants_digits


def open_for_families(place: OpenScene, key: str, language: str) -> Walk:
    """The way from the choice of a version to the thanks."""
    name, version = OPEN[key]
    form = library.load(key)
    raw, answers = answer_whole(form, place.clock.moment.date())
    start = f"/s/{place.codes[name]}/{language}"
    return Walk(form, start, raw, answers.to_json(), language, ways=(f"/{language}/{version}",))


def kept_since(place: Scene | OpenScene, before: set[UUID]) -> Mapping[str, Any]:
    """The one answer that is kept now and was not before; files apart, of which there must be as many as asked."""
    [fresh] = [one for one in answers_in(place) if one.id not in before]
    return fresh.answers


def answers_in(place: Scene | OpenScene) -> list[Response | WaitingAnswer]:
    """Every answer that is kept."""

    def every(session: Session) -> list[Response | WaitingAnswer]:
        return [*session.query(Response), *session.query(WaitingAnswer)]

    return place.read(every)
