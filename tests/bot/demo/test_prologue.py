"""What was before the story is played: a course whose promises come back, and one still to come."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from starlette.types import ASGIApp

from bot.demo import pages
from bot.demo.doors import Door, Front, find_doors
from bot.demo.people.asides import ASIDES
from bot.demo.people.cast import Players
from bot.demo.people.visitor import fill_in, open_page
from bot.demo.prologue import play_prologue
from bot.demo.scenery.courses import COMING, HELD
from bot.demo.scenery.lesson import launch_lesson
from bot.demo.stage import START, Stage
from bot.web.app import build_app

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.drill]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    opened = await Stage.open(tmp_path_factory.mktemp("demonstration"), "127.0.0.1", 8000)
    await play_prologue(opened, Players.of(build_app(opened.house), ASIDES))
    await launch_lesson(opened, START)
    yield opened
    await opened.close()


@pytest.fixture(scope="module")
def app(stage: Stage) -> ASGIApp:
    return build_app(stage.house, demo_routes=pages.routes(stage))


async def look(stage: Stage) -> list[Door]:
    return await stage.house.database.read(
        lambda session: find_doors(Front(session, stage.house.identity, stage.postbox, START))
    )


def subjects(stage: Stage, start: str) -> list[str]:
    return [letter.subject for letter in stage.postbox.letters if letter.address.startswith(start)]


async def test_the_front_page_shows_every_door_and_the_letter_that_leads_to_it(
    stage: Stage, app: ASGIApp
) -> None:
    front = (await open_page(app, "/inbox")).text
    doors = await look(stage)
    assert [door.title for door in doors if door.letter] == [
        "Training needs analysis",
        f"{COMING.title}: Before the course",
        f"{HELD.title}: Three months after the course",
    ]
    for door in doors:
        assert f'href="{door.address}"' in front
        assert (await open_page(app, door.address)).status == 200, door
        if door.letter:
            assert f'href="{door.letter}"' in front
            assert "Your two digits" in (await open_page(app, door.letter)).text


async def test_a_promise_made_in_july_is_read_back_in_october(stage: Stage, app: ASGIApp) -> None:
    [later] = [
        door for door in await look(stage) if door.title == f"{HELD.title}: Three months after the course"
    ]
    page = (await open_page(app, later.address)).text
    assert "On the day you wrote" in page
    assert "Ask to see the bedroom" in page


async def test_who_asked_not_to_be_asked_again_gets_no_letter_in_october(stage: Stage) -> None:
    assert any("Three months on" in subject for subject in subjects(stage, "hana.lisle"))
    assert subjects(stage, "petra.quennell")
    assert not any("Three months on" in subject for subject in subjects(stage, "petra.quennell"))


async def test_everybody_booked_on_the_course_to_come_is_asked_before_it(stage: Stage) -> None:
    asked = {letter.address for letter in stage.postbox.letters if f"[{COMING.slug}-" in letter.subject}
    assert len(asked) == 3
    assert COMING.visitor in asked


async def test_a_manager_answers_by_the_link_once_and_its_door_is_gone(stage: Stage, app: ASGIApp) -> None:
    managers = [door for door in await look(stage) if door.address.startswith("/c/")]
    assert len(managers) == 1
    await fill_in(app, managers[0].address, {"change_seen": ["some"]}, ends="/thanks")
    assert not [door for door in await look(stage) if door.address.startswith("/c/")]
    assert (await open_page(app, managers[0].address)).path.endswith("/thanks")


async def test_no_stop_is_noticed_in_the_quiet_months_before_the_story(stage: Stage) -> None:
    assert await stage.worker.wake(START)
