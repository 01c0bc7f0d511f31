"""Builders: each shipped form asked of somebody, the way through it, and what came of that."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from playwright.async_api import Browser, Page

from bot.web.asks.door import find_visit
from store.answers.response import Response
from store.database import Session
from store.surveying.box import WaitingAnswer
from surveys import library
from surveys.forms.filling import fill_in
from surveys.forms.form import Form
from surveys.paging.known import Earlier
from surveys.paging.pages import pages
from surveys.tongues.tongue import find_tongue
from tests.bot.web.forms.make_answers import Typed, answer_whole
from tests.bot.web.forms.walker import Walker
from tests.bot.web.make_form import ask_form, ask_without_names, send
from tests.bot.web.make_house import Scene, scene
from tests.bot.web.make_server import serving
from tests.bot.web.open.make_open import OpenScene, name_reader, open_scene

#: The open surveys, by the code's name and the version chosen.
OPEN = {
    "s5_younger": ("s5", "younger"),
    "s5_middle": ("s5", "middle"),
    "s5_older": ("s5", "older"),
    "s6": ("s6", "s6"),
}
STAFF = sorted({*library.keys()} - {*OPEN})
#: What the campaigns say where a form leaves a place.
PLACES = {
    "lesson": "Wren",
    "course": "Neglect",
    "item_1": "Neglect is seen at once.",
    "item_2": "Anybody can refer.",
    "message_right": "Ask what a day is like",
    "message_wrong_1": "Wait for proof",
    "message_wrong_2": "Close the case",
    "message_wrong_3": "Write to the school",
    "review": "LLR-2026-03",
    "period": "January to June 2026",
    "lines": "LLR-2026-03/E1 to E4",
    "author_rules": "a senior colleague who did not do or manage the work",
    "template": "the board's website",
    "route": "the secure case store",
    "support": "the employee helpline",
}
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
        page = await context.new_page()
        if not self.has_scripts:
            # The pages' own scripts are held back; the walker's questions to a page still work.
            tools = await context.new_cdp_session(page)
            await tools.send("Network.enable")
            await tools.send("Network.setBlockedURLs", {"urls": ["*.js"]})
        return page


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
    is_brief: bool = False


P = TypeVar("P", Scene, OpenScene)


@dataclass(frozen=True)
class Served(Generic[P]):
    """A house, and the address at which its pages are."""

    place: P
    host: str


@contextmanager
def staff_house(url: str, folder: Path) -> Iterator[Served[Scene]]:
    """A house in which anything can be asked of agencies, with its pages served."""
    place = scene(url, folder)
    with serving(place.client.app) as host:
        yield Served(place, host)
    place.house.database.close_now()


@contextmanager
def open_house(url: str, folder: Path) -> Iterator[Served[OpenScene]]:
    """The surveys of children and families as the demonstration shows them, with every box."""
    place = open_scene(url, folder, shipped=True, is_demo=True)
    for language in LANGUAGES:
        name_reader(place, language)
    with serving(place.client.app) as host:
        yield Served(place, host)
    place.house.database.close_now()


@dataclass(frozen=True)
class Outcome:
    """What came of a walk: what was wrong on the way, what is kept, and where a file was added.

    `has_erred` says that a page was sent while something required was lacking.
    """

    wrong: list[str]
    kept: dict[str, Any]
    attached: set[str]
    has_erred: bool


async def go(
    walk: Walk, served: Served[P], page: Page, window: Window, seen: set[str] | None = None
) -> Outcome:
    """Go a way to its end."""
    place = served.place
    file = place.house.settings.key_file.with_name("evidence.txt")
    file.write_text("The policy, as agreed in September.\n")
    before = {one.id for one in answers_in(place)}
    walker = Walker(
        page,
        walk.form,
        walk.raw,
        file,
        language=walk.language,
        direction=find_tongue(walk.language).direction,
        digits=walk.digits,
        ways=walk.ways,
        is_brief=walk.is_brief,
        has_scripts=window.has_scripts,
        seen=seen,
    )
    wrong = await walker.walk(served.host + walk.start)
    [fresh] = [one for one in answers_in(place) if one.id not in before]
    return Outcome(wrong, dict(fresh.answers), walker.attached, walker.has_erred)


def hold(walk: Walk, outcome: Outcome) -> None:
    """Hold what came of a walk against what was meant."""
    assert outcome.wrong == []
    files = {name: outcome.kept.pop(name) for name in outcome.attached}
    assert all(len(each) == 1 for each in files.values())
    assert outcome.kept == walk.kept
    # Where the first page has something required, it was sent empty once.
    requires = any(question.required is True for question in walk.form.sections[0].questions)
    assert outcome.has_erred or not requires or walk.form.carries


def ask_staff(place: Scene, key: str, *, is_brief: bool = False) -> Walk:
    """Ask a named, coded or anonymous form of an agency's representative."""
    slug = f"walk-{len(place.asks)}"
    if library.load(key).privacy == "anonymous":
        path = ask_without_names(place, fill_in(library.load(key), PLACES).to_json(), slug)
    else:
        path = ask_form(place, key, slug, **PLACES)
    form, earlier = place.read(lambda session: _visit(place, session, path))
    raw, answers = answer_whole(form, place.clock.moment.date(), earlier, is_brief=is_brief)
    return Walk(form, path, raw, answers.to_json(), digits=place.digits(slug), is_brief=is_brief)


def _visit(place: Scene, session: Session, path: str) -> tuple[Form, Earlier]:
    visit = find_visit(session, place.house.identity.keyring, path.rpartition("/")[2], place.clock.moment)
    assert visit is not None
    return visit.form, visit.earlier


def open_for_families(place: OpenScene, key: str, language: str) -> Walk:
    """The way from the choice of a version to the thanks."""
    name, version = OPEN[key]
    form = library.load(key)
    raw, answers = answer_whole(form, place.clock.moment.date())
    start = f"/s/{place.codes[name]}/{language}"
    return Walk(form, start, raw, answers.to_json(), language, ways=(f"/{language}/{version}",))


def answer_at_once(place: Scene, walk: Walk) -> None:
    """Send the whole of a form, or each of its sections, with no browser between."""
    laid_out = pages(walk.form, walk.raw, today=place.clock.moment.date())
    if walk.form.layout == "pages":
        sent = _post(place, walk.start, walk, laid_out[-1].name)
    else:
        for section, last in {page.section: page.name for page in laid_out}.items():
            _post(place, f"{walk.start}/sections/{section}", walk, last)
        check = f"{walk.start}/check"
        sent = send(place, check, place.client.get(check).text, {"digits": walk.digits})
    assert sent.headers["location"] == f"{walk.start}/done"


def _post(place: Scene, path: str, walk: Walk, page: str) -> Any:
    return place.client.post(path, data={**walk.raw, "page": page, "revision": "0", "digits": walk.digits})


def answers_in(place: Scene | OpenScene) -> list[Response | WaitingAnswer]:
    """Every answer that is kept."""

    def every(session: Session) -> list[Response | WaitingAnswer]:
        return [*session.query(Response), *session.query(WaitingAnswer)]

    return place.read(every)
