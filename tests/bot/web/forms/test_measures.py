"""What the walker complains about, shown on pages that are wrong on purpose."""

import pytest

from tests.bot.web.forms.conftest import Desk
from tests.bot.web.forms.make_walks import PHONE
from tests.bot.web.forms.measures import FOCUSED, measure, scan
from tests.bot.web.make_browser import needs_axe

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    needs_axe,
]
GOOD = """<!DOCTYPE html><html lang="en-GB"><title>A page</title><style>
button, input { height: 44px; width: 60px } :focus { outline: 3px solid #000 }</style>
<main id="main-content"><h1>A page</h1><form><button>Go</button></form></main></html>"""


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("en-GB", "pl", "its language is pl"),
        ("<title>A page</title>", "<title></title>", "it has no title"),
        ("<h1>", "<h1>One</h1><h1>", "it has not one main heading"),
        ("width: 60px", "width: 400px", "sticks out sideways"),
        ("height: 44px", "height: 40px", "too small, 60 by 40"),
        ("<form>", "<form><p class='govuk-error-message'>No</p>", "error summaries: 0"),
        ("<form>", "<form><p id='a'>{lesson}</p>", "a place is left open: {lesson}"),
        ("<form>", "<form><p id='a'>1</p><p id='a'>2</p>", "two are called #a"),
    ],
)
async def test_what_is_wrong_with_a_page_is_seen(desk: Desk, old: str, new: str, complaint: str) -> None:
    page = await desk.sit(PHONE)
    await page.set_content(GOOD)
    assert await measure(page, "en-GB", "ltr") == []
    await page.set_content(GOOD.replace(old, new))
    assert any(one.startswith(complaint) for one in await measure(page, "en-GB", "ltr"))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("3px solid #000", "3px solid transparent", "the focus does not show"),
        (
            "<form>",
            "<form><div style='position:fixed;inset:0;background:#fff'></div>",
            "the focus is covered",
        ),
        ("height: 44px", "height: 44px; position: fixed; left: -500px", "the focus is out of sight"),
    ],
)
async def test_a_focus_that_nobody_sees_is_seen(desk: Desk, old: str, new: str, complaint: str) -> None:
    page = await desk.sit(PHONE)
    for html in (GOOD, GOOD.replace(old, new)):
        await page.set_content(html)
        await measure(page, "en-GB", "ltr")
        await page.keyboard.press("Tab")
        wrong = (await page.evaluate(FOCUSED))["wrong"]
        assert (html == GOOD) == (wrong == [])
    assert wrong[0].startswith(complaint)


async def test_what_axe_core_finds_is_told(desk: Desk) -> None:
    page = await desk.sit(PHONE)
    await page.set_content(GOOD)
    assert await scan(page) == []
    await page.set_content(GOOD.replace("<button>", "<input><button>"))
    assert [one.partition(",")[0] for one in await scan(page)] == ["label"]
