"""The demonstration's surveys can be opened from its front page, and no letter of the story comes of them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.doors import Front, find_doors
from bot.demo.people.cast import Players
from bot.demo.people.script import TURNS
from bot.demo.people.visitor import open_page
from bot.demo.scenery.lesson import set_scene
from bot.demo.scenery.surveys import OFFERS, open_surveys
from bot.demo.stage import START, Stage
from bot.web.app import build_app
from store.asking import campaign
from store.database import Session


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    opened = await Stage.open(tmp_path, "127.0.0.1", 8000)
    await set_scene(opened, START)
    await open_surveys(opened, START)
    yield opened
    await opened.close()


async def test_each_survey_has_a_door_that_opens_it(stage: Stage) -> None:
    app = build_app(stage.house)
    doors = await stage.house.database.read(
        lambda session: find_doors(Front(session, stage.house.identity, stage.postbox, START))
    )
    assert len(doors) == len(OFFERS)
    for door in doors:
        assert (await open_page(app, door.address)).status == 200, door


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
