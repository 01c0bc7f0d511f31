"""An invited colleague may fill in and save what they were invited to; sending stays with the asked."""

from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from store.asking.ask import Ask
from store.base import ordered_id
from store.database import Database, Session
from store.people import standing
from store.surveying import contributor
from store.surveying.contributor import Contributor
from tests.make import START
from tests.store.surveying.scene import Scene, build

pytestmark = pytest.mark.sqlite_first


def invite(database: Database, scene: Scene, section: str | None) -> UUID:
    return database.write_now(
        lambda s: contributor.invite(s, scene.ask_id, scene.colleague, section, scene.asked, START).id
    )


def role(database: Database, scene: Scene, person_id: UUID) -> str | None:
    return database.read_now(lambda s: standing.of(s, s.get_one(Ask, scene.ask_id), person_id))


async def test_an_invitation_gives_a_standing_that_does_not_send(database: Database) -> None:
    scene = database.write_now(build)
    assert role(database, scene, scene.colleague) is None
    invite(database, scene, "courses")
    assert role(database, scene, scene.colleague) == standing.CONTRIBUTOR
    assert not standing.may_send(standing.CONTRIBUTOR)
    assert not standing.may_send(None)


async def test_whoever_was_asked_stays_so_and_sends(database: Database) -> None:
    scene = database.write_now(build)
    database.write_now(
        lambda s: contributor.invite(s, scene.ask_id, scene.asked, None, scene.colleague, START) and None
    )
    assert role(database, scene, scene.asked) == "asked"
    assert standing.may_send("asked")
    assert standing.may_send("deputy")


async def test_an_invitation_covers_its_section_or_all(database: Database) -> None:
    scene = database.write_now(build)

    def covered(section: str) -> bool:
        return database.read_now(
            lambda session: contributor.may_fill(session, scene.ask_id, scene.colleague, section)
        )

    invite(database, scene, "courses")
    assert [covered("courses"), covered("needs")] == [True, False]
    invite(database, scene, None)
    assert covered("needs")


@pytest.mark.parametrize("section", ["courses", None])
async def test_a_second_invitation_is_the_first(database: Database, section: str | None) -> None:
    scene = database.write_now(build)
    assert invite(database, scene, section) == invite(database, scene, section)
    assert len(database.read_now(lambda session: contributor.of_ask(session, scene.ask_id))) == 1


async def test_the_database_itself_refuses_a_second_invitation_to_all(database: Database) -> None:
    scene = database.write_now(build)
    invite(database, scene, None)

    def twice(session: Session) -> None:
        session.add(
            Contributor(
                id=ordered_id(),
                ask_id=scene.ask_id,
                person_id=scene.colleague,
                section=None,
                invited_by=scene.asked,
                invited_at=START,
            )
        )

    with pytest.raises(IntegrityError):
        database.write_now(twice)


async def test_what_was_taken_back_gives_no_standing(database: Database) -> None:
    scene = database.write_now(build)
    invite(database, scene, "courses")
    invite(database, scene, "needs")
    assert database.write_now(lambda s: contributor.uninvite(s, scene.ask_id, scene.colleague)) == 2
    assert role(database, scene, scene.colleague) is None
