"""Every shipped form is answered in a real browser by keyboard alone; the drill does so in every window."""

import pytest

from surveys import library
from tests.bot.web.forms.conftest import Desk
from tests.bot.web.forms.make_walks import (
    ENLARGED,
    LANGUAGES,
    OPEN,
    PHONE,
    STAFF,
    Served,
    Window,
    answer_at_once,
    ask_staff,
    go,
    hold,
    open_for_families,
)
from tests.bot.web.make_browser import needs_axe
from tests.bot.web.make_form import a_year_on
from tests.bot.web.make_house import Scene
from tests.bot.web.make_server import serving
from tests.bot.web.open.make_open import OpenScene

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    needs_axe,
]
#: A dozen sections of one shape: in the drill everything that can be asked in each is answered.
LONG = ("section11", "section175")
#: Between them made of all that forms are made of: walked through each time, the others in the drill.
USUALLY = ("bulletin", "cascade", "report_author", "s1", "s6", "tell_us", "tna_short")
SCRIPTED = Window(has_scripts=True)


def window_of(key: str) -> Window:
    """A narrow phone, and a page enlarged four times, in turn."""
    return (PHONE, ENLARGED)[library.keys().index(key) % 2]


@pytest.mark.parametrize(
    "key", [key if key in USUALLY else pytest.param(key, marks=pytest.mark.drill) for key in STAFF]
)
async def test_each_form_for_staff_is_answered_by_keyboard_without_scripts(
    desk: Desk, staff: Served[Scene], key: str
) -> None:
    walk, window = ask_staff(staff.place, key, is_brief=key in LONG), window_of(key)
    hold(walk, await go(walk, staff, await desk.sit(window), window, desk.seen))


@pytest.mark.parametrize(
    ("key", "language"),
    [
        both if both[0] in USUALLY else pytest.param(*both, marks=pytest.mark.drill)
        for both in zip(OPEN, LANGUAGES, strict=True)
    ],
)
async def test_each_form_for_families_is_answered_by_keyboard_without_scripts(
    desk: Desk, families: Served[OpenScene], key: str, language: str
) -> None:
    walk, window = open_for_families(families.place, key, language), window_of(key)
    hold(walk, await go(walk, families, await desk.sit(window), window, desk.seen))


@pytest.mark.drill
async def test_the_scripts_of_the_pages_stand_in_nobodys_way(desk: Desk, staff: Served[Scene]) -> None:
    walk = ask_staff(staff.place, "cascade")
    hold(walk, await go(walk, staff, await desk.sit(SCRIPTED), SCRIPTED, desk.seen))


@pytest.mark.parametrize(
    ("before", "key"), [("tna_short", "tna_short"), pytest.param("s3_day", "s4", marks=pytest.mark.drill)]
)
async def test_what_was_said_before_is_there_to_be_seen_and_confirmed(
    desk: Desk, place: Scene, before: str, key: str
) -> None:
    first = ask_staff(place, before)
    answer_at_once(place, first)
    a_year_on(place)
    walk = ask_staff(place, key)
    with serving(place.client.app) as host:
        hold(walk, await go(walk, Served(place, host), await desk.sit(PHONE), PHONE, desk.seen))
    if key == "s4":
        assert walk.kept["pledge"] == first.kept["pledge"]
    else:
        assert any(name.startswith("still_true.") for name in walk.raw)
