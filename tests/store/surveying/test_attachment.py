"""Files are kept once by their bytes, belong to one ask, and go when no answer uses them."""

import threading
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from store.database import Database, Session
from store.surveying import attachment, draft
from store.surveying.attachment import SPARE, Attachment, Blob, Scan
from tests.make import START
from tests.store.surveying.scene import Scene, answer, build

pytestmark = pytest.mark.sqlite_first

LATER = START + SPARE + timedelta(minutes=1)


def keep(
    database: Database,
    scene: Scene,
    content: bytes = b"policy",
    name: str = "policy.pdf",
    now: datetime = START,
) -> UUID:
    return database.write_now(
        lambda s: (
            attachment.keep(
                s, scene.board_id, scene.ask_id, name, "application/pdf", content, now, kept_by=scene.asked
            ).id
        )
    )


def left(database: Database) -> tuple[int, int]:
    """How many files and how many bytes-rows there are."""
    return database.read_now(lambda s: (s.query(Attachment).count(), s.query(Blob).count()))


async def test_the_same_bytes_are_kept_once_under_each_name(database: Database) -> None:
    scene = database.write_now(build)
    ids = {keep(database, scene), keep(database, scene, name="again.pdf")}
    assert left(database) == (2, 1)
    found = database.read_now(lambda session: attachment.of_ask(session, scene.ask_id))
    assert {one.id for one, _ in found} == ids
    assert sorted((one.name, size) for one, size in found) == [("again.pdf", 6), ("policy.pdf", 6)]
    assert {one.scan for one, _ in found} == {Scan.UNSCANNED}
    assert database.read_now(lambda session: attachment.size_of_ask(session, scene.ask_id)) == 12


async def test_a_file_is_given_to_its_own_ask_only(database: Database) -> None:
    scene = database.write_now(build)
    kept = keep(database, scene)
    found = database.read_now(lambda session: attachment.find(session, kept, scene.ask_id))
    assert found is not None
    assert (found[0].name, found[1]) == ("policy.pdf", b"policy")
    assert database.read_now(lambda session: attachment.find(session, kept, scene.board_id)) is None
    assert database.read_now(lambda session: attachment.named(session, scene.board_id, [kept])) == {}
    assert not database.write_now(lambda session: attachment.remove(session, kept, scene.board_id))
    assert database.write_now(lambda session: attachment.remove(session, kept, scene.ask_id))


async def test_a_long_name_is_cut_and_an_ask_without_files_weighs_nothing(database: Database) -> None:
    scene = database.write_now(build)
    assert database.read_now(lambda session: attachment.size_of_ask(session, scene.ask_id)) == 0
    kept = keep(database, scene, name="x" * 500)
    named = database.read_now(lambda session: attachment.named(session, scene.ask_id, [kept]))
    assert len(named[kept].name) == attachment.LONGEST_NAME


async def test_files_go_after_a_day_unless_an_answer_or_a_draft_uses_them(database: Database) -> None:
    scene = database.write_now(build)
    answered, drafted, spare, new = (
        keep(database, scene, content, now=now)
        for content, now in ((b"1", START), (b"2", START), (b"3", START), (b"4", LATER))
    )

    def use(session: Session) -> None:
        answer(session, scene, {"policy": [str(answered)]})
        draft.save(session, scene.ask_id, "s", {"evidence": [str(drafted)]}, 0, scene.asked, START)

    database.write_now(use)
    assert database.write_now(lambda session: attachment.drop_spare(session, START + SPARE)) == 0
    assert database.write_now(lambda session: attachment.drop_spare(session, LATER)) == 1
    ids = database.read_now(lambda session: {one.id for one, _ in attachment.of_ask(session, scene.ask_id)})
    assert ids == {answered, drafted, new}
    assert spare not in ids
    assert left(database) == (3, 3)


async def test_bytes_that_another_file_shares_stay(database: Database) -> None:
    scene = database.write_now(build)
    keep(database, scene)
    keep(database, scene, name="again.pdf", now=LATER)
    database.write_now(lambda session: attachment.drop_spare(session, LATER))
    assert left(database) == (1, 1)


async def test_bytes_attached_at_the_moment_of_the_sweep_are_not_swept(
    database_url: str, database: Database
) -> None:
    scene = database.write_now(build)
    other = Database(database_url)
    kept = keep(database, scene)
    database.write_now(lambda session: attachment.remove(session, kept, scene.ask_id))
    attached, swept = threading.Event(), threading.Event()

    def attach(session: Session) -> None:
        again = (scene.board_id, scene.ask_id, "again.pdf", "application/pdf", b"policy", LATER)
        attachment.keep(session, *again)
        attached.set()
        swept.wait(1)  # on SQLite the sweep cannot begin before we end

    attaching = threading.Thread(target=database.write_now, args=[attach])
    attaching.start()
    assert attached.wait(10)
    other.write_now(lambda session: attachment.drop_spare(session, LATER))
    swept.set()
    attaching.join()
    await other.close()
    assert left(database) == (1, 1)
