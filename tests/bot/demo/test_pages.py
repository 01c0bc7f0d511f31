"""The demonstration's own pages: reading changes nothing, and the buttons step through time."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2
import pytest

from bot.demo import pages
from bot.demo.scenery.lesson import set_scene
from bot.demo.stage import START, Stage
from bot.web.app import build_app
from tests.bot.dump import dump

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    opened = await Stage.open(tmp_path, "127.0.0.1", 8000)
    await set_scene(opened, START)
    await opened.begin()
    yield opened
    await opened.close()


@pytest.fixture
async def browser(stage: Stage) -> AsyncIterator[httpx2.AsyncClient]:
    app = build_app(stage.house, demo_routes=pages.routes(stage))
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1:8000"
    ) as client:
        yield client


async def test_everybodys_letters_can_be_read_and_nothing_changes(
    stage: Stage, browser: httpx2.AsyncClient
) -> None:
    before = dump(stage.house.settings.database)
    for path in ("/inbox", f"/inbox?to={stage.postbox.letters[0].address}", "/inbox/1", "/inbox/1/html"):
        for method in ("GET", "HEAD"):
            answer = await browser.request(method, path)
            assert answer.status_code == 200, (method, path)
    assert dump(stage.house.settings.database) == before
    assert "Learning from" in (await browser.get("/inbox")).text


async def test_a_letter_that_is_not_there_leads_back_to_the_inbox(browser: httpx2.AsyncClient) -> None:
    assert (await browser.get("/inbox/9999")).headers["location"] == "/inbox"


async def test_a_letter_is_shown_without_scripts_and_without_the_world(browser: httpx2.AsyncClient) -> None:
    policy = (await browser.get("/inbox/1/html")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy


@pytest.mark.drill
async def test_the_button_goes_to_the_next_working_day_through_every_wake_up(
    stage: Stage, browser: httpx2.AsyncClient
) -> None:
    for _ in range(3):
        answer = await browser.post("/clock", data={"step": "day"}, headers={"sec-fetch-site": "same-origin"})
        assert answer.status_code == 303
    assert await stage.clock.now() == datetime(2026, 10, 15, 11, 0, tzinfo=UTC)
    # The reminders of Thursday went out at nine, not at noon when the clock stopped.
    reminders = [letter.at for letter in stage.postbox.letters if letter.at > START + timedelta(days=1)]
    assert reminders
    assert {moment.astimezone(LONDON).strftime("%a %H:%M") for moment in reminders} == {"Thu 09:00"}


def test_a_week_on_from_a_friday_is_a_working_day() -> None:
    friday = datetime(2026, 12, 18, 12, 0, tzinfo=UTC)
    assert pages.next_stop(friday, "week", LONDON).astimezone(LONDON).date().isoformat() == "2026-12-29"
    assert pages.next_stop(friday, "day", LONDON).astimezone(LONDON).date().isoformat() == "2026-12-21"
