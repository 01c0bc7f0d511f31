"""A manager answers by keyboard alone, on a narrow phone, without scripts; no rule of access is broken."""

from pathlib import Path

import pytest

from surveys import library
from tests.bot.test_training import course, link
from tests.bot.web.confirmation.make_course import answered, confirmations, passed_on
from tests.bot.web.forms.make_walks import ENLARGED, PHONE
from tests.bot.web.forms.measures import measure, scan
from tests.bot.web.forms.walker import Walker
from tests.bot.web.make_browser import browsing, needs_axe, served
from tests.bot.web.make_house import Scene

__all__ = ["course"]

pytestmark = needs_axe
CLEAR = {"change_seen": ["clear"], "change_shown": ["records", "audit"]}


@pytest.mark.drill
async def test_the_two_questions_are_answered_by_keyboard_without_scripts(
    course: Scene, tmp_path: Path
) -> None:
    jo, kim = passed_on(answered(course)), passed_on(answered(course, "course-6", "Kim Birch"))
    wrong = []
    with served(course) as host:
        async with browsing() as browser:
            for window, path in ((PHONE, jo), (ENLARGED, kim)):
                page = await window.open(browser)
                walker = Walker(page, library.load("manager_confirmation"), CLEAR, tmp_path)
                wrong += await walker.walk(host + path)
                assert await page.locator("h1").inner_text() == "Thank you"
                assert walker.has_erred
    assert wrong == []
    assert [one.answers for one in confirmations(course)] == [CLEAR | {"change_seen": "clear"}] * 2


@pytest.mark.drill
async def test_the_page_with_the_link_and_the_closed_one_break_no_rule_either(course: Scene) -> None:
    answered(course)
    paths = [f"{link(course, 'course-5')}/done", "/c/nothing", link(course, "course-5")]
    wrong = []
    with served(course) as host:
        async with browsing() as browser:
            page = await PHONE.open(browser)
            for path in paths:
                await page.goto(host + path)
                wrong += await measure(page, "en-GB", "ltr") + await scan(page)
    assert wrong == []
