"""Codes are read by hand: no look-alikes, and any case or spacing will do."""

import pytest

from store.database import Database, Session
from store.surveying import code
from store.surveying.code import LENGTH, LETTERS, OpenCode
from tests.make import START
from tests.store.surveying.scene import Scene, build

pytestmark = pytest.mark.sqlite_first


def make(session: Session, scene: Scene, setting: str = "Oak Hill School") -> OpenCode:
    return code.make(session, scene.board_id, scene.campaign_id, setting, 30, START)


def test_no_letter_looks_like_another_or_like_a_digit() -> None:
    assert not set(LETTERS) & set("aeioulvy")
    assert len(set(LETTERS)) == len(LETTERS)
    assert LETTERS.lower() == LETTERS


async def test_a_code_is_found_however_it_is_typed(database: Database) -> None:
    scene = database.write_now(build)
    made = database.write_now(lambda session: make(session, scene))
    assert len(made.code) == LENGTH
    spoken = f"{made.code[:4]} {made.code[4:]}"
    assert made.spaced == spoken
    for typed in (made.code, made.code.upper(), f" {spoken.upper()}. ", "-".join(made.code)):
        found = database.read_now(lambda session, typed=typed: code.by_code(session, typed))  # type: ignore[misc]
        assert found is not None
        assert found.id == made.id
    assert database.read_now(lambda session: code.by_code(session, "")) is None


async def test_each_setting_has_a_code_of_its_own(database: Database) -> None:
    scene = database.write_now(build)

    def several(session: Session) -> list[str]:
        for setting in ("Willow Centre", "Oak Hill School", "Ash Clinic"):
            make(session, scene, setting)
        return [one.setting for one in code.of_campaign(session, scene.campaign_id)]

    assert database.write_now(several) == ["Ash Clinic", "Oak Hill School", "Willow Centre"]
    codes = database.read_now(lambda s: [one.code for one in code.of_campaign(s, scene.campaign_id)])
    assert len(set(codes)) == 3


async def test_a_closed_code_is_still_found_and_says_so(database: Database) -> None:
    scene = database.write_now(build)

    def close(session: Session) -> str:
        made = make(session, scene)
        code.close(session, made)
        return made.code

    typed = database.write_now(close)
    found = database.read_now(lambda session: code.by_code(session, typed))
    assert found is not None
    assert found.is_closed
