"""The demonstration's surveys can all be opened from its inbox, and no letter of the story comes of them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from bot.demo import pages
from bot.demo.cast import Players
from bot.demo.scene import set_scene
from bot.demo.script import TURNS
from bot.demo.stage import START, Stage
from bot.demo.surveys import OFFERS, RETURN, find_doors, open_surveys
from bot.web.app import build_app
from store import campaign
from store.campaign import CampaignState
from store.database import Session


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    opened = await Stage.open(tmp_path, "127.0.0.1", 8000)
    await set_scene(opened, START)
    await open_surveys(opened, START)
    yield opened
    await opened.close()


@pytest.fixture
async def browser(stage: Stage) -> AsyncIterator[httpx2.AsyncClient]:
    app = build_app(stage.house, demo_routes=pages.routes(stage))
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1:8000", follow_redirects=True
    ) as client:
        yield client


async def test_each_survey_and_the_return_have_a_line_on_the_front_page_that_opens_them(
    stage: Stage, browser: httpx2.AsyncClient
) -> None:
    front = (await browser.get("/inbox")).text
    doors = await stage.house.database.read(lambda session: find_doors(session, stage.house.identity))
    assert len(doors) == len(OFFERS) + 1
    for door in doors:
        assert f'href="{door.address}"' in front
        assert (await browser.get(door.address)).status_code == 200, door


async def test_children_choose_between_three_versions(stage: Stage) -> None:
    def keys(session: Session) -> list[str]:
        made = campaign.by_slug(session, "voices")
        assert made is not None
        return [step.key for step in campaign.open_steps(session, made.id)]

    assert await stage.house.database.read(keys) == ["s5_younger", "s5_middle", "s5_older"]


async def test_the_letters_of_the_first_days_are_those_of_the_lesson_alone(stage: Stage) -> None:
    stage.cast = Players.of(build_app(stage.house), TURNS, lenient=True)
    await stage.begin()
    await stage.advance(START + timedelta(days=4))
    assert stage.postbox.letters
    assert all("wren-" in letter.subject for letter in stage.postbox.letters)

    def state(session: Session) -> CampaignState:
        made = campaign.by_slug(session, RETURN)
        assert made is not None
        return made.state

    assert await stage.house.database.read(state) is CampaignState.PAUSED
