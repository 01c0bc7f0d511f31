"""The return that is left to a visitor: last year's answers, and the digits that share and send it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from bot.demo.doors import Door, Front, find_doors
from bot.demo.people.filling import fill_sections, find_left, sign
from bot.demo.people.visitor import VisitError, digits_in, fill_in, link_in, open_page
from bot.demo.scenery.founding import found_board
from bot.demo.scenery.returns import ASKED_THEN, LAST_YEAR, THIS_YEAR, ask_this_year, returns, take_last_year
from bot.demo.stage import START, Stage
from bot.demo.story import UNSIGNED
from bot.web.app import build_app
from store.answers import response
from store.asking.ask import AskState
from store.database import Session
from surveys.answering.intake import answers_of

pytestmark = pytest.mark.drill

COLLEAGUE = "maureen.swift-payne@valedowns.example"
AS_AT = {"as_at-day": "30", "as_at-month": "9", "as_at-year": "2026"}


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    opened = await Stage.open(tmp_path, "127.0.0.1", 8000)
    await found_board(opened.house.database, ASKED_THEN)
    await take_last_year(opened)
    await ask_this_year(opened, START)
    await opened.begin()
    yield opened
    await opened.close()


@pytest.fixture
def app(stage: Stage) -> ASGIApp:
    return build_app(stage.house)


@pytest.fixture
def path(stage: Stage) -> str:
    return link_in(stage.postbox.to(UNSIGNED)[0])


@pytest.fixture
def digits(stage: Stage) -> str:
    return digits_in(stage.postbox.to(UNSIGNED)[0])


async def find_door(stage: Stage) -> Door:
    def read(session: Session) -> list[Door]:
        return find_doors(Front(session, stage.house.identity, stage.postbox, START))

    [door] = await stage.house.database.read(read)
    return door


async def test_last_years_answers_stand_on_it_to_be_confirmed(app: ASGIApp, path: str) -> None:
    assert (await open_page(app, path)).text.count("please confirm") == 8
    agency = (await open_page(app, f"{path}/sections/agency")).text
    assert "Last time: 296" in agency
    assert 'value="296"' in agency
    assert "Answers from last time" in agency
    assert "Keeping students safe" in (await open_page(app, f"{path}/sections/courses")).text


async def test_nothing_of_last_year_was_sent_by_letter_or_is_still_owed(stage: Stage) -> None:
    assert [letter for letter in stage.postbox.letters if LAST_YEAR in letter.subject] == []

    def states(session: Session) -> set[AskState]:
        return {one.state for one in returns(session, LAST_YEAR)}

    assert await stage.house.database.read(states) == {AskState.ANSWERED}


async def test_the_door_leads_to_the_page_and_to_the_letter_with_its_digits(stage: Stage, path: str) -> None:
    door = await find_door(stage)
    assert door.address == path
    assert "owes it" in door.line
    letter = stage.postbox.letters[int(door.letter.rpartition("/")[2]) - 1]
    assert letter.address == UNSIGNED
    assert digits_in(letter)


async def test_with_the_digits_a_colleague_is_asked_and_saves_a_section(
    stage: Stage, app: ASGIApp, path: str, digits: str
) -> None:
    typed = {"section": ["workforce"], "name": ["Maureen Swift-Payne"], "email": [COLLEAGUE]}
    wrong = f"{(int(digits) + 1) % 100:02}"
    with pytest.raises(VisitError):
        await fill_in(app, f"{path}/share", {**typed, "digits": [wrong]})
    await fill_in(app, f"{path}/share", {**typed, "digits": [digits]})
    await stage.advance(START + timedelta(minutes=1))
    theirs = link_in(stage.postbox.to(COLLEAGUE)[-1])
    await fill_sections(app, theirs, ["workforce"], {"groups.g2.in_date": "180"})
    assert "workforce" not in await find_left(app, path)
    assert 'value="180"' in (await open_page(app, f"{path}/sections/workforce")).text


async def test_who_signs_it_with_the_digits_owes_it_no_more(
    stage: Stage, app: ASGIApp, path: str, digits: str
) -> None:
    await sign(app, path, digits, AS_AT)
    assert "has sent it" in (await find_door(stage)).line

    def told(session: Session) -> list[object]:
        [one] = [one for one in returns(session, THIS_YEAR) if one.state is AskState.ANSWERED]
        given = response.current(session, one.id)
        assert given is not None
        values = answers_of(session, given)[1].values
        return [values["as_at"], values["paid_staff"], values["completion_before"]]

    assert await stage.house.database.read(told) == ["2026-09-30", 296, 74]
    page = (await open_page(app, f"{path}/done")).text
    assert "Thank you" in page
    assert "30 September 2026" in page


async def test_the_script_leaves_a_return_alone_that_a_visitor_has_sent(
    app: ASGIApp, path: str, digits: str
) -> None:
    await sign(app, path, digits, AS_AT)
    with pytest.raises(VisitError, match="answered by somebody else"):
        await fill_sections(app, path, ["agency"], {"paid_staff": "1"})
    with pytest.raises(VisitError, match="answered by somebody else"):
        await sign(app, path, digits, AS_AT)


async def test_last_years_date_cannot_be_sent_as_this_years(app: ASGIApp, path: str, digits: str) -> None:
    with pytest.raises(VisitError, match="less than a year old"):
        await sign(app, path, digits, {})
