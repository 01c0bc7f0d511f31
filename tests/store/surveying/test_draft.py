"""A draft is saved over the one its page was made from, and over no other."""

from datetime import timedelta
from uuid import UUID

import pytest

from store.database import Database, Session
from store.surveying import draft
from store.surveying.draft import Draft, Overtaken
from tests.make import START
from tests.store.surveying.scene import Scene, build

pytestmark = pytest.mark.sqlite_first

TYPED = {"staff": ["30"]}


def save(
    database: Database, scene: Scene, seen: int, typed: dict[str, list[str]], who: UUID | None = None
) -> Draft | Overtaken:
    now = START + timedelta(minutes=seen)
    by = who or scene.asked
    return database.write_now(
        lambda session: draft.save(session, scene.ask_id, "people", typed, seen, by, now)
    )


async def test_each_save_is_the_next_revision(database: Database) -> None:
    scene = database.write_now(build)
    first = save(database, scene, 0, TYPED)
    assert isinstance(first, Draft)
    assert (first.revision, first.raw, first.saved_by) == (1, TYPED, scene.asked)
    second = save(database, scene, 1, {"staff": ["31"]}, scene.colleague)
    assert isinstance(second, Draft)
    assert (second.id, second.revision, second.saved_by) == (first.id, 2, scene.colleague)
    assert second.saved_at > first.saved_at


async def test_what_a_colleague_saved_since_is_never_overwritten(database: Database) -> None:
    scene = database.write_now(build)
    save(database, scene, 0, TYPED)
    save(database, scene, 1, {"staff": ["31"]}, scene.colleague)
    late = save(database, scene, 1, {"staff": ["99"]})
    assert isinstance(late, Overtaken)
    assert late.standing is not None
    assert (late.standing.raw, late.standing.revision) == ({"staff": ["31"]}, 2)
    [kept] = database.read_now(lambda session: draft.of_ask(session, scene.ask_id))
    assert kept.raw == {"staff": ["31"]}


async def test_two_who_begin_the_same_section_do_not_overwrite_each_other(database: Database) -> None:
    scene = database.write_now(build)
    save(database, scene, 0, TYPED)
    assert isinstance(save(database, scene, 0, {"staff": ["99"]}, scene.colleague), Overtaken)


async def test_a_double_press_is_no_conflict(database: Database) -> None:
    scene = database.write_now(build)
    for seen in (0, 1):
        for _ in range(2):
            kept = save(database, scene, seen, {"staff": [str(seen)]})
            assert isinstance(kept, Draft)
            assert kept.revision == seen + 1


async def test_sections_are_apart_and_dropped_together(database: Database) -> None:
    scene = database.write_now(build)

    def two(session: Session) -> list[str]:
        for section in ("needs", "courses"):
            draft.save(session, scene.ask_id, section, TYPED, 0, scene.asked, START)
        return [one.section for one in draft.of_ask(session, scene.ask_id)]

    assert database.write_now(two) == ["courses", "needs"]
    assert database.write_now(lambda session: draft.drop(session, scene.ask_id)) == 2
    assert database.read_now(lambda session: draft.of_ask(session, scene.ask_id)) == []


async def test_a_save_after_the_form_was_sent_is_told_that_nothing_stands_there(database: Database) -> None:
    scene = database.write_now(build)
    save(database, scene, 0, TYPED)
    database.write_now(lambda session: draft.drop(session, scene.ask_id))
    assert save(database, scene, 1, {"staff": ["31"]}) == Overtaken(None)
